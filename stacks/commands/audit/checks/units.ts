import type { Check, Drift } from "../check";
import { linesOf } from "../check";

const [failed, container] = ["failed ", "container "];

/** Services and timers: those that Steward wants run, and start with the host; the others have not failed. */
export const units: Check = {
    id: "units",
    layer: "operating-system",
    ask: ({ units: all }) => `
systemctl show --property=Id,LoadState,ActiveState,UnitFileState ${all.map(({ unit }) => unit).join(" ")}
echo
systemctl list-units --state=failed --plain --no-legend --no-pager | sed 's/^/${failed}/'
printf '${container}'; systemd-detect-virt --container || true`,
    judge(said, wanted) {
        const states = new Map<string, Record<string, string>>();
        for (const block of said.split("\n\n")) {
            const pairs = linesOf(block).map((line) => line.split("=", 2));
            const state = Object.fromEntries(pairs) as Record<string, string>;
            states.set(state["Id"] ?? "", state);
        }
        const lines = linesOf(said);
        const inContainer = lines.some(
            (line) => line.startsWith(container) && line !== `${container}none`,
        );
        const due = wanted.units.filter(({ notInContainers }) => !(notInContainers && inContainer));
        const drifts = due.flatMap(({ unit, layer }): Drift[] => {
            const { LoadState, ActiveState, UnitFileState } = states.get(unit) ?? {};
            const on = ActiveState === "active" || ActiveState === "activating";
            const lasts = UnitFileState === "enabled" || UnitFileState === "static";
            if (LoadState === "loaded" && on && lasts) return [];
            const is = LoadState === "loaded" ? `${ActiveState}, ${UnitFileState}` : LoadState;
            const fix = `run \`systemctl unmask ${unit}; systemctl enable --now ${unit}\` on the host`;
            return [{ layer, is: `${unit} is ${is ?? "unknown"}`, should: "active, enabled", fix }];
        });
        const known = new Set(due.map(({ unit }) => unit));
        const broken = lines
            .filter((line) => line.startsWith(failed))
            .map((line) => line.slice(failed.length).split(" ", 1)[0] ?? "")
            .filter((unit) => !known.has(unit));
        return [
            ...drifts,
            ...broken.map((unit) => ({
                layer: layerOf(unit, wanted.units) ?? units.layer,
                is: `${unit} has failed`,
                should: "no unit has",
                fix: `read \`journalctl --unit ${unit}\` on the host, then \`systemctl reset-failed ${unit}\``,
            })),
        ];
    },
};

/** That of the timer which starts a service. */
function layerOf(
    unit: string,
    all: readonly { readonly unit: string; readonly layer: string }[],
): string | undefined {
    const timer = unit.replace(/\.service$/, ".timer");
    return all.find((each) => each.unit === timer)?.layer;
}
