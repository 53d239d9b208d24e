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
        "`destroy` lists by owner what of this would stay, hold something back or interrupt somebody: machines, users' servers",
        "and claims, disks and their copies, load balancers, interfaces. `--drain` removes it first, but never a copy. A disk",
        "that carries no owner, of a class that EKS made by itself for one, is found by the tag of its driver,",
        "`kubernetes.io/cluster/<cluster>`, and listed as nobody's. A load balancer goes where the cluster's own controller made it",
        "for a Service that stands no more, by the tags `kubernetes.io/cluster/<cluster>` and `kubernetes.io/service-name`; any other",
        "in the cluster's network is named, and left to whoever made it.",
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
