import { flagAt, textAt, textsAt } from "../provider/look";
import type { Cloud, CloudObject } from "../provider/stand-in";
import { text } from "../provider/stand-in";
import { lastOf, normal } from "./arm-id";
import { refuse } from "./azure-type";
import { builtInRoles } from "./built-in";
import { findById } from "./references";

const assignmentType = "azure-native:authorization:RoleAssignment";
const vaultType = "azure-native:keyvault:Vault";

/**
 * Whether somebody has one of these roles on something, or on what it lies in. A role of somebody's own counts for
 * any: what it allows nobody reads here.
 */
export function mayDo(
    cloud: Cloud,
    principalId: string | undefined,
    roles: readonly string[],
    id: string,
): boolean {
    return cloud.all(assignmentType).some(({ inputs }) => {
        const scope = normal((text(inputs, "scope") ?? "").replace(/^\/?/, "/"));
        const given = builtInRoles[lastOf(normal(text(inputs, "roleDefinitionId") ?? ""))];
        return (
            text(inputs, "principalId") === principalId &&
            (given === undefined || roles.includes(given)) &&
            `${normal(id)}/`.startsWith(`${scope}/`)
        );
    });
}

/** Who an identity is to others. */
export function principalOf(cloud: Cloud, identityId: string | undefined): string | undefined {
    const identity = identityId === undefined ? undefined : findById(cloud, identityId);
    return text(identity?.outputs ?? {}, "principalId");
}

/** Who a resource with one identity is to others: the one that it was given, or its own. */
export function principalIn(cloud: Cloud, { inputs, outputs }: CloudObject): string | undefined {
    const [given] = textsAt(inputs, "identity.userAssignedIdentities");
    return given === undefined
        ? textAt(outputs, "identity.principalId")
        : principalOf(cloud, given);
}

const sealers = [
    "Key Vault Crypto Service Encryption User",
    "Key Vault Crypto User",
    "Key Vault Crypto Officer",
    "Key Vault Administrator",
];

/**
 * Refuses a service that is to seal what it keeps with a key that it may not use.
 *
 * @param key Address of the key, or of its vault: https://<vault>.vault.azure.net/keys/<key>. One of a vault that is
 * not this account's, or that has access policies, is taken to let it.
 */
export function checkSealing(
    cloud: Cloud,
    path: string,
    key: string | undefined,
    principalId: string | undefined,
): void {
    const [, name, kept] =
        /^https:\/\/([^.]+)\.vault\.[^/]+\/(?:keys\/([^/]+))?/.exec(key ?? "") ?? [];
    const vault = cloud.all(vaultType).find(({ id }) => lastOf(normal(id)) === name?.toLowerCase());
    if (vault === undefined || flagAt(vault.outputs, "properties.enableRbacAuthorization") !== true)
        return;
    const id = kept === undefined ? vault.id : `${vault.id}/keys/${kept}`;
    if (mayDo(cloud, principalId, sealers, id)) return;
    refuse(
        "KeyVaultAccessForbidden",
        `${path}: the identity may not use ${id}; give it Key Vault Crypto Service Encryption User there, and let this depend on that`,
    );
}
