import { markdownTable } from "../markdown-table";
import type { MachinePlan } from "./plan";

/** What a published environment says of its machines. */
export interface Original {
    readonly source: string;
    readonly machines: readonly {
        readonly name: string;
        readonly type: string;
        readonly rootGiB: number;
        readonly rootEncrypted: boolean;
        readonly dataGiB: number | null;
    }[];
}

/** What of an original is not as its stack file has it, and why: data rules refuse it as it is. */
export function differences(plan: MachinePlan, { machines }: Original): string[][] {
    return machines.flatMap((theirs) => {
        const ours = plan.machines.find(({ name }) => name.replaceAll("-", "_") === theirs.name);
        if (ours === undefined) return [[theirs.name, "a machine", "none", "not transcribed"]];
        const rows: string[][] = [];
        const compare = (what: string, before: string, now: string, why: string) => {
            if (before !== now) rows.push([theirs.name, `${what}: ${before}`, now, why]);
        };
        const disk = (gib: number | null) => (gib === null ? "none" : `${gib} GiB`);
        compare("type", theirs.type, ours.instanceType ?? "", "not transcribed");
        compare("root disk", disk(theirs.rootGiB), disk(ours.rootGiB), "not transcribed");
        compare("data disk", disk(theirs.dataGiB), disk(ours.dataGiB), "not transcribed");
        const why =
            "a machine that keeps data has no disk in plain: what is swapped or logged is data";
        compare("root disk", theirs.rootEncrypted ? "encrypted" : "in plain", "encrypted", why);
        return rows;
    });
}

export function differenceTable(plan: MachinePlan, original: Original): string[] {
    return markdownTable([["machine", "original", "here", "why"], ...differences(plan, original)]);
}
