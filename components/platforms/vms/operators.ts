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

export const operatorsMaySudo: KeptFile = {
    path: `/etc/sudoers.d/50-${group}`,
    content: `%${group} ALL=(ALL:ALL) NOPASSWD: ALL\n`,
    mode: "440",
    check: 'visudo --check --quiet --file "$new"',
};
