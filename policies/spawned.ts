import { foundBy } from "../components/model/carriers/found-by";
import { holdsFor, spawnPoints, spawnPointsOf } from "../components/model/carriers/spawn-points";
import type { Owner } from "../components/model/matrix";
import { ownerOf, rowName } from "../components/model/matrix";
import { Inventory } from "./inventory";
import type { Resource } from "./resource";
import { hubMachines } from "./rules/hub-machines";
import { ownerCarried } from "./rules/owner-carried";
import { givesAddresses, interfaceTags, podInterfaces } from "./rules/pod-interfaces";
import { nodeGroupType, scalingGroups } from "./rules/scaling-groups";
import { spawnPointsHandOn } from "./rules/spawn-points";
import { sessionsOf, userServers } from "./rules/user-servers";

/** Something that resources of a stack make and the engine never sees. */
export interface Spawned {
    /** What comes into being, in the words of a report. */
    readonly hands: string;
    /** The type of what makes it, and how many of them there are. */
    readonly by: string;
    readonly count: number;
    /** The layers whose owners it gets, `layer@hub` for one hub's share. */
    readonly layers: readonly string[];
    /** Where its owner comes from: a property of what makes it, or what leads back there. */
    readonly from: string;
    /** Ids of the rules that check it; none where the cloud lets nobody hand anything on. */
    readonly rules: readonly string[];
}

type Made = Pick<Spawned, "hands" | "from" | "rules"> & { readonly owner: Owner | undefined };

/** What the resources of a stack make, by what makes it, in alphabetical order of the types. */
export function spawnedBy(resources: readonly Resource[]): Spawned[] {
    const inventory = new Inventory(resources);
    const found = new Map<string, Spawned>();
    for (const resource of resources.filter(({ custom }) => custom)) {
        for (const { owner, ...made } of madeBy(resource, inventory)) {
            const key = JSON.stringify([resource.type, made]);
            const known = found.get(key);
            const layers = new Set([...(known?.layers ?? []), owner ? rowName(owner) : "-"]);
            found.set(key, {
                ...made,
                by: resource.type,
                count: (known?.count ?? 0) + 1,
                layers: [...layers].sort(),
            });
        }
    }
    const order = ({ by, hands, from }: Spawned) => `${by} ${hands} ${from}`;
    return [...found.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** What the book knows that resources make, and no resource here does. */
export function neverSpawned(
    spawned: readonly Spawned[],
    platform: string,
): Pick<Spawned, "hands" | "by" | "from" | "rules">[] {
    const packages = ["kubernetes", platform === "azure" ? "azure-native" : platform] as (
        string | undefined
    )[];
    const here = (type: string, hands: string) =>
        spawned.some((each) => each.by === type && each.hands === hands);
    const handed = Object.entries(spawnPoints).flatMap(([by, points]) =>
        points
            .filter(({ cloud }) => cloud === undefined || cloud === platform)
            .map((point) => ({
                hands: point.hands,
                by,
                from: point.holds === "nothing" ? "nothing: refused" : wordPath(point),
                rules: [spawnPointsHandOn.id],
            })),
    );
    const led = Object.entries(foundBy).flatMap(([by, all]) =>
        all.map(({ hands, by: from }) => ({ hands, by, from, rules: [] })),
    );
    return [...handed, ...led]
        .filter(({ by, hands }) => !here(by, hands) && packages.includes(by.split(":")[0]))
        .sort((a, b) => (`${a.by} ${a.hands}` < `${b.by} ${b.hands}` ? -1 : 1));
}

const wordPath = ({ path }: { readonly path: readonly string[] }): string =>
    path.filter((step) => step !== "[]").join(".");

function madeBy(resource: Resource, inventory: Inventory): Made[] {
    const { type, inputs } = resource;
    const matrix = inventory.matrix();
    const owner = inventory.ownerOf(resource);
    const handed = spawnPointsOf(resource, matrix?.platform).map((point): Made => {
        const also = hubMachines.appliesTo(type) ? [hubMachines.id] : [];
        const from = wordPath(point);
        return { hands: point.hands, from, rules: [spawnPointsHandOn.id, ...also], owner };
    });
    const led = (Object.hasOwn(foundBy, type) ? (foundBy[type] ?? []) : [])
        .filter(({ when }) => holdsFor(when, inputs))
        .map(({ hands, by }): Made => ({ hands, from: by, rules: [], owner }));
    return [...handed, ...ownWays(resource, inventory, owner), ...led];
}

/** What no spawn point of the book describes: each has a rule of its own. */
function ownWays(resource: Resource, inventory: Inventory, owner: Owner | undefined): Made[] {
    const matrix = inventory.matrix();
    const sessions = sessionsOf(resource, { inventory });
    const ways: Made[] = [];
    if (sessions !== undefined) {
        const from = "values.yaml: singleuser.extraLabels";
        const hands = "users' servers, and claims where each user has one";
        ways.push({ hands, from, rules: [userServers.id], owner: sessions });
    }
    if (givesAddresses(resource)) {
        const machines = matrix && ownerOf(matrix, "node-pools");
        const from = `configurationValues: ${interfaceTags}`;
        const hands = "network interfaces of pods";
        ways.push({ hands, from, rules: [podInterfaces.id], owner: machines });
    }
    if (resource.type === nodeGroupType) {
        const from = "an aws.autoscaling.Tag for each key";
        ways.push({ hands: "a scaling group", from, rules: [scalingGroups.id], owner });
    }
    if (resource.type === "kubernetes:core/v1:Service") {
        // https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/ copies the labels.
        const from = "metadata.labels";
        ways.push({ hands: "endpoint slices", from, rules: [ownerCarried.id], owner });
    }
    if (resource.type === "aws:ebs/volume:Volume" && resource.inputs["finalSnapshot"] === true) {
        const hands = "a last snapshot, when it is deleted";
        ways.push({ hands, from: "tags", rules: [ownerCarried.id], owner });
    }
    return ways;
}
