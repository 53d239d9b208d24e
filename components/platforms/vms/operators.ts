import type { KeptFile } from "./remote-file";

/** The group of those who may do everything on a host. */
export const group = "steward-operators";

/** Where sshd looks for their keys; nothing else may lie there. */
export const keysFolder = "/etc/ssh/steward-keys";

export interface Operator {
    readonly name: string;
    readonly sshKey: string;
}

export const operatorKey = ({ name, sshKey }: Operator): KeptFile => ({
    path: `${keysFolder}/${name}`,
    content: `${sshKey}\n`,
});

/**
 * Who becomes root without a password, which none of them has. sudo takes the last rule that fits, and commcare-cloud's
 * own file (`cchq`) asks everybody in the group `sudo` for one: it would keep Steward out. So this comes after it.
 *
 * @param user Whoever Steward comes in as.
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/ansible/roles/bootstrap-users/templates/sudoers.j2
 */
export const maySudo = (user: string): KeptFile => ({
    path: `/etc/sudoers.d/zz-${group}`,
    content: [`%${group}`, ...(user === "root" ? [] : [user])]
        .map((who) => `${who} ALL=(ALL:ALL) NOPASSWD: ALL\n`)
        .join(""),
    mode: "440",
    check: 'visudo --check --quiet --file "$new"',
});

/**
 * A line of keys for the control machine, which no other machine can use.
 *
 * @param addresses Of the control machine.
 * @see https://man.openbsd.org/sshd#AUTHORIZED_KEYS_FILE_FORMAT
 */
export const controlKeyLine = (addresses: readonly string[], publicKey: string): string =>
    `from="${addresses.join(",")}" ${publicKey}`;
