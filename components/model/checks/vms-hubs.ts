import type { Problem } from "../problem";
import type { HubSpec } from "../spec/jupyterhub";
import type { StackInput } from "../spec/stack";
import { checkK3s } from "./k3s";
import { checkK3sVolumes } from "./k3s-volumes";
import type { VmsMonitoringSpec } from "../spec/vms-monitoring";
import { checkAddresses } from "./host-addresses";
import { checkOperators } from "./operators";
import { checkVmsBackups } from "./vms-backups";
import { checkVmsDisks } from "./vms-disks";

/** What does not fit together in a stack of hubs on hosts, and what of a hub's section only a cloud carries out. */
export function checkVmsHubs({ vms, jupyterhub }: StackInput): Problem[] {
    if (vms === undefined) return [];
    if (vms.k3s === undefined) {
        const fix = "say which hosts run Kubernetes, and which release of k3s";
        return [{ path: "steward:vms.k3s", message: "is missing", fix }];
    }
    const hubs = jupyterhub?.hubs ?? [];
    return [
        ...checkAddresses(vms.hosts),
        ...checkOperators("steward:vms.operators", vms.operators ?? [], vms.hosts),
        ...checkVmsBackups(vms),
        ...checkVmsDisks(vms),
        ...checkWatch(vms.monitoring),
        ...checkK3s({ ...vms, k3s: vms.k3s }),
        ...checkK3sVolumes({ ...vms, k3s: vms.k3s }, hubs),
        ...hubs.flatMap((hub, at) => checkHub(hub, `steward:jupyterhub.hubs[${String(at)}]`)),
    ];
}

/** Hubs are watched from inside Kubernetes, as on a cloud. */
function checkWatch({ host, mail, webhooks, heartbeat }: VmsMonitoringSpec): Problem[] {
    const { tls: _, ...relay } = mail;
    const said = host !== undefined || heartbeat || webhooks.length > 0;
    if (!said && Object.keys(relay).length === 0) return [];
    const message = "says how machines of CommCare are watched";
    const fix =
        "remove it; alerts of hubs go through steward:vms.k3s.mail, their sign of life by steward:vms.k3s.heartbeat";
    return [{ path: "steward:vms.monitoring", message, fix }];
}

/** Whoever pays would wait for a mail that nobody sends. */
export const uncounted = "is counted from the bill of a cloud, and hosts send none";
export const withoutBill =
    "remove it; what the hosts cost is between their payer and whoever answers for hosting";

const bucket = "is a bucket, and no cloud is here to make one";
const without = "remove it; what users' servers may reach by an address is said in `reaches`";

function checkHub(hub: HubSpec, path: string): Problem[] {
    const { homes, database, budget, cloudPermissions } = hub;
    const said: (readonly [there: boolean, key: string, message: string, fix: string])[] = [
        [
            homes.storage === "efs" || homes.storage === "azure-files",
            "homes.storage",
            `${homes.storage} is of a cloud`,
            "take nfs, local-path or none",
        ],
        [
            database.kind !== "sqlite-pvc",
            "database.kind",
            `${database.kind} is a database of a cloud`,
            "take sqlite-pvc",
        ],
        [budget !== undefined, "budget", uncounted, withoutBill],
        [hub.scratch !== undefined, "scratch", bucket, without],
        [hub.persistent !== undefined, "persistent", bucket, without],
        [hub.accessLogs !== undefined, "accessLogs", "are of buckets of a cloud", "remove it"],
        [hub.datasets.length > 0, "datasets", "are buckets of a cloud", without],
        [hub.images !== undefined, "images", "is a registry of a cloud", "push to one of yours"],
        [hub.builds !== undefined, "builds", "are pushed to Amazon's registry", "remove it"],
        [
            Object.values(cloudPermissions).some((given) => given.length > 0),
            "cloudPermissions",
            "are rights in a cloud",
            "remove it",
        ],
        [
            hub.daskGateway !== undefined,
            "daskGateway",
            "starts machines, which nobody starts here",
            "remove it",
        ],
        [
            hub.machines.some((kind) => kind !== "user"),
            "machines",
            "names machines that would be started for it",
            "write [user]: users' servers run on the agents, or on the servers where there are none",
        ],
    ];
    return said.flatMap(([there, key, message, fix]) =>
        there ? [{ path: `${path}.${key}`, message, fix }] : [],
    );
}
