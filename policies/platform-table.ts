import { layers, layersOf } from "../components/model/layers";
import type { PlatformName, Workload } from "../components/model/roles";
import { Inventory } from "./inventory";
import type { Resource } from "./resource";

/** The state of one stack, rehearsed. A platform may have several: its column says what stands in any of them. */
export interface RehearsedStack {
    /** The stack's name, or the stack file that is none of the project's own. */
    readonly stack: string;
    readonly workload: Workload;
    readonly platform: PlatformName;
    readonly resources: readonly Resource[];
}

/** A file that a command keeps on a host, as its script has it (`receive` in components/platforms/vms/remote-file.ts). */
const keptPath = /^path='([^']+)'$/m;

/** What a resource shows for itself: the file on a host that it keeps, else its type. */
function signOf({ type, inputs }: Resource): string {
    const script = type === "command:remote:Command" ? inputs["create"] : undefined;
    if (typeof script !== "string") return type;
    // The script is one word of a shell.
    return keptPath.exec(script.replaceAll("'\\''", "'"))?.[1] ?? type;
}

/**
 * What carries out each layer of a stack, in alphabetical order: types as tokens, and files on hosts. Layers of duties
 * have none.
 */
export function typesByLayer(
    resources: readonly Resource[],
): ReadonlyMap<string, readonly string[]> {
    const inventory = new Inventory(resources);
    const found = new Map<string, Set<string>>();
    for (const resource of resources.filter(({ custom }) => custom)) {
        const layer = inventory.ownerOf(resource)?.layer;
        if (layer === undefined) continue;
        found.set(layer, (found.get(layer) ?? new Set()).add(signOf(resource)));
    }
    return new Map([...found].map(([layer, types]) => [layer, [...types].sort()]));
}

/** One cell: each token as code, on a line of its own. */
export const cellOf = (types: readonly string[] = []): string =>
    types.map((type) => `\`${type}\``).join("<br>");

/** The cell of a layer that a platform does not have. */
export const noLayer = "–";

/** A column: the cell of each layer that the platform has, in the order of the book; empty where nothing stands in it. */
export function cellsOf(
    workload: Workload,
    platform: PlatformName,
    states: readonly (readonly Resource[])[],
): ReadonlyMap<string, string> {
    const found = states.map(typesByLayer);
    return new Map(
        layersOf(workload, platform).map(([slug]) => {
            const types = new Set(found.flatMap((each) => each.get(slug) ?? []));
            return [slug, cellOf([...types].sort())];
        }),
    );
}

const titles: Readonly<Record<PlatformName, string>> = {
    aws: "AWS",
    azure: "Azure",
    vms: "bare VMs",
};
const workloads: Readonly<Record<Workload, string>> = {
    jupyterhub: "JupyterHub",
    commcare: "CommCare",
};

/**
 * What carries out each layer on each platform, as a Markdown document: docs/platforms.md. It says what stands in the
 * states and nothing else; a platform without a rehearsed stack has no column.
 */
export function platformTable(all: readonly RehearsedStack[]): string {
    const stacks = all.map(({ stack }) => `\`${stack}\``).join(", ");
    const parts = Object.entries(workloads).flatMap(([workload, title]) => {
        const own = all.filter((each) => each.workload === workload);
        return own.length === 0
            ? []
            : [`## ${title}`, "", ...tableOf(workload as Workload, own), ""];
    });
    return [
        "# What carries out each layer",
        "",
        `Written by \`node scripts/write-platforms.mjs\` from the rehearsed states of ${stacks}; tests keep it true.`,
        "",
        "Each cell lists the types of the resources that stand in the layer, and nothing that is not in a state; of a",
        `command on a host that keeps a file, that file. \`${noLayer}\`: the platform has no such layer. An empty cell: it has,`,
        "and nothing that a stack makes carries it out there; its owner stands in the matrix alone. A layer of which that is",
        "so everywhere, such as a duty, has no row.",
        "",
        "<!-- prettier-ignore-start -->",
        "",
        ...parts,
        "<!-- prettier-ignore-end -->",
        "",
    ].join("\n");
}

function tableOf(workload: Workload, stacks: readonly RehearsedStack[]): string[] {
    const platforms = [...new Set(stacks.map(({ platform }) => platform))];
    const columns = platforms.map((platform) => {
        const own = stacks.filter((each) => each.platform === platform);
        return cellsOf(
            workload,
            platform,
            own.map(({ resources }) => resources),
        );
    });
    const slugs = Object.keys(layers[workload]);
    const rows = slugs
        .filter((slug) => columns.some((cells) => (cells.get(slug) ?? "") !== ""))
        .map((slug) => [slug, ...columns.map((cells) => cells.get(slug) ?? noLayer)].join(" | "));
    const head = ["layer", ...platforms.map((platform) => titles[platform])];
    return [head.join(" | "), head.map(() => "---").join(" | "), ...rows].map(
        (row) => `| ${row} |`,
    );
}
