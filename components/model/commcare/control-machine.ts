/**
 * The commit of commcare-cloud that was read and tried; it has neither releases nor tags.
 *
 * @see https://github.com/dimagi/commcare-cloud/tree/9988e63a5fe0aa2b27c9134020020fa81794edda
 */
export const triedCommit = "9988e63a5fe0aa2b27c9134020020fa81794edda";

/** Where things are in the home of the account that the control machine is born with. */
export const controlPlaces = {
    checkout: "commcare-cloud",
    /** What `COMMCARE_CLOUD_ENVIRONMENTS` names. */
    environments: "environments",
    /** The private key by which Ansible comes in the first time. */
    firstKey: ".ssh/commcare-cloud.pem",
} as const;
