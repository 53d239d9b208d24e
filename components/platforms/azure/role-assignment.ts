import { RoleAssignment } from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";

/**
 * Roles that Azure has in every tenant, by the ids that it gave them.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
const builtInRoles = {
    AcrDelete: "c2f4ef07-c644-48eb-af81-4b1b4947fb11",
    AcrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
    AcrPush: "8311e382-0749-4cb8-b61a-304f252e45ec",
    "Azure Kubernetes Service Cluster User Role": "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
    "Azure Kubernetes Service RBAC Admin": "3498e952-d568-435e-9b2c-8d77e338d7f7",
    "Azure Kubernetes Service RBAC Cluster Admin": "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
    "Azure Kubernetes Service RBAC Reader": "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
    "Backup Operator": "00c29273-979b-4161-815c-10b084fb9324",
    Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
    "DNS Zone Contributor": "befefa01-2a29-4197-83a8-272ff33ce314",
    "Disk Backup Reader": "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24",
    "Disk Restore Operator": "b50d9833-a0cb-478e-945f-707fcc997c13",
    "Disk Snapshot Contributor": "7efff54f-a5b4-42b5-a1c5-5411624893ce",
    "Key Vault Contributor": "f25e0fa2-a7c8-4377-a976-54943a77a395",
    "Key Vault Crypto Service Encryption User": "e147488a-f6f5-4113-8e2d-b22465e65bf6",
    "Key Vault Crypto User": "12338af0-0e69-4776-bea7-57ae8d297424",
    "Key Vault Secrets User": "4633458b-17de-408a-b874-0445c86b69e6",
    "Managed Identity Operator": "f1a07417-d97a-45cb-824c-7a7467783830",
    "Network Contributor": "4d97b98b-1d4f-4787-a291-c67834d212e7",
    "Private DNS Zone Contributor": "b12aa53e-6015-4669-85d0-8515ebb3ae7f",
    Reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    "Storage Account Backup Contributor": "e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1",
    "Storage Blob Data Contributor": "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    "Storage Blob Data Reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    "Storage File Data Privileged Reader": "b8eda974-7b85-4f76-af95-65846b26df6d",
    "Tag Contributor": "4a9ae827-6dc8-4573-8ac7-8239d42aa03f",
} as const;

export type BuiltInRole = keyof typeof builtInRoles;

export interface Granted {
    readonly subscriptionId: string;
    readonly role: BuiltInRole;
    /** The id of what it may be done to. */
    readonly scope: pulumi.Input<string>;
    /** The object id of who may. */
    readonly principalId: pulumi.Input<string>;
    /** Left out for a principal of the stack file, of which we know no more than its id. */
    readonly principalType?: "ServicePrincipal";
}

/**
 * Lets a principal do what a role may. Of an identity that was just made its kind is said: without it Azure looks for
 * it where it may not have arrived yet, and refuses. Of anybody else nothing is said, and Azure looks: the SDK would say
 * `User` in place of nothing, which Azure refuses of a group or a service principal, but not in place of an Output.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---assigning-a-role-to-a-new-principal-sometimes-fails
 */
export function grant(
    name: string,
    { subscriptionId, role, scope, principalId, principalType }: Granted,
    opts: pulumi.CustomResourceOptions,
): RoleAssignment {
    const roles = `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions`;
    return new RoleAssignment(
        name,
        {
            scope,
            principalId,
            principalType: principalType ?? pulumi.output(undefined),
            roleDefinitionId: `${roles}/${builtInRoles[role]}`,
        },
        opts,
    );
}
