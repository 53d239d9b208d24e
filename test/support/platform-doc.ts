import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlatformName, Workload } from "../../components/model/roles";
import { cellsOf, noLayer } from "../../policies/platform-table";
import type { Resource } from "../../policies/resource";
import { projectRoot } from "../../rehearsal/project-root";

type Column = readonly (readonly [layer: string, types: string])[];

/** One column of a table of platforms: each of its rows' layers and what stands there, empty or not. */
function columnIn(text: string, heading: string, title: string): Column {
    const part = text.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? "";
    const rows = part
        .split("\n")
        .filter((line) => line.startsWith("|"))
        .map((line) => line.split("|").map((cell) => cell.trim()));
    const at = rows[0]?.indexOf(title) ?? -1;
    return rows.slice(2).map((cells) => [cells[1] ?? "", cells[at] ?? ""] as const);
}

const headings = { jupyterhub: "JupyterHub", commcare: "CommCare" } as const;
const titles = { aws: "AWS", azure: "Azure", vms: "bare VMs" } as const;

/** What docs/platforms.md says of one platform. */
export function writtenColumn(workload: Workload, platform: PlatformName): Column {
    const file = readFileSync(join(projectRoot(), "docs", "platforms.md"), "utf8");
    return columnIn(file, headings[workload], titles[platform]);
}

/** That and what the states of its stacks say, for a test to compare. */
export function columnsOf(
    workload: Workload,
    platform: PlatformName,
    ...states: readonly (readonly Resource[])[]
): { readonly written: Column; readonly rehearsed: Column } {
    const written = writtenColumn(workload, platform);
    const cells = cellsOf(workload, platform, states);
    const rows = new Set(written.map(([layer]) => layer));
    const missing = [...cells].filter(([layer, cell]) => cell !== "" && !rows.has(layer));
    const rehearsed = [...rows].map((layer) => [layer, cells.get(layer) ?? noLayer] as const);
    return { written, rehearsed: [...rehearsed, ...missing] };
}
