import type { Problem } from "../problem";
import type { StackInput } from "../spec/stack";
import type { HubSpec } from "../spec/jupyterhub";
import type { PermissionStatement } from "../spec/jupyterhub-permissions";

/** What does not fit together in what hubs keep, and in what their users may reach. */
export function checkStorage({ cluster, jupyterhub }: StackInput): Problem[] {
    const hubs = jupyterhub?.hubs ?? [];
    const taken = new Set<string>();
    return hubs.flatMap((hub, at) => {
        const path = `steward:jupyterhub.hubs[${String(at)}]`;
        return [
            ...checkBuckets(hub, path, taken),
            ...checkHomes(hub, path),
            ...checkDatabase(hub, path, cluster.name),
            ...checkPermissions(hub, path),
        ];
    });
}

/** Each bucket that a hub brings along, with its place in the stack file. */
export function bucketsOf(hub: HubSpec): [string, string][] {
    const named: [string, string | undefined][] = [
        ["scratch.bucket", hub.scratch?.bucket],
        ["persistent.bucket", hub.persistent?.bucket],
        ["accessLogs.bucket", hub.accessLogs?.bucket],
        ...hub.datasets.map(({ bucket }, at): [string, string] => [
            `datasets[${String(at)}].bucket`,
            bucket,
        ]),
    ];
    return named.flatMap(([key, bucket]) => (bucket === undefined ? [] : [[key, bucket]]));
}

function checkBuckets(hub: HubSpec, path: string, taken: Set<string>): Problem[] {
    return bucketsOf(hub).flatMap(([key, bucket]) => {
        const free = !taken.has(bucket);
        taken.add(bucket);
        if (free) return [];
        const message = `${bucket} is taken by another bucket of this stack`;
        return [{ path: `${path}.${key}`, message, fix: "give each its own name" }];
    });
}

function checkHomes({ homes }: HubSpec, path: string): Problem[] {
    if (homes.storage !== "nfs" || homes.quotaGiB <= homes.sizeGiB) return [];
    const message = "one user may store more than the whole volume holds";
    return [{ path: `${path}.homes.quotaGiB`, message, fix: "write less" }];
}

/** The name of the hub's database instance in its account and region. */
export function databaseIdentifier(cluster: string, hub: string): string {
    return `hub-${cluster}-${hub}`;
}

function checkDatabase({ name, database }: HubSpec, path: string, cluster: string): Problem[] {
    if (database.kind !== "rds") return [];
    const problems: Problem[] = [];
    const identifier = databaseIdentifier(cluster, name);
    // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
    if (identifier.length > 63 || identifier.includes("--")) {
        const message = `would be named ${identifier}, and RDS takes 63 characters without --`;
        const fix = "shorten the hub's name or the cluster's, or take kind: sqlite-pvc";
        problems.push({ path: `${path}.database.kind`, message, fix });
    }
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
    if (database.maxSizeGiB < Math.ceil((database.sizeGiB * 11) / 10)) {
        const message = `is less than a tenth above sizeGiB, ${String(database.sizeGiB)}`;
        const fix = `write at least ${String(Math.ceil((database.sizeGiB * 11) / 10))}`;
        problems.push({ path: `${path}.database.maxSizeGiB`, message, fix });
    }
    return problems;
}

/** Services by which a right could be turned into every right. */
const givesRights = /^(iam|organizations|account|sso|sso-directory|identitystore):/;
const anyAction = /^(\*|[a-z0-9-]+:\*+)$/;
const anyResource = /^(\*+|arn:aws:(\*|[a-z0-9-]+):\*:\*:\*|arn:aws:s3:::\*(\/\*)?)$/;

function checkPermissions({ cloudPermissions }: HubSpec, path: string): Problem[] {
    return cloudPermissions.statements.flatMap((statement, at) =>
        checkStatement(statement, `${path}.cloudPermissions.statements[${String(at)}]`),
    );
}

function checkStatement({ actions, resources }: PermissionStatement, path: string): Problem[] {
    const unbound = resources.some((resource) => anyResource.test(resource));
    return actions.flatMap((action, at): Problem[] => {
        const here = `${path}.actions[${String(at)}]`;
        if (givesRights.test(action)) {
            const message = `${action} would let every user of the hub hand out rights`;
            return [{ path: here, message, fix: "remove it; rights are the operators' to give" }];
        }
        if (action === "*" || (unbound && anyAction.test(action))) {
            const message = `${action} on ${resources.join(", ")} is everything there is`;
            return [{ path: here, message, fix: "name the actions and the resources" }];
        }
        return [];
    });
}
