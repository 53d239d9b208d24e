import type { Problem } from "../problem";
import type { StackInput } from "../spec/stack";
import type { HubSpec } from "../spec/jupyterhub";

/** What of a hub's section only AWS carries out, or Azure otherwise. */
export function checkAzureHubs({ jupyterhub }: StackInput): Problem[] {
    return (jupyterhub?.hubs ?? []).flatMap((hub, at) => {
        const path = `steward:jupyterhub.hubs[${String(at)}]`;
        return [...checkStorage(hub, path), ...checkPrincipals(hub, path)];
    });
}

type Said = readonly [key: string, message: string, fix: string];

function checkStorage(hub: HubSpec, path: string): Problem[] {
    const { homes, database, cloudPermissions } = hub;
    const said: Said[] = [];
    if (hub.name === "homes-copies") {
        const message = `${hub.name} is the namespace of what copies homes`;
        said.push(["name", message, "take another name"]);
    }
    if (homes.storage === "efs") {
        said.push([
            "homes.storage",
            "efs is a file system of AWS",
            "take azure-files, nfs or none",
        ]);
    }
    if (homes.storage === "local-path") {
        said.push([
            "homes.storage",
            "local-path is a directory of a host, which a cloud takes away again",
            "take azure-files, nfs or none",
        ]);
    }
    if (database.kind === "rds") {
        said.push([
            "database.kind",
            "rds is a database of AWS",
            "take flexible-server or sqlite-pvc",
        ]);
    }
    if (database.kind === "flexible-server") {
        const burstable = database.vmSize.startsWith("Standard_B");
        if (database.highAvailability && burstable) {
            const message = `is not to be had with ${database.vmSize}`;
            said.push([
                "database.highAvailability",
                message,
                "take a size of Standard_D or Standard_E",
            ]);
        }
    }
    if (cloudPermissions.statements.length > 0 || cloudPermissions.readBuckets.length > 0) {
        const message = "are written in the words of IAM";
        const fix = "write cloudPermissions.roles: a role of Azure's and the data that it is for";
        said.push(["cloudPermissions", message, fix]);
    }
    const given = cloudPermissions.roles.map(({ role, scope }) => `${role} ${scope}`);
    given.forEach((each, at) => {
        if (given.indexOf(each) === at) return;
        said.push([`cloudPermissions.roles[${String(at)}]`, "is given twice", "write it once"]);
    });
    for (const [key, bucket] of [
        ["scratch.bucket", hub.scratch?.bucket],
        ["persistent.bucket", hub.persistent?.bucket],
        ...hub.datasets.map((each, at) => [`datasets[${String(at)}].bucket`, each.bucket] as const),
    ] as const) {
        if (bucket?.includes("--") !== true) continue;
        said.push([key, `${bucket} is no name of a container`, "write no two hyphens in a row"]);
    }
    return said.map(([key, message, fix]) => ({ path: `${path}.${key}`, message, fix }));
}

function checkPrincipals({ datasets, images }: HubSpec, path: string): Problem[] {
    const named: [string, string][] = [
        ...datasets.flatMap(({ editors }, at) =>
            editors.map((each, i): [string, string] => [
                `datasets[${String(at)}].editors[${String(i)}]`,
                each,
            ]),
        ),
        ...(images?.builders ?? []).map((each, i): [string, string] => [
            `images.builders[${String(i)}]`,
            each,
        ]),
    ];
    return named
        .filter(([, principal]) => principal.startsWith("arn:"))
        .map(([key]) => ({
            path: `${path}.${key}`,
            message: "is a principal of AWS",
            fix: "write the object id of a principal of Entra",
        }));
}
