import { coreRequests } from "./core-nodes";
import { markdownTable } from "./markdown-table";
import { daemonSets } from "./node-capacity";
import { assumptions, sizingOf } from "./sizing";

/** What one more hub with homes on NFS asks of the core nodes. */
const another = {
    cores: (coreRequests.hub.milliCpu + coreRequests.homes.milliCpu) / 1_000,
    gibibytes: (coreRequests.hub.mebibytes + coreRequests.homes.mebibytes) / 1_024,
};

const count = (value: number): string => value.toLocaleString("en-US");

/** How large a hub must be, as a Markdown document: docs/sizing.md, which `node scripts/write-sizing.mjs` writes. */
export function sizingTable(): string {
    const sizes = [20, 200, 2_000].map(sizingOf);
    const rows = [
        ["", ...sizes.map(({ users }) => `${count(users)} users`)],
        ["at work at once", ...sizes.map(({ concurrent }) => count(concurrent))],
        ["machines of users", ...sizes.map(({ nodes, type }) => `${count(nodes)} × ${type}`)],
        ["users to a machine, at most", ...sizes.map(({ sharedBy }) => count(sharedBy))],
        ["memory a user", ...sizes.map(({ memoryGiB }) => `${memoryGiB.toFixed(1)} GiB`)],
        ["cores a user, guaranteed", ...sizes.map(({ cpuGuarantee }) => cpuGuarantee.toFixed(2))],
        ["disk of each machine", ...sizes.map(({ nodeDiskGiB }) => `${count(nodeDiskGiB)} GiB`)],
        ["home directories, all full", ...sizes.map(({ homesGiB }) => `${count(homesGiB)} GiB`)],
        ["core nodes, one hub", ...sizes.map(({ core }) => `${count(core.nodes)} × ${core.type}`)],
        ["vCPUs of all, for the account's quota", ...sizes.map(({ vcpus }) => count(vcpus))],
        ["addresses in the subnet of users", ...sizes.map(({ addresses }) => count(addresses))],
        ["smallest network", ...sizes.map(({ network }) => `/${String(network)}`)],
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
            "2i2c's clusters, see components/model/node-capacity.ts",
        ],
        [
            "What Kubernetes leaves of a machine",
            "by type",
            "nodes that ran, see components/model/node-capacity.ts",
        ],
        [
            "Core node",
            "2 vCPUs and 16 GiB; from 1,000 at work twice that",
            "2i2c's clusters run both; where the one ends is our choice",
        ],
        [
            "What pods of the hub and of all hubs ask for",
            "by hub",
            "the charts as they are deployed, see components/model/core-nodes.ts",
        ],
        [
            "Addresses of a machine",
            "whole interfaces, one of them kept warm",
            "https://github.com/aws/amazon-vpc-cni-k8s/blob/master/docs/eni-and-ip-target.md",
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
        `Core nodes hold the hub, its homes on NFS, the gateway and the monitoring. Each further hub asks for ${another.cores.toFixed(1)} cores`,
        `and ${another.gibibytes.toFixed(1)} GiB more; a stack file whose \`steward:aws.nodes.core.max\` cannot hold them is refused. Leave room for one`,
        "node above the least: an update starts new pods before the old ones end.",
        "",
        "No source says how fast the disk of the homes must be for a user. GeoLab's 4,096 GiB have 5,000 operations and 250 MiB a",
        "second, a disk that says nothing else 3,000 and 125; alarms tell when either is not enough, and both can be raised while",
        "the hub runs.",
        "",
        "## Where the numbers come from",
        "",
        ...markdownTable(sources),
        "",
    ].join("\n");
}
