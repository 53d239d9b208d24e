import { kindOf } from "./report/kind";
import type { Spawned } from "./spawned";
import { neverSpawned } from "./spawned";

type Known = Pick<Spawned, "hands" | "by" | "from" | "rules">;

/** What the resources of a stack make, as a Markdown document: docs/spawned.md. */
export function spawnedTable(stack: string, platform: string, spawned: readonly Spawned[]): string {
    const here = spawned.map((each) => {
        const by = `${String(each.count)} × ${kindOf(each.by)}`;
        return [each.hands, by, each.layers.join(", "), ...sourceOf(each)];
    });
    const elsewhere = neverSpawned(spawned, platform).map((each) => {
        return [each.hands, kindOf(each.by), ...sourceOf(each)];
    });
    const otherClouds = Object.entries(clouds)
        .filter(([cloud]) => cloud !== platform)
        .map(([cloud, title]): [string, string[][]] => [title, onlyOn(cloud, platform)]);
    const [what, by, source] = ["what comes into being", "made by", "where its owner comes from"];
    return [
        "# What the engine never makes",
        "",
        `Written by \`node scripts/write-spawned.mjs\` from the rehearsed state of \`${stack}\`; a test keeps it true.`,
        "",
        "Resources make others: a launch template machines, a storage class disks, a hub its users' servers. No state",
        "holds them, and none inherits a tag by itself. Each row says where its owner is written instead, and the rule of",
        "[rules.md](rules.md) that refuses a deploy in which it is not. Where the cloud lets nobody hand a tag on there",
        "is no rule: the row says what leads from it to the resource whose layer owns it.",
        "",
        ...table([what, by, "layer", source, "rule"], here),
        "",
        "## What `destroy` does with it",
        "",
        "`destroy` lists by owner what of this would stay, hold something back or interrupt somebody, before anything goes.",
        "`--drain` removes it first; what names no owner it leaves, where it could be somebody's data.",
        "",
        ...table(["what", "found by", "`--drain`"], drained),
        "",
        "Azure deletes a resource group with everything in it: there `destroy` lists what lies in the cluster's groups, and stops",
        "while one holds a disk or a copy that nobody gave up. Last copies go into the group `<cluster>-last-copies`.",
        "",
        "## Known, and not in this stack",
        "",
        ...table([what, by, source, "rule"], elsewhere),
        "",
        ...otherClouds.flatMap(([title, rows]) => [
            `## Known on ${title}`,
            "",
            ...table([what, by, source, "rule"], rows),
            "",
        ]),
    ].join("\n");
}

/** Kind by kind what `stacks/commands/destroy` finds, in the order in which it removes. */
const drained = [
    [
        "users' servers, Dask clusters",
        "the labels of KubeSpawner and of the Dask gateway",
        "deletes them",
    ],
    ["build pods", "BinderHub's label `component: binderhub-build`", "deletes them"],
    [
        "load balancers of a Service",
        "Services of the type `LoadBalancer` that the stack did not make",
        "deletes the Service",
    ],
    [
        "claims",
        "claims that the stack did not make",
        "deletes them, data once its layer is released",
    ],
    ["machines", "their tags", "stops those of hubs, by their node groups"],
    [
        "load balancers of no Service",
        "their interfaces in the cluster's network",
        "deletes what the cluster's own controller made for a Service that is gone, by the tags `kubernetes.io/cluster/<cluster>` and `kubernetes.io/service-name`; any other is left to whoever made it",
    ],
    [
        "network interfaces, security groups",
        "the cluster's network",
        "deletes what machines and controllers left",
    ],
    [
        "disks",
        "their tags, or that of their driver, `kubernetes.io/cluster/<cluster>`: then they are nobody's",
        "deletes them, data once its layer is released and after a last snapshot",
    ],
    [
        "repositories that a push made",
        "their name, `<cluster>/…`, and the tags that their template wrote",
        "deletes them with their images, which can be built again",
    ],
    ["snapshots, copies", "their tags", "never"],
];

const clouds = { aws: "AWS", azure: "Azure" };

/** What resources of another cloud make, and objects of Kubernetes there alone. */
function onlyOn(cloud: string, platform: string): string[][] {
    const key = ({ by, hands }: Known) => `${by} ${hands}`;
    const here = new Set(neverSpawned([], platform).map(key));
    return neverSpawned([], cloud)
        .filter((each) => !here.has(key(each)))
        .map((each) => [each.hands, kindOf(each.by), ...sourceOf(each)]);
}

function sourceOf({ from, rules }: Known): [source: string, rule: string] {
    return rules.length === 0
        ? [`found by ${from}`, "–"]
        : [/^[^ ]+$/.test(from) ? `\`${from}\`` : from, rules.join(", ")];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
    const body = rows.map((cells) => cells.map((text) => text.replaceAll("|", "\\|")));
    const widths = head.map((title, i) =>
        Math.max(title.length, ...body.map((cells) => cells[i]?.length ?? 0)),
    );
    const row = (cells: readonly string[], filler = " ") =>
        `| ${cells.map((text, i) => text.padEnd(widths[i] ?? 0, filler)).join(" | ")} |`;
    const dashes = head.map(() => "");
    return [row(head), row(dashes, "-"), ...body.map((cells) => row(cells))];
}
