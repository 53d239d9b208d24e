import type { OnlyAzure } from "../../../../components/model/spec";
import { isHubs } from "../../../../components/model/spec";
import type { Finding } from "../check";
import type { AzureCheck } from "./azure";

const always = [
    "Microsoft.AlertsManagement",
    "Microsoft.Authorization",
    "Microsoft.Compute",
    "Microsoft.Consumption",
    "Microsoft.DataProtection",
    "Microsoft.Insights",
    "Microsoft.KeyVault",
    "Microsoft.Logic",
    "Microsoft.ManagedIdentity",
    "Microsoft.Network",
    "Microsoft.OperationalInsights",
    "Microsoft.Resources",
    "Microsoft.Security",
    "Microsoft.Storage",
] as const;

/** The resource providers that a stack's resources are of. */
export function namespacesOf(spec: OnlyAzure): string[] {
    const of = isHubs(spec) ? ofHubs(spec.workload) : ofMachines(spec.workload);
    return [...always, ...of].sort();
}

type Hubs = Extract<OnlyAzure["workload"], { kind: "jupyterhub" }>;
type Machines = Extract<OnlyAzure["workload"], { kind: "commcare" }>;

function ofHubs({ jupyterhub: { hubs } }: Hubs): string[] {
    const servers = hubs.some(({ database }) => database.kind === "flexible-server");
    return [
        "Microsoft.ContainerService",
        ...(servers ? ["Microsoft.DBforPostgreSQL"] : []),
        ...(hubs.some(({ images, builds }) => images !== undefined || builds !== undefined)
            ? ["Microsoft.ContainerRegistry"]
            : []),
    ];
}

function ofMachines({ plan }: Machines): string[] {
    return [
        "Microsoft.Maintenance",
        "Microsoft.RecoveryServices",
        ...(plan.postgresql.length > 0 ? ["Microsoft.DBforPostgreSQL"] : []),
        ...(plan.redisBroker === null ? [] : ["Microsoft.Cache"]),
    ];
}

interface Registered {
    readonly namespace?: string;
    readonly registrationState?: string;
}

/**
 * A subscription takes resources of providers alone that it has registered, and the engine registers none.
 *
 * @see https://learn.microsoft.com/rest/api/resources/providers/list
 */
export const resourceProvidersCheck: AzureCheck = {
    id: "resource-providers",
    title: "Resource providers",
    needs: "account",
    async run({ spec, caller: { arm } }) {
        const listed = await arm.list<Registered>(arm.inSubscription("/providers"), "2021-04-01");
        const states = new Map(
            listed.map(({ namespace = "", registrationState }) => {
                return [namespace.toLowerCase(), registrationState ?? "NotRegistered"];
            }),
        );
        const missing = namespacesOf(spec).filter((each) => {
            const state = states.get(each.toLowerCase());
            return state !== "Registered" && state !== "RegistrationFree";
        });
        if (missing.length === 0) {
            const message = `all ${String(namespacesOf(spec).length)} that the stack asks for are registered`;
            return [{ id: "resource-providers", status: "ok", message }];
        }
        return missing.map((namespace): Finding => {
            const id = `resource-providers.${namespace}`;
            const state = states.get(namespace.toLowerCase()) ?? "unknown";
            const command = `az provider register --subscription ${arm.subscriptionId} --namespace ${namespace} --wait`;
            return state === "Registering"
                ? { id, status: "warning", message: "is being registered", fix: "wait a minute" }
                : { id, status: "lacking", message: `${namespace} is ${state}`, fix: command };
        });
    },
};

const hostEncryption = "Microsoft.Compute/EncryptionAtHost";

/** Whether the machines of a stack seal what their hosts keep as well. */
export const encryptsAtHost = ({ platform, workload }: OnlyAzure): boolean => {
    const { azure } = platform;
    return workload.kind === "commcare"
        ? azure.machines.encryptionAtHost
        : "nodes" in azure && azure.nodes.encryptionAtHost;
};

/**
 * Features that a subscription has to have asked for before a machine may use them.
 *
 * @see https://learn.microsoft.com/azure/virtual-machines/linux/disks-enable-host-based-encryption-cli
 */
export const featuresCheck: AzureCheck = {
    id: "features",
    title: "Features",
    needs: "account",
    async run({ spec, caller: { arm } }) {
        const id = "features.encryption-at-host";
        if (!encryptsAtHost(spec)) {
            return [{ id, status: "ok", message: `${hostEncryption} is not asked for` }];
        }
        const path =
            "/providers/Microsoft.Features/providers/Microsoft.Compute/features/EncryptionAtHost";
        const found = await arm.find<{ properties?: { state?: string } }>(
            arm.inSubscription(path),
            "2021-07-01",
        );
        const state = found?.properties?.state ?? "NotRegistered";
        if (state === "Registered") {
            return [{ id, status: "ok", message: `${hostEncryption} is registered` }];
        }
        const command =
            `az feature register --subscription ${arm.subscriptionId} --namespace Microsoft.Compute ` +
            "--name EncryptionAtHost";
        const fix = `${command}, then az provider register --namespace Microsoft.Compute; or write encryptionAtHost: false`;
        return [{ id, status: "lacking", message: `${hostEncryption} is ${state}`, fix }];
    },
};
