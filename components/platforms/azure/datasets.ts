import type { BlobContainer, StorageAccount } from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { DatasetSpec } from "../../model/spec/jupyterhub-buckets";
import { accessLogs } from "./access-logs";
import { containers } from "./containers";
import type { HubSite } from "./hub-site";
import { endpointIn } from "./hub-site";
import { grant } from "./role-assignment";
import { closedAccount } from "./storage-account";

export interface DatasetsArgs extends LayerArgs {
    readonly site: HubSite;
    readonly hub: string;
    /** At least one. */
    readonly datasets: readonly DatasetSpec[];
    /** Who read and wrote what goes there as well. */
    readonly archive: StorageAccount | undefined;
}

/**
 * The datasets layer on Azure: an account with a container for each dataset of one hub. Who prepares data does so from
 * outside, by an identity; where nobody is named, the account is closed to the outside.
 */
export class Datasets extends Layer {
    readonly containers: readonly BlobContainer[];
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: DatasetsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:Datasets", name, args, opts);
        const { site, hub, datasets, archive } = args;
        const { place, zonal } = site;
        const resourceGroupName = site.groupOf("datasets");
        const tags = this.tags();
        const account = closedAccount(
            name,
            {
                place,
                resourceGroupName,
                what: `data-${hub}`,
                keeps: "blobs",
                zonal,
                fromOutside: datasets.some(({ editors }) => editors.length > 0),
                tags,
            },
            this,
        );
        const { service, made } = containers(
            name,
            {
                resourceGroupName,
                account,
                containers: datasets.map(({ bucket, keepVersionsDays }) => ({
                    name: bucket,
                    keepVersionsDays,
                })),
            },
            this,
        );
        this.containers = made;
        accessLogs(name, { service, workspaceId: site.workspaceId, archive }, this);
        datasets.forEach(({ bucket, editors }, at) => {
            for (const principalId of editors) {
                grant(
                    `${name}-${bucket}-${principalId}`,
                    {
                        subscriptionId: place.subscriptionId,
                        role: "Storage Blob Data Contributor",
                        scope: this.containers[at]?.id ?? account.id,
                        principalId,
                    },
                    { parent: this },
                );
            }
        });
        this.ready = (["blob", "dfs"] as const).flatMap((service) =>
            endpointIn(site, `${name}-${service}`, {
                resourceGroupName,
                noun: `data-${hub}-${service}`,
                service,
                target: account.id,
                tags,
                parent: this,
            }),
        );
        this.registerOutputs();
    }
}
