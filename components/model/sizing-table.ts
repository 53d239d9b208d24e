import { daemonSets } from "./machine-shares";
import { markdownTable } from "./markdown-table";
import { assumptions, sizingOf } from "./sizing";

const count = (value: number): string => value.toLocaleString("en-US");

/** How large a hub must be, as a Markdown document: docs/sizing.md, which `node scripts/write-sizing.mjs` writes. */
export function sizingTable(): string {
    const sizes = [20, 200, 2_000].map(sizingOf);
    const rows = [
        ["", ...sizes.map(({ users }) => `${count(users)} users`)],
        ["at work at once", ...sizes.map(({ concurrent }) => count(concurrent))],
        ["machines of users", ...sizes.map(({ nodes, type }) => `${count(nodes)} × ${type}`)],
        ["users to a machine, at most", ...sizes.map(({ sharedBy }) => count(sharedBy))],
        ["vCPUs of them, for the account's quota", ...sizes.map(({ vcpus }) => count(vcpus))],
        ["memory a user", ...sizes.map(({ memoryGiB }) => `${memoryGiB.toFixed(1)} GiB`)],
        ["cores a user, guaranteed", ...sizes.map(({ cpuGuarantee }) => cpuGuarantee.toFixed(2))],
        ["disk of each machine", ...sizes.map(({ nodeDiskGiB }) => `${count(nodeDiskGiB)} GiB`)],
        ["home directories, all full", ...sizes.map(({ homesGiB }) => `${count(homesGiB)} GiB`)],
        ["core node", ...sizes.map(({ coreNode }) => coreNode)],
        ["hub database", ...sizes.map(() => `${String(assumptions.database.value)} GiB`)],
    ];
    const sources = [
        ["number", "value", "source"],
        ...Object.values(assumptions).map(({ what, value, unit, source }) => [
            what,
            `${count(value)} ${unit}`,
            source,
        ]),
        [
            "DaemonSets of a node",
            `${count(daemonSets.milliCpu)} m, ${count(daemonSets.bytes / 2 ** 20)} MiB`,
            "2i2c's clusters, see components/model/machine-shares.ts",
        ],
        [
            "What Kubernetes leaves of a machine",
            "by type",
            "nodes that ran, see components/model/machine-shares.ts",
        ],
        [
            "Core node",
            "2 vCPUs and 16 GiB; from 1,000 at work twice that",
            "2i2c's clusters run both; where the one ends is our choice",
        ],
        [
            "Reserve of a machine",
            "2 %, at most 2 GiB and 1 core",
            "2i2c's proportional-memory rule, see components/model/machine-shares.ts",
        ],
    ];
    return [
        "# How large a hub must be",
        "",
        "Written by `node scripts/write-sizing.mjs` from `components/model/sizing.ts`; a test keeps it true. No prices:",
        "they change, and differ by region and contract. Machines of users start when users come and go when they are",
        "empty, so the numbers are those of the busiest hour.",
        "",
        ...markdownTable(rows),
        "",
        "Who asks for more memory than the smallest choice takes the room of two, four or eight. Where many come at",
        "once, as to a course, `placeholders` keeps seats free: arrivals a minute times the minutes that a machine takes",
        "to start, so that 60 users within 3 minutes and 10 minutes for a machine make 200 seats",
        "(https://github.com/2i2c-org/infrastructure/blob/main/docs/topic/infrastructure/user-placeholders.md).",
        "",
        "## Where the numbers come from",
        "",
        ...markdownTable(sources),
        "",
    ].join("\n");
}
