import { readFile } from "node:fs/promises";
import type { TokenCredential } from "@azure/identity";

const set = (value: string | undefined): value is string => value !== undefined && value !== "";
const isOn = (value: string | undefined): boolean => value === "true" || value === "1";

/**
 * The credential that Pulumi's provider would take with the same environment: a secret, a certificate, a token of CI
 * or a managed identity where `ARM_` variables name one, else whoever signed in to the Azure CLI.
 *
 * @param tenantId The tenant that the token is of.
 * @see https://www.pulumi.com/registry/packages/azure-native/installation-configuration/
 */
export async function credentialOf(
    tenantId: string,
    env: NodeJS.ProcessEnv,
): Promise<TokenCredential> {
    const identity = await import("@azure/identity");
    const clientId = env["ARM_CLIENT_ID"];
    if (isOn(env["ARM_USE_MSI"])) {
        return set(clientId)
            ? new identity.ManagedIdentityCredential({ clientId })
            : new identity.ManagedIdentityCredential();
    }
    if (set(clientId)) {
        const tenant = env["ARM_TENANT_ID"] ?? tenantId;
        const secret = env["ARM_CLIENT_SECRET"];
        if (set(secret)) return new identity.ClientSecretCredential(tenant, clientId, secret);
        const certificatePath = env["ARM_CLIENT_CERTIFICATE_PATH"];
        if (set(certificatePath)) {
            const password = env["ARM_CLIENT_CERTIFICATE_PASSWORD"];
            const certificatePassword = set(password) ? { certificatePassword: password } : {};
            return new identity.ClientCertificateCredential(tenant, clientId, {
                certificatePath,
                ...certificatePassword,
            });
        }
        if (isOn(env["ARM_USE_OIDC"])) {
            const assertion = () => ciToken(env);
            return new identity.ClientAssertionCredential(tenant, clientId, assertion);
        }
    }
    return new identity.AzureCliCredential({ tenantId });
}

/** The token that CI gave this job. */
async function ciToken(env: NodeJS.ProcessEnv): Promise<string> {
    const [token, file] = [env["ARM_OIDC_TOKEN"], env["ARM_OIDC_TOKEN_FILE_PATH"]];
    if (set(token)) return token;
    if (set(file)) return (await readFile(file, "utf8")).trim();
    const url = env["ARM_OIDC_REQUEST_URL"] ?? env["ACTIONS_ID_TOKEN_REQUEST_URL"] ?? "";
    const bearer = env["ARM_OIDC_REQUEST_TOKEN"] ?? env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] ?? "";
    const address = new URL(url);
    address.searchParams.set("audience", "api://AzureADTokenExchange");
    const answer = await fetch(address, { headers: { authorization: `Bearer ${bearer}` } });
    const { value } = (await answer.json()) as { value?: string };
    if (value === undefined) throw new Error("CI gives no token");
    return value;
}
