import { ask } from "./laboratory";

/** Runs a unit to its end, and says what it left for the node exporter; times are for others to compare. */
export async function ran(
    host: string,
    unit: "backup" | "restore_drill",
): Promise<Record<string, number>> {
    const name = `steward-${unit.replace("_", "-")}.service`;
    await ask(host, `systemctl start ${name} || true`);
    const text = await ask(host, `cat /var/lib/prometheus/node-exporter/steward_${unit}.prom`);
    const lines = [
        ...text.matchAll(
            /^steward_[a-z_]+?_(result|seconds|installed|items)\{service="(.*)"\} (\d+)$/gm,
        ),
    ];
    return Object.fromEntries(
        lines.map(([, what, service, value]) => [`${service ?? ""} ${what ?? ""}`, Number(value)]),
    );
}

/** What a unit said lately. */
export const said = (host: string, unit: "backup" | "restore-drill") =>
    ask(host, `journalctl --unit steward-${unit} --no-pager --output cat | tail -n 20`);
