import { findLayer } from "../../../components/model/layers";
import type { Problem } from "../../../components/model/problem";
import { purposeTag, sharedPurpose } from "../../../components/model/machines";
import { inRegion } from "../doctor/aws-client";
import { nameOf } from "../doctor/aws-error";
import type { Caller } from "../doctor/check";
import { takes } from "../protected";
import { removeDisk } from "./disk";
import { drainObjects, isObject, lasting } from "./drain-objects";
import type { Ec2 } from "./ec2";
import { machinesOf } from "./ec2";
import type { Found } from "./found";
import { removeBalancer } from "./load-balancers";
import { removeRepository } from "./repositories";
import type { Look } from "./look";
import { wordEc2 } from "./look";
import type { Patience } from "./until";
import { until } from "./until";
import type { Whereabouts } from "./whereabouts";

export interface DrainOptions extends Patience {
    /** `layer` or `layer@hub` whose data may be deleted. */
    readonly release: readonly string[];
    /** Told before each step that takes a while. */
    readonly say: (text: string) => void;
}

export interface Drained {
    readonly removed: readonly Found[];
    /** Disks that the cluster itself still uses, to be removed once it is gone. */
    readonly later: readonly Found[];
    readonly problems: readonly Problem[];
}

/** Whether a disk or claim holds data of a layer that nobody released. */
export function isKept(
    each: Found,
    { matrix }: Pick<Whereabouts, "matrix">,
    release: readonly string[],
): boolean {
    const { kind, owner } = each;
    if (owner === null || (kind !== "disk" && kind !== "claim")) return false;
    const [layer = ""] = owner.place.split("@");
    const holdsData = findLayer(matrix.workload, layer)?.data === true;
    return holdsData && !release.some((place) => takes(place, owner));
}

/**
 * Removes what was found and may be removed, in the order in which one thing holds another: users' servers, builds,
 * load balancers, claims; the hubs' machines, by their node groups, since a machine that is only deleted comes back; then
 * load balancers whose Service went without them, the interfaces and security groups that were left, disks that
 * nobody uses, and the repositories of what was built. Machines that all hubs share stay:
 * what deletes the rest runs on them. Never rejects; what could not be removed is a problem.
 */
export async function drain(
    where: Whereabouts,
    { found, caller, ec2, api }: Look,
    options: DrainOptions,
): Promise<Drained> {
    const { release, say } = options;
    const due = found.filter((each) => each.drains && !isKept(each, where, release));
    const of = (...kinds: Found["kind"][]) => due.filter(({ kind }) => kinds.includes(kind));
    const removed: Found[] = [];
    const later: Found[] = [];
    const problems: Problem[] = [];

    const kinds = ["user server", "build pod", "load balancer", "claim"] as const;
    const objects = await drainObjects(due, kinds, api, options);
    removed.push(...objects.removed);
    problems.push(...objects.problems);
    if (ec2 === undefined || caller === undefined) return { removed, later, problems };
    const machines = of("machine");
    if (where.hubGroups.length > 0 && machines.length > 0) {
        say(`stopping the machines of ${String(where.hubGroups.length)} node groups`);
        const left = await stopMachines(where, caller, ec2, options);
        problems.push(...left.problems);
        removed.push(...machines.filter(({ id }) => left.gone(id)));
    }
    const abandoned = of("load balancer").filter((each) => !isObject(each));
    if (abandoned.length > 0)
        say(`deleting ${String(abandoned.length)} × load balancer of no Service`);
    for (const each of abandoned) {
        try {
            const gone = await removeBalancer(each.id, where, { ...options, caller, ec2 });
            if (gone) removed.push(each);
            else problems.push(lasting(each));
        } catch (error) {
            problems.push(wordEc2(error, `${each.kind} ${each.id}`));
        }
    }
    for (const each of [...of("network interface"), ...of("security group"), ...of("disk")]) {
        try {
            const outcome = await removeOne(each, where, ec2, options);
            if (outcome === "removed") removed.push(each);
            else later.push(each);
        } catch (error) {
            problems.push(wordEc2(error, `${each.kind} ${each.id}`));
        }
    }
    for (const each of of("repository")) {
        try {
            await removeRepository(each.id, where, caller);
            removed.push(each);
        } catch (error) {
            problems.push(wordEc2(error, `${each.kind} ${each.id}`));
        }
    }
    return { removed, later, problems };
}

/** Removes the disks that the cluster itself held; one that is still held is a problem. Never rejects. */
export async function removeLater(
    disks: readonly Found[],
    where: Whereabouts,
    { ec2 }: Look,
    options: DrainOptions,
): Promise<Pick<Drained, "removed" | "problems">> {
    const removed: Found[] = [];
    const problems: Problem[] = [];
    if (ec2 === undefined) return { removed, problems };
    for (const each of disks) {
        try {
            const gone = await until(
                async () => (await removeOne(each, where, ec2, options)) === "removed",
                options,
            );
            if (gone) removed.push(each);
            else problems.push(lasting(each));
        } catch (error) {
            problems.push(wordEc2(error, `${each.kind} ${each.id}`));
        }
    }
    return { removed, problems };
}

/** Removes what EC2 lets go of; a disk in use waits for the cluster to end. */
async function removeOne(
    { kind, id, owner }: Found,
    where: Whereabouts,
    { sdk, client }: Ec2,
    options: DrainOptions,
): Promise<"removed" | "later"> {
    try {
        if (kind === "network interface") {
            await client.send(new sdk.DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }));
        } else if (kind === "security group") {
            await client.send(new sdk.DeleteSecurityGroupCommand({ GroupId: id }));
        } else {
            const [layer = ""] = owner?.place.split("@") ?? [];
            const copy = findLayer(where.matrix.workload, layer)?.data === true;
            return await removeDisk(id, { copy }, { sdk, client }, options);
        }
    } catch (error) {
        // Gone meanwhile, with what held it.
        if (!/\.NotFound$/.test(nameOf(error))) throw error;
    }
    return "removed";
}

async function stopMachines(
    where: Whereabouts,
    { credentials }: Caller,
    ec2: Ec2,
    options: DrainOptions,
): Promise<{ problems: Problem[]; gone: (id: string) => boolean }> {
    const { cluster } = where.matrix;
    const sdk = await import("@aws-sdk/client-eks");
    const client = new sdk.EKSClient({ ...inRegion(where.region), credentials });
    const problems: Problem[] = [];
    for (const nodegroupName of where.hubGroups) {
        const scalingConfig = { minSize: 0, desiredSize: 0 };
        try {
            await client.send(
                new sdk.UpdateNodegroupConfigCommand({
                    clusterName: cluster,
                    nodegroupName,
                    scalingConfig,
                }),
            );
        } catch (error) {
            if (nameOf(error) === "ResourceNotFoundException") continue;
            problems.push(wordEc2(error, `node group ${nodegroupName}`));
        }
    }
    let left: readonly Found[] = [];
    const stopped = await until(async () => {
        left = await machinesOf(where, ec2);
        const shared = await machinesOf(where, ec2, [
            { Name: `tag:${purposeTag}`, Values: [sharedPurpose] },
        ]);
        return left.length === shared.length;
    }, options);
    if (!stopped && problems.length === 0) {
        const message = "have no machines to run any more, and some are still there";
        problems.push({ path: "node groups", message, fix: "wait, and run this again" });
    }
    return { problems, gone: (id) => !left.some((each) => each.id === id) };
}
