import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlatformName, Workload } from "../../components/model/roles";
import { platformTable } from "../../policies/platform-table";
import type { Resource } from "../../policies/resource";
import { projectRoot } from "../../rehearsal/project-root";

type Column = readonly (readonly [layer: string, types: string])[];

/** One column of a table of platforms: the layers that have something in it, and what that is. */
function columnIn(text: string, heading: string, title: string): Column {
    const part = text.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? "";
    const rows = part
        .split("\n")
        .filter((line) => line.startsWith("|"))
        .map((line) => line.split("|").map((cell) => cell.trim()));
    const at = rows[0]?.indexOf(title) ?? -1;
    return rows
        .slice(2)
        .map((cells) => [cells[1] ?? "", cells[at] ?? ""] as const)
        .filter(([, types]) => types !== "");
}

const headings = { jupyterhub: "JupyterHub", commcare: "CommCare" } as const;
const titles = { aws: "AWS", azure: "Azure", vms: "bare VMs" } as const;

/** What docs/platforms.md says of one platform and what the state of its stack says, for a test to compare. */
export function columnsOf(
    workload: Workload,
    platform: PlatformName,
    resources: readonly Resource[],
): { readonly written: Column; readonly rehearsed: Column } {
    const file = readFileSync(join(projectRoot(), "docs", "platforms.md"), "utf8");
    const fresh = platformTable([{ stack: "", workload, platform, resources }]);
    const column = (text: string) => columnIn(text, headings[workload], titles[platform]);
    return { written: column(file), rehearsed: column(fresh) };
}
