import { layerArgs } from "../../../layer-args";
import { machineLayer } from "../../../model/commcare/machine-layer";
import { machinesWith } from "../../../model/commcare/plan";
import { ownerOf } from "../../../model/matrix";
import type { AzureCommcareSpec } from "../../../model/spec";
import { globalName } from "../names";
import { principalOf } from "../owner-tags";
import { placeOf } from "../place";
import { sharedSize } from "./attachments";
import { DataServices } from "./data-services";
import type { Ground } from "./ground";
import type { MadeMachine } from "./machine";
import { Machines } from "./machines";
import { copiesAccount, filesHost, namesOf, shareName } from "./names";
import { OperatingSystem } from "./operating-system";
import type { Opts } from "./opts";
import { patchTierOf, patchTiers } from "./patch-group";
import { Patching } from "./patching";
import { Secrets } from "./secrets";
import type { SharedCopyStart } from "./shared-copy-start";

/** Data services of the cloud, and all machines. */
export function buildServices(spec: AzureCommcareSpec, ground: Ground, opts: Opts) {
    const { place, plan, machines, zones, whereOf, network, subnet, firewall, identities } = ground;
    const { clusterName } = place;
    const data = new DataServices(
        "data-services",
        {
            ...layerArgs(spec, "data-services"),
            place,
            where: whereOf("data-services"),
            plan,
            names: namesOf(spec),
            sharedGiB: sharedSize(spec),
            zones,
            subnetId: subnet("endpoints"),
            firewall,
            key: identities.data,
            vaultUri: identities.vault.properties.apply(({ vaultUri }) => vaultUri),
            privateZones: network.zones,
        },
        opts,
    );
    const layers = [...new Set(plan.machines.map(machineLayer))].sort();
    const built = layers.map((layer) => {
        const { made } = new Machines(
            layer,
            {
                ...layerArgs(spec, layer),
                clusterName,
                where: whereOf(layer),
                plan,
                machines: plan.machines.filter((each) => machineLayer(each) === layer),
                zones,
                subnets: { apps: subnet("apps"), data: subnet("data") },
                firewall,
                imageRelease: machines.imageRelease,
                sshKeys: [
                    ...spec.workload.commcare.operators.map(({ sshKey }) => sshKey),
                    identities.firstKey.line,
                ],
                encryptionAtHost: machines.encryptionAtHost,
                diskEncryptionSetId: identities.disks.id,
                dataEncryptionSetId: identities.dataDisks.id,
                proxyCertificate: identities.proxies,
                objectStoreKey: identities.objectStoreKey,
                sharedCopy: sharedCopyOf(spec),
                control: {
                    commit: spec.workload.commcare.commcareCloud,
                    key: identities.firstKey.key,
                },
                below: { os: roleOf(spec, "operating-system"), hosting: roleOf(spec, "hosting") },
            },
            // What a machine asks of the Internet when it starts for the first time finds the way out.
            { ...opts, dependsOn: [...network.ready] },
        );
        return made;
    });
    const made = Object.assign({}, ...built) as Readonly<Record<string, MadeMachine>>;
    const layerOf = (host: string) => {
        const found = plan.machines.find(({ name }) => name === host);
        return found === undefined ? "operating-system" : machineLayer(found);
    };
    const groupOf = (host: string) => whereOf(layerOf(host)).resourceGroupName;
    new OperatingSystem(
        "operating-system",
        {
            ...layerArgs(spec, "operating-system"),
            clusterName,
            where: whereOf("operating-system"),
            machines: made,
            groupOf,
            workspaceId: ground.records.workspaceId,
        },
        opts,
    );
    const controls = machinesWith(plan, "control").flatMap(({ name }) => {
        const machine = made[name]?.machine;
        return machine === undefined ? [] : [[name, principalOf(machine.identity)] as const];
    });
    new Secrets(
        "identity-secrets",
        {
            ...layerArgs(spec, "identity-secrets"),
            place,
            where: whereOf("identity-secrets"),
            vault: identities.vault,
            postgresRoot: data.postgresRoot,
            firstKey: identities.firstKey.key,
            brokerKey: data.brokerKey,
            objectStoreKey: identities.objectStoreKey,
            controlPrincipals: Object.fromEntries(controls),
        },
        opts,
    );
    const tiers = new Set(plan.machines.map(patchTierOf));
    new Patching(
        "patching",
        {
            ...layerArgs(spec, "patching"),
            clusterName,
            where: whereOf("patching"),
            patching: machines.patching,
            tiers: patchTiers.filter((tier) => tiers.has(tier)),
        },
        opts,
    );
    return { data, made, groupOf };
}

/** What was built, machines by name. */
export type Services = ReturnType<typeof buildServices>;

function roleOf({ matrix }: AzureCommcareSpec, layer: string): string {
    return ownerOf(matrix, layer)?.role ?? "";
}

/** Copies begin an hour after the others, as those of hubs' homes do. */
function sharedCopyOf(spec: AzureCommcareSpec): SharedCopyStart | undefined {
    if (spec.workload.plan.sharedDirectory === "machine") return undefined;
    const { shared } = namesOf(spec);
    return {
        share: `${filesHost(shared)}:/${shared}/${shareName}`,
        accountName: globalName("storageAccount", { ...placeOf(spec), what: copiesAccount }),
        hourUtc: (spec.platform.azure.backups.hourUtc + 1) % 24,
    };
}
