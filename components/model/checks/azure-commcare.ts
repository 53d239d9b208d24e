import { azureTypeOf, flexibleSize, flexibleTypeOf } from "../commcare/azure-types";
import type { Size } from "../commcare/machine-size";
import type { MachinePlan } from "../commcare/plan";
import { machinesWith } from "../commcare/plan";
import { mostSecurityRules, securityRules } from "../commcare/security-rules";
import type { Problem } from "../problem";
import type { AzureInput } from "../spec/azure";
import type { CommcareSpec } from "../spec/commcare";

const at = "steward:commcare";

/**
 * Azure Managed Redis has no larger one without shards: 25 GB, which stands for the 26 GiB of other clouds.
 *
 * @see https://learn.microsoft.com/azure/redis/architecture#cluster-policies
 */
const mostQueueGiB = 26;

/** What of a CommCare cluster does not fit on Azure. */
export function checkAzureCommcare(
    azure: AzureInput,
    { operators, blobs }: CommcareSpec,
    plan: MachinePlan,
): Problem[] {
    const { certificate, bastion, administrators } = azure.machines;
    const problems: Problem[] = [];
    const say = (path: string, message: string, fix: string) =>
        problems.push({ path, message, fix });

    if (certificate === undefined) {
        say(
            "steward:azure.machines.certificate",
            "is missing, and the site has no other way to have one",
            "write the secretId, without a version, and the vaultId of a certificate in a key vault",
        );
    }
    if (!bastion && administrators.length === 0) {
        say(
            "steward:azure.machines.bastion",
            "is false, and nobody is named in administrators: no one could reach a machine",
            "leave bastion out, or name the ranges that administrators come from",
        );
    }
    operators.forEach(({ sshKey }, nth) => {
        // https://learn.microsoft.com/azure/virtual-machines/linux/create-ssh-keys-detailed
        if (!sshKey.startsWith("ecdsa")) return;
        const message = "is of a kind that no machine of Azure takes";
        say(`${at}.operators[${String(nth)}].sshKey`, message, "write one of ed25519 or RSA");
    });
    if (plan.redis !== null) {
        say(
            `${at}.stands.redis`,
            "is cloud, and Azure Managed Redis listens on port 10000 with TLS: commcare-cloud tells neither Formplayer of a port nor CommCare HQ's cache of TLS",
            "write machine; the queue of tasks (redis-broker) may stand in the cloud",
        );
    }
    const stores = machinesWith(plan, "object-store").length;
    if (blobs === "object-store" && stores === 0) {
        const fix = "place object-store on a line of steward:commcare.plan.machines";
        say(`${at}.blobs`, "is object-store, and no machine runs it", fix);
    }
    if (blobs === "shared-directory" && stores > 0) {
        const message = "is shared-directory, and a machine runs object-store";
        say(`${at}.blobs`, message, "keep one of the two");
    }
    if (azure.machines.blobStore !== undefined && (blobs !== undefined || stores > 0)) {
        const message = "names a store, and steward:commcare says where attachments lie";
        say("steward:azure.machines.blobStore", message, "keep one of the two");
    }
    for (const line of plan.lines) {
        if (line.instanceType !== undefined || there(azureTypeOf, line)) continue;
        say(
            `${at}.plan.machines.${line.name}`,
            `has ${String(line.vcpus)} vCPUs and ${String(line.memoryGiB)} GiB, which no machine of Azure that Steward knows has`,
            "take more and smaller ones, 2, 4 or 8 GiB to a vCPU, or write `instanceType`",
        );
    }
    for (const database of plan.postgresql) {
        const { name, instanceClass, standby, diskGiB } = database;
        const path = `${at}.plan.postgresql.${name}`;
        if (instanceClass === undefined && !there(flexibleTypeOf, database)) {
            say(path, "is larger than any flexible server", "write an `instanceClass`");
        }
        if (standby && flexibleSize(instanceClass ?? "")?.tier === "Burstable") {
            const fix = "take one such as Standard_D2ds_v5, or write `standby: false`";
            say(`${path}.instanceClass`, "is burstable, and takes no standby", fix);
        }
        if (diskGiB > 32_768) say(`${path}.diskGiB`, "is more than 32,768 GiB", "write less");
    }
    const { redisBroker } = plan;
    if ((redisBroker?.memoryGiB ?? 0) > mostQueueGiB) {
        const fix = "write `stands: { redis-broker: machine }`";
        say(`${at}.plan.redisBroker`, "is larger than Azure Managed Redis without shards", fix);
    }
    if (securityRules(plan, true).length > mostSecurityRules - 2) {
        const message = "has more kinds of machines than one security group has rules for";
        say(`${at}.plan.machines`, message, "put services together on fewer lines");
    }
    return problems;
}

function there(typeOf: (size: Size) => string, size: Size): boolean {
    try {
        return typeOf(size) !== "";
    } catch {
        return false;
    }
}
