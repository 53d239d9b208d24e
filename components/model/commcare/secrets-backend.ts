import type { PlatformName } from "../roles";
import type { CommcareSpec } from "../spec/commcare";
import type { SecretsBackend } from "../spec/commcare-environment";

/**
 * Where commcare-cloud reads secrets: on AWS from Secrets Manager, which `up` fills, unless the stack file asks for a
 * file that is encrypted by a password; elsewhere from that file.
 *
 * @see https://github.com/dimagi/commcare-cloud/tree/master/src/commcare_cloud/environment/secrets/backends
 */
export function secretsBackendOf(
    platform: PlatformName,
    { secretsBackend }: Pick<CommcareSpec, "secretsBackend">,
): SecretsBackend {
    return secretsBackend ?? (platform === "aws" ? "aws-secrets" : "ansible-vault");
}
