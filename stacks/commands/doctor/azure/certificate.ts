import type { AzureCommcareSpec } from "../../../../components/model/spec";
import type { AzureCheck } from "./azure";

const id = "certificate";

interface Vault {
    readonly properties?: {
        readonly enableRbacAuthorization?: boolean;
        readonly publicNetworkAccess?: string;
        readonly networkAcls?: { readonly bypass?: string; readonly defaultAction?: string };
    };
}

/**
 * Whether the vault of the site's certificate stands, takes roles and lets Azure's services in: the gateway is one, and
 * is let in by a role. What is in it the deployer does not read.
 *
 * @see https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/get
 * @see https://learn.microsoft.com/azure/application-gateway/key-vault-certs#verify-firewall-permissions-to-key-vault
 */
export const certificateCheck: AzureCheck<AzureCommcareSpec> = {
    id,
    title: "Certificate",
    needs: "account",
    async run({ spec, caller: { arm } }) {
        const { certificate } = spec.platform.azure.machines;
        if (certificate === undefined) {
            return [{ id, status: "ok", message: "the stack file names no vault" }];
        }
        const { vaultId } = certificate;
        const name = vaultId.split("/").at(-1) ?? "";
        const found = await arm.find<Vault>(vaultId, "2023-07-01");
        if (found === undefined) {
            const message = `no key vault ${name} stands at ${vaultId}`;
            const fix = "correct steward:azure.machines.certificate.vaultId";
            return [{ id, status: "lacking", message, fix }];
        }
        if (found.properties?.enableRbacAuthorization !== true) {
            const message = `key vault ${name} takes access policies and no roles`;
            const fix = `have its owner change that: az keyvault update --ids ${vaultId} --enable-rbac-authorization true`;
            return [{ id, status: "lacking", message, fix }];
        }
        if (keepsServicesOut(found)) {
            const message = `key vault ${name} is closed to networks and to Azure's services, of which the gateway is one`;
            const fix = `have its owner let those in: az keyvault update --ids ${vaultId} --bypass AzureServices`;
            return [{ id, status: "lacking", message, fix }];
        }
        return [{ id, status: "ok", message: `key vault ${name} stands, and takes roles` }];
    },
};

/** Where nothing is said, everybody comes in. */
function keepsServicesOut({
    properties: { publicNetworkAccess, networkAcls } = {},
}: Vault): boolean {
    const closed =
        publicNetworkAccess?.toLowerCase() === "disabled" || networkAcls?.defaultAction === "Deny";
    return closed && networkAcls?.bypass !== "AzureServices";
}
