import { DiagnosticSetting } from "@pulumi/azure-native/monitor";
import type { BlobServiceProperties, StorageAccount } from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";

export interface AccessLogsArgs {
    readonly service: BlobServiceProperties;
    /** Where it is written down, for `steward:azure.logDays`. */
    readonly workspaceId: pulumi.Input<string>;
    /** The account that keeps it for as long as the hub says, where the hub does. */
    readonly archive: StorageAccount | undefined;
}

/**
 * Who read and wrote what in an account that keeps something.
 *
 * @see https://learn.microsoft.com/azure/storage/blobs/monitor-blob-storage#azure-monitor-resource-logs
 */
export function accessLogs(
    name: string,
    { service, workspaceId, archive }: AccessLogsArgs,
    parent: pulumi.Resource,
): void {
    new DiagnosticSetting(
        `${name}-access-logs`,
        {
            resourceUri: service.id,
            name: "steward",
            workspaceId,
            ...(archive === undefined ? {} : { storageAccountId: archive.id }),
            logs: ["StorageRead", "StorageWrite", "StorageDelete"].map((category) => ({
                category,
                enabled: true,
            })),
        },
        { parent },
    );
}
