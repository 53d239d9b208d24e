import { objectStore } from "../../../model/commcare/object-store";
import { machinesWith } from "../../../model/commcare/plan";
import { sharedGiB } from "../../../model/commcare/shared-size";
import type { AzureCommcareSpec } from "../../../model/spec";

/** The name of the machine that keeps attachments in a store of the cluster's own; undefined where none does. */
export function storeMachine({ workload }: AzureCommcareSpec): string | undefined {
    return machinesWith(workload.plan, "object-store")[0]?.name;
}

/** GiB of the shared directory: as the stack file says, else by the users and by whether attachments lie in it. */
export function sharedSize(spec: AzureCommcareSpec): number {
    const { machines } = spec.platform.azure;
    const elsewhere = machines.blobStore !== undefined || storeMachine(spec) !== undefined;
    return machines.sharedGiB ?? sharedGiB(spec.workload.commcare, !elsewhere);
}

export interface AttachmentsVariables {
    readonly variables: Readonly<Record<string, unknown>>;
    /** By the variable that asks for each: where it is read. */
    readonly secrets: Readonly<Record<string, string>>;
}

/**
 * What commcare-cloud is told of where attachments lie. It knows no identity of Azure's: a store takes a key.
 *
 * @param hosts Names of the machines inside the cluster.
 */
export function attachmentsOf(
    spec: AzureCommcareSpec,
    hosts: Readonly<Record<string, string>>,
): AttachmentsVariables {
    const { blobStore } = spec.platform.azure.machines;
    const machine = storeMachine(spec);
    const secretKey = "{{ S3_SECRET_KEY }}";
    if (machine !== undefined) {
        return {
            variables: {
                s3_blob_db_enabled: true,
                // As CouchDB and the cache: signed, and in clear inside the network.
                s3_blob_db_url: `http://${hosts[machine] ?? machine}:${String(objectStore.port)}`,
                s3_blob_db_s3_bucket: objectStore.bucket,
                s3_blob_db_access_key: objectStore.accessKey,
                s3_blob_db_secret_key: secretKey,
            },
            secrets: { S3_SECRET_KEY: "the secret object-store-key of the cluster's key vault" },
        };
    }
    if (blobStore === undefined) return { variables: { s3_blob_db_enabled: false }, secrets: {} };
    return {
        variables: {
            s3_blob_db_enabled: true,
            s3_blob_db_url: blobStore.url,
            s3_blob_db_s3_bucket: blobStore.bucket,
            s3_blob_db_access_key: "{{ S3_ACCESS_KEY }}",
            s3_blob_db_secret_key: secretKey,
        },
        secrets: {
            S3_ACCESS_KEY: `the account with ${blobStore.url}`,
            S3_SECRET_KEY: "its secret key",
        },
    };
}
