import {
    FederatedIdentityCredential,
    UserAssignedIdentity,
} from "@pulumi/azure-native/managedidentity";
import type * as pulumi from "@pulumi/pulumi";
import type { Place } from "./place";

export interface IdentityArgs {
    readonly place: Place;
    readonly resourceGroupName: pulumi.Input<string>;
    /** In its name, after the cluster's. */
    readonly noun: string;
    readonly tags: Readonly<Record<string, string>>;
}

/** Somebody in Entra that is no person and has no password. */
export function identity(
    name: string,
    { place, resourceGroupName, noun, tags }: IdentityArgs,
    parent: pulumi.Resource,
): UserAssignedIdentity {
    return new UserAssignedIdentity(
        `${name}-identity`,
        {
            resourceGroupName,
            location: place.location,
            resourceName: `${place.clusterName}-${noun}`,
            tags,
        },
        { parent },
    );
}

export interface PodIdentityArgs extends IdentityArgs {
    /** The address at which the cluster vouches for its service accounts. */
    readonly issuer: pulumi.Input<string>;
    readonly namespace: string;
    readonly serviceAccount: string;
}

/**
 * An identity that pods of one service account take on.
 *
 * @returns it, and what must stand before such a pod starts.
 * @see https://learn.microsoft.com/azure/aks/workload-identity-overview
 */
export function podIdentity(
    name: string,
    { issuer, namespace, serviceAccount, ...args }: PodIdentityArgs,
    parent: pulumi.Resource,
): { identity: UserAssignedIdentity; ready: pulumi.Resource[] } {
    const made = identity(name, args, parent);
    const credential = new FederatedIdentityCredential(
        `${name}-credential`,
        {
            resourceGroupName: args.resourceGroupName,
            resourceName: made.name,
            federatedIdentityCredentialResourceName: "kubernetes",
            issuer,
            subject: `system:serviceaccount:${namespace}:${serviceAccount}`,
            audiences: ["api://AzureADTokenExchange"],
        },
        { parent },
    );
    return { identity: made, ready: [credential] };
}
