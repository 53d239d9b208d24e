import { noted } from "../../../../components/platforms/vms/noted-files";
import type { HostUnit } from "../../../../components/platforms/vms/host-units";
import type { Check, Drift } from "../check";
import { linesOf } from "../check";
import { askContainer, isContainer } from "../container";

const [failed, own] = ["failed ", "own "];
const folder = "/etc/systemd/system";

/**
 * Services and timers: those that Steward wants run, and start with the host, whatever it wrote itself among them; the
 * others have not failed.
 */
export const units: Check = {
    id: "units",
    layer: "operating-system",
    asRoot: true, // what Steward wrote is noted for root alone
    ask: ({ units: all }) => `
cd ${folder}
for unit in ${noted}${folder}/*; do
    name=\${unit##*/}
    case "$name" in *@.*) continue ;; esac
    if grep -qs '^\\[Install\\]' "$name"; then names="\${names-} $name"; echo "${own}$name $(cut -d ' ' -f 3 "$unit")"; fi
done
echo
systemctl show --property=Id,Type,LoadState,ActiveState,UnitFileState ${all.map(({ unit }) => unit).join(" ")} \${names-}
echo
systemctl list-units --state=failed --plain --no-legend --no-pager | sed 's/^/${failed}/'
${askContainer}`,
    judge(said, wanted) {
        const states = new Map<string, Record<string, string>>();
        for (const block of said.split("\n\n")) {
            const pairs = linesOf(block).map((line) => line.split("=", 2));
            const state = Object.fromEntries(pairs) as Record<string, string>;
            states.set(state["Id"] ?? "", state);
        }
        const lines = linesOf(said);
        const inContainer = isContainer(said);
        const all = [...wanted.units, ...ownUnits(lines, wanted.units)];
        const due = all.filter(({ notInContainers }) => !(notInContainers && inContainer));
        const drifts = due.flatMap(({ unit, layer }): Drift[] => {
            const { Type, LoadState, ActiveState, UnitFileState } = states.get(unit) ?? {};
            // Some of Steward's own do something at the host's next start, and nothing before.
            const waits = Type === "oneshot" && !wanted.units.some((each) => each.unit === unit);
            const on = waits || ActiveState === "active" || ActiveState === "activating";
            const lasts = UnitFileState === "enabled" || UnitFileState === "static";
            if (LoadState === "loaded" && on && lasts) return [];
            const is = LoadState === "loaded" ? `${ActiveState}, ${UnitFileState}` : LoadState;
            const fix = `run \`systemctl unmask ${unit}; systemctl enable --now ${unit}\` on the host`;
            return [{ layer, is: `${unit} is ${is ?? "unknown"}`, should: "active, enabled", fix }];
        });
        const known = new Set(all.map(({ unit }) => unit));
        const broken = lines
            .filter((line) => line.startsWith(failed))
            .map((line) => line.slice(failed.length).split(" ", 1)[0] ?? "")
            .filter((unit) => !known.has(unit));
        return [
            ...drifts,
            ...broken.map((unit) => ({
                layer: layerOf(unit, all) ?? units.layer,
                is: `${unit} has failed`,
                should: "no unit has",
                fix: `read \`journalctl --unit ${unit}\` on the host, then \`systemctl reset-failed ${unit}\``,
            })),
        ];
    },
};

/** Those that the last `up` wrote, beside those that the stack file alone tells of. */
function ownUnits(lines: readonly string[], known: readonly HostUnit[]): HostUnit[] {
    return lines
        .filter((line) => line.startsWith(own))
        .map((line) => {
            const [unit = "", layer = ""] = line.slice(own.length).split(" ");
            return { unit, layer: layer === "" ? units.layer : layer };
        })
        .filter(({ unit }) => known.every((each) => each.unit !== unit));
}

/** That of the timer which starts a service. */
function layerOf(unit: string, all: readonly HostUnit[]): string | undefined {
    const timer = unit.replace(/\.service$/, ".timer");
    return all.find((each) => each.unit === timer)?.layer;
}
