/**
 * What stands before the names of an environment's secrets where commcare-cloud keeps them in Secrets Manager.
 *
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/environment/secrets/backends/aws_secrets/main.py
 */
export const secretsPrefix = (environment: string): string => `commcare-${environment}`;

/** Beside those that commcare-cloud looks for: the key by which the control machine comes in for the first time. */
export const firstKeySecret = "first_ssh_key";
