import { DiagnosticSetting } from "@pulumi/azure-native/monitor";
import type { BlobServiceProperties } from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";

export interface AccessLogsArgs {
    readonly service: BlobServiceProperties;
    /** Where it is written down, for `steward:azure.logDays`. */
    readonly workspaceId: pulumi.Input<string>;
}

/**
 * Who read and wrote what in an account that keeps something.
 *
 * @see https://learn.microsoft.com/azure/storage/blobs/monitor-blob-storage#azure-monitor-resource-logs
 */
export function accessLogs(
    name: string,
    { service, workspaceId }: AccessLogsArgs,
    parent: pulumi.Resource,
): void {
    new DiagnosticSetting(
        `${name}-access-logs`,
        {
            resourceUri: service.id,
            name: "steward",
            workspaceId,
            logs: ["StorageRead", "StorageWrite", "StorageDelete"].map((category) => ({
                category,
                enabled: true,
            })),
        },
        { parent },
    );
}
