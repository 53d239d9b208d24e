import type { BlobContainer, StorageAccount } from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HubSpec } from "../../model/spec/jupyterhub";
import { accessLogs } from "./access-logs";
import { containers } from "./containers";
import type { HubSite } from "./hub-site";
import { endpointIn } from "./hub-site";
import { podIdentity } from "./identity";
import { globalName } from "./names";
import type { BuiltInRole } from "./role-assignment";
import { grant } from "./role-assignment";
import { closedAccount } from "./storage-account";

export interface ObjectStorageArgs extends LayerArgs {
    readonly site: HubSite;
    readonly hub: HubSpec;
    readonly serviceAccount: string;
    /** Containers of prepared data that the users read. */
    readonly datasets: readonly BlobContainer[];
    /** Who read and wrote what goes there as well. */
    readonly archive: StorageAccount | undefined;
}

/**
 * The object storage layer on Azure: the cloud identity of one hub's users, and an account with their containers.
 *
 * All users of a hub share one identity, so the containers are shared too: their prefixes are a convention, not a
 * boundary. What a user must keep from the others belongs in the home directory.
 */
export class ObjectStorage extends Layer {
    /** Where the containers are, as the tools of users write it. */
    readonly buckets: { readonly scratch?: string; readonly persistent?: string };
    /** Of the users' identity. */
    readonly clientId: pulumi.Output<string>;
    /** What must stand before a user's server starts, or it has no identity. */
    readonly ready: readonly pulumi.Resource[];

    readonly #name: string;
    readonly #args: ObjectStorageArgs;

    constructor(name: string, args: ObjectStorageArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:ObjectStorage", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { site, hub, serviceAccount, datasets } = args;
        const { place } = site;
        const resourceGroupName = site.groupOf("object-storage");

        const { identity, ready } = podIdentity(
            `${name}-users`,
            {
                place,
                resourceGroupName,
                noun: hub.name,
                issuer: site.controlPlane.issuer,
                namespace: hub.name,
                serviceAccount,
                tags: this.tags(),
            },
            this,
        );
        this.clientId = identity.clientId;
        const made = this.#account(resourceGroupName);
        const may = (noun: string, role: BuiltInRole, scope: pulumi.Input<string>) =>
            grant(
                `${name}-${noun}`,
                {
                    subscriptionId: place.subscriptionId,
                    role,
                    scope,
                    principalId: identity.principalId,
                    principalType: "ServicePrincipal",
                },
                { parent: this },
            );
        const own = made.containers.map((each, at) =>
            may(`own-${String(at)}`, "Storage Blob Data Contributor", each.id),
        );
        const read = datasets.map((each, at) =>
            may(`dataset-${String(at)}`, "Storage Blob Data Reader", each.id),
        );
        const given = hub.cloudPermissions.roles.map(({ role, scope }, at) =>
            may(`given-${String(at)}`, role, scope),
        );
        const at = (container: string | undefined) =>
            container === undefined ? undefined : urlOf(made.accountName, container);
        const [scratch, persistent] = [at(hub.scratch?.bucket), at(hub.persistent?.bucket)];
        this.buckets = {
            ...(scratch === undefined ? {} : { scratch }),
            ...(persistent === undefined ? {} : { persistent }),
        };
        this.ready = [...ready, ...own, ...read, ...given, ...made.ready];
        this.registerOutputs();
    }

    #account(resourceGroupName: pulumi.Output<string>): {
        accountName: string;
        containers: BlobContainer[];
        ready: pulumi.Resource[];
    } {
        const { site, hub, archive } = this.#args;
        const { place, zonal } = site;
        const { scratch, persistent } = hub;
        const what = `hub-${hub.name}`;
        const accountName = globalName("storageAccount", { ...place, what });
        const wanted = [
            ...(scratch === undefined
                ? []
                : [{ name: scratch.bucket, deleteAfterDays: scratch.deleteAfterDays }]),
            ...(persistent === undefined ? [] : [{ name: persistent.bucket, ...persistent }]),
        ];
        if (wanted.length === 0) return { accountName, containers: [], ready: [] };
        const tags = this.tags();
        const account = closedAccount(
            this.#name,
            { place, resourceGroupName, what, keeps: "blobs", zonal, tags },
            this,
        );
        const { service: blobs, made } = containers(
            this.#name,
            { resourceGroupName, account, containers: wanted },
            this,
        );
        if (persistent !== undefined) {
            const { workspaceId } = site;
            accessLogs(this.#name, { service: blobs, workspaceId, archive }, this);
        }
        const endpoints = (["blob", "dfs"] as const).flatMap((service) =>
            endpointIn(site, `${this.#name}-${service}`, {
                resourceGroupName,
                noun: `${hub.name}-${service}`,
                service,
                target: account.id,
                tags,
                parent: this,
            }),
        );
        return { accountName, containers: made, ready: endpoints };
    }
}

/** As fsspec, Hadoop and the tools of Azure write it. */
export function urlOf(accountName: string, container: string): string {
    return `abfss://${container}@${accountName}.dfs.core.windows.net`;
}
