/**
 * The commit of commcare-cloud that was read and tried; it has neither releases nor tags.
 *
 * @see https://github.com/dimagi/commcare-cloud/tree/9988e63a5fe0aa2b27c9134020020fa81794edda
 */
export const triedCommit = "9988e63a5fe0aa2b27c9134020020fa81794edda";

/**
 * On hosts that somebody else racked: the account that the control machine has commcare-cloud in, and that it comes in
 * to the others as until commcare-cloud has made its own. No host has it from somewhere else, whoever installed it.
 */
export const controlAccount = "commcare-cloud";

/** The account that commcare-cloud makes on each machine, and comes in as from then on. */
export const ansibleAccount = "ansible";

/**
 * Accounts that are nobody's own: Steward's, and those that commcare-cloud makes.
 *
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/ansible/roles/bootstrap-users/tasks/main.yml
 */
export const reservedAccounts: readonly string[] = [controlAccount, ansibleAccount, "cchq", "root"];

/** Where things are in the home of the account that the control machine is born with. */
export const controlPlaces = {
    checkout: "commcare-cloud",
    /** What `COMMCARE_CLOUD_ENVIRONMENTS` names. */
    environments: "environments",
    /** The private key by which Ansible comes in the first time. */
    firstKey: ".ssh/commcare-cloud.pem",
} as const;
