import { RoleAssignment, RoleDefinition } from "@pulumi/azure-native/authorization";
import * as registry from "@pulumi/azure-native/containerregistry";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { BuildsSpec } from "../../model/spec/jupyterhub-builds";
import type { BuildsFoundation } from "../foundation";
import { imageBuilder } from "../foundation";
import { workloadIdentity } from "./dns-domain";
import type { HubSite } from "./hub-site";
import { podIdentity } from "./identity";
import { globalName } from "./names";
import { registryClient } from "./registry-client";
import { pulledByNodes } from "./registry-pull";
import { purge } from "./registry-purge";

export interface ImageBuildsArgs extends LayerArgs {
    readonly site: HubSite;
    readonly hub: string;
    readonly builds: BuildsSpec;
}

/**
 * What BinderHub may do in the registry of its builds and nowhere else: AcrPush, and the locks of tags. No role that
 * Azure brings has these alone.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/permissions/containers#microsoftcontainerregistry
 */
export const pushActions = [
    "Microsoft.ContainerRegistry/registries/metadata/read",
    "Microsoft.ContainerRegistry/registries/metadata/write",
    "Microsoft.ContainerRegistry/registries/pull/read",
    "Microsoft.ContainerRegistry/registries/push/write",
] as const;

/** Tools of the registry that delete what is locked as well; those that tasks know as `acr` are older. */
const tools = "mcr.microsoft.com/acr/acr-cli:0.17";

const nightly = { name: "nightly", cron: "0 4 * * *" };

/**
 * The part of the user image layer for environments that a hub's users have built: a registry of its own, so that what
 * a stranger's build pushes lies beside nothing else. A push makes a repository there. It can all be built again.
 *
 * Its address is outside, as ECR's is: builds reach nothing inside, and a private address takes a registry of the
 * dearest kind.
 */
export class ImageBuilds extends Layer {
    readonly foundation: BuildsFoundation;

    constructor(name: string, args: ImageBuildsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:ImageBuilds", name, args, opts);
        const { site, hub, builds } = args;
        const { place, controlPlane } = site;
        const { subscriptionId, location } = place;
        const resourceGroupName = site.groupOf("user-image");
        const below = { parent: this };
        const tags = this.tags();

        const registryName = globalName("registry", { ...place, what: `${hub}-builds` });
        const made = new registry.Registry(
            `${name}-registry`,
            {
                resourceGroupName,
                location,
                registryName,
                sku: { name: "Standard" },
                adminUserEnabled: false,
                anonymousPullEnabled: false,
                tags,
            },
            below,
        );
        const pulls = pulledByNodes(name, site, made, below);
        const asker = podIdentity(
            name,
            {
                place,
                resourceGroupName,
                noun: `${hub}-builds`,
                issuer: controlPlane.issuer,
                namespace: hub,
                serviceAccount: imageBuilder.serviceAccount,
                tags,
            },
            this,
        );
        // Of the subscription: the id of a role never names a group, whatever scope it was made at.
        const subscription = `/subscriptions/${subscriptionId}`;
        const role = new RoleDefinition(
            `${name}-push-role`,
            {
                scope: subscription,
                roleName: `Push to ${registryName}`, // no two of a tenant have one name
                roleType: "CustomRole",
                description: `BinderHub of ${hub} in ${place.clusterName}`,
                permissions: [{ actions: [...pushActions] }],
                assignableScopes: [subscription],
            },
            below,
        );
        const pushes = new RoleAssignment(
            `${name}-pushes`,
            {
                scope: made.id,
                principalId: asker.identity.principalId,
                principalType: "ServicePrincipal",
                roleDefinitionId: role.id,
            },
            below,
        );
        const prefix = `${hub}/builds/`;
        purge(
            `${name}-forgets`,
            {
                place,
                resourceGroupName,
                registry: made,
                taskName: "forget-old-builds",
                schedule: nightly,
                command: `${tools} purge --registry $RegistryName --filter '${prefix}.*:.*' --ago ${String(builds.keepDays)}d --untagged --include-locked`,
                tags,
            },
            this,
        );

        const host = `${registryName}.azurecr.io`;
        this.foundation = {
            imagePrefix: `${host}/${prefix}`,
            client: registryClient,
            settings: { url: `https://${host}` },
            identity: workloadIdentity(asker.identity.clientId),
            ready: [pulls, pushes, ...asker.ready],
        };
        this.registerOutputs();
    }
}
