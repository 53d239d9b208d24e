import { findLayer } from "../../../../components/model/layers";
import type { Problem } from "../../../../components/model/problem";
import type { StateResource } from "../../../../policies/report/state";
import type { Arm } from "../../azure/arm";
import { ArmError } from "../../azure/arm";
import type { signIn } from "../../azure/sign-in";
import { isUnreachable, told } from "../../doctor/unreachable";
import { takes } from "../../protected";
import type { DrainOptions, Drained } from "../drain";
import { isKept } from "../drain";
import { drainObjects, lasting } from "../drain-objects";
import type { Found } from "../found";
import type { KubernetesApi } from "../kubernetes-api";
import { askKubernetes } from "../look";
import type { Spawned } from "../spawned";
import { removeDisk, takeLastCopy } from "./disk";
import { lookInGroups } from "./groups";
import type { AzureWhereabouts } from "./whereabouts";
import { azureWhereaboutsOf } from "./whereabouts";

/** What goes unlooked at, said each time. */
const unseen =
    "Azure: not looked at is what accounts, registries and databases hold, which goes with them; and what vaults of " +
    "copies still keep, which may hold them and their group back for days";

/** A zone keeps its servers, which its parent names; made anew it would have others. */
const wordStaying = (group: string): string =>
    `Azure: the group ${group} stays, with the zone in it. For a stack that comes back write ` +
    `steward:azure.dns: { zone: <the zone>, resourceGroup: ${group} } in place of create`;

/** What stands in Azure; undefined for a state that is of no cluster there. */
export async function lookInAzure(
    resources: readonly StateResource[],
    env: NodeJS.ProcessEnv,
    signsIn: typeof signIn,
): Promise<Spawned | undefined> {
    const where = azureWhereaboutsOf(resources);
    if (where === undefined) return undefined;
    const [{ arm, ...inArm }, inKubernetes] = await Promise.all([
        askArm(where, env, signsIn),
        askKubernetes(where),
    ]);
    const found = [...inKubernetes.found, ...inArm.found];
    const { api } = inKubernetes;
    return {
        found,
        problems: [...inArm.problems, ...inKubernetes.problems],
        unseen: [unseen, ...where.staying.map(wordStaying)].join("\n"),
        isKept: (each, release) => isKeptHere(each, where, release),
        placeOf,
        // What could not be looked into might hold what Azure would take along.
        inTheWay: (release) =>
            Promise.resolve([...inArm.problems, ...takenAlong(found, where, release)]),
        drain: (options) => drain(found, where, { arm, api }, options),
        removeLater: () => Promise.resolve({ removed: [], problems: [] }),
    };
}

type Asked = Pick<Spawned, "found" | "problems"> & { readonly arm?: Arm };

async function askArm(
    where: AzureWhereabouts,
    env: NodeJS.ProcessEnv,
    signsIn: typeof signIn,
): Promise<Asked> {
    const { caller, finding } = await signsIn(where, env);
    if (caller === undefined) {
        const { message, fix = "sign in" } = finding;
        return { found: [], problems: [{ path: "Azure", message: `not asked, ${message}`, fix }] };
    }
    const { arm } = caller;
    try {
        return { found: await lookInGroups(where, arm), problems: [], arm };
    } catch (error) {
        return { found: [], problems: [wordArm(error)], arm };
    }
}

/** An error of Azure, by its code: its text may quote what it was asked. */
function wordArm(error: unknown, path = "Azure"): Problem {
    if (isUnreachable(error)) {
        return { path, message: "does not answer", fix: "look at the network and the proxy" };
    }
    const code = error instanceof ArmError ? error.code : String(told(error).name);
    const fix = "allow the caller what it asked for, or wait, and run this again";
    return { path, message: `answers ${code}`, fix };
}

/** Copies are of the layer of copies, whatever they are copies of. */
const placeOf = ({ kind, owner }: Found): string | undefined =>
    kind === "snapshot" ? "backups" : owner?.place;

/** A copy is kept until the layer of copies is released; a disk that names nobody is always. */
function isKeptHere(each: Found, where: AzureWhereabouts, release: readonly string[]): boolean {
    const { kind, owner } = each;
    if (kind === "snapshot") return !release.some((given) => takes(given, { place: "backups" }));
    return (kind === "disk" && owner === null) || isKept(each, where, release);
}

/** Disks and copies that Azure would delete with their group, and that nobody gave up. */
function takenAlong(
    found: readonly Found[],
    where: AzureWhereabouts,
    release: readonly string[],
): Problem[] {
    return found
        .filter(({ kind }) => kind === "disk" || kind === "snapshot")
        .filter((each) => isKeptHere(each, where, release))
        .map((each): Problem => {
            const { kind, id } = each;
            const move = `keep it elsewhere: az resource move --destination-group <group> --ids ${id}`;
            const place = placeOf(each);
            const fix =
                place === undefined ? move : `${move}; or give it up with --release ${place}`;
            const message = `${id.split("/").at(-1) ?? id} would be deleted with its group, as Azure does; nothing was deleted`;
            return { path: kind, message, fix };
        });
}

/**
 * Removes what was found and may be removed: users' servers, builds and load balancers; a last copy of released data;
 * claims, whose disks may go with them; then disks that nobody uses. Machines go with the cluster.
 */
async function drain(
    found: readonly Found[],
    where: AzureWhereabouts,
    { arm, api }: { readonly arm: Arm | undefined; readonly api: KubernetesApi | undefined },
    options: DrainOptions,
): Promise<Drained> {
    const due = found.filter((each) => each.drains && !isKeptHere(each, where, options.release));
    const disks = due.filter(({ kind }) => kind === "disk");
    const problems: Problem[] = [];
    const removed: Found[] = [];
    const objects = async (kinds: Parameters<typeof drainObjects>[1]) => {
        const gone = await drainObjects(due, kinds, api, options);
        removed.push(...gone.removed);
        problems.push(...gone.problems);
    };
    const eachDisk = async (of: readonly Found[], act: (disk: Found) => Promise<boolean>) => {
        for (const disk of of) {
            try {
                if (!(await act(disk))) problems.push(lasting(disk));
            } catch (error) {
                problems.push(wordArm(error, `disk ${disk.id}`));
            }
        }
    };
    await objects(["user server", "build pod", "load balancer"]);
    if (arm !== undefined) {
        const data = disks.filter((disk) => holdsData(disk, where));
        await eachDisk(data, (disk) => takeLastCopy(disk, where, arm, options));
    }
    // Without its last copy a claim's disk must not go.
    if (problems.length > 0) return { removed, later: [], problems };
    await objects(["claim"]);
    if (arm !== undefined) {
        await eachDisk(disks, async (disk) => {
            const gone = await removeDisk(disk, arm, options);
            if (gone) removed.push(disk);
            return gone;
        });
    }
    return { removed, later: [], problems };
}

function holdsData({ owner }: Found, { matrix }: AzureWhereabouts): boolean {
    const [layer = ""] = owner?.place.split("@") ?? [];
    return findLayer(matrix.workload, layer)?.data === true;
}
