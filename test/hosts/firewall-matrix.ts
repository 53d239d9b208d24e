import type { Rules } from "./firewall";
import { portsOf } from "./firewall";

/** Why a connection is asked for; undefined where nobody asks for it. */
function reasonOf(rules: Rules, client: string, server: string, port: number) {
    const asked = (rules[server] ?? []).filter(
        ({ port: own, from }) =>
            own === port &&
            (from === "public" || (from !== "administrators" && from.includes(client))),
    );
    return asked.length === 0 ? undefined : asked.map(({ carries }) => carries).join("; ");
}

/**
 * For a person to read: who reaches whom on which port.
 *
 * @param open `client server port family`, of every connection that was taken.
 */
export function matrixText(rules: Rules, open: readonly string[]): string {
    const names = Object.keys(rules);
    const lines = names.flatMap((client) =>
        names
            .filter((server) => server !== client)
            .flatMap((server) =>
                portsOf(rules).map((port) => {
                    const [v4, v6] = [4, 6].map((family) =>
                        open.includes(`${client} ${server} ${String(port)} v${String(family)}`)
                            ? "open"
                            : "closed",
                    );
                    const reason = reasonOf(rules, client, server, port) ?? "nothing asks for it";
                    return `| ${[client, server, String(port), v4, v6, reason].join(" | ")} |`;
                }),
            ),
    );
    return [
        "# Who reaches what",
        "",
        "As measured from each host to each other, for every TCP port of the catalogue and one that it does not name.",
        "",
        "| from | to | port | IPv4 | IPv6 | for |",
        "| --- | --- | --- | --- | --- | --- |",
        ...lines,
        "",
    ].join("\n");
}
