import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { ansibleAccount, controlAccount } from "../../model/commcare/control-machine";
import type { Operator } from "./operators";
import { controlKeyLine, group, keysFolder, maySudo } from "./operators";
import { remoteFile, receive, sent } from "./remote-file";
import type { Done, OnLayer, RemoteHost } from "./remote-host";
import { allOf, onHost } from "./remote-host";

/** What the control machine comes in with. */
export interface ControlEntry {
    readonly publicKey: pulumi.Output<string>;
    /** Of the control machine. */
    readonly addresses: readonly string[];
    /** Whether this is the control machine. */
    readonly here: boolean;
}

export interface IdentitiesArgs extends LayerArgs {
    readonly host: RemoteHost;
    readonly operators: readonly Operator[];
    /** Absent where no machine controls the others. */
    readonly control?: ControlEntry;
    readonly after: readonly Done[];
}

/** Who may sign in to a host: an account for each person, with their own key and no password, and one for Ansible. */
export class Identities extends Layer {
    /** When they are there. */
    readonly accounts: readonly Done[];

    constructor(name: string, args: IdentitiesArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Identities", name, args, opts);
        const { host, operators, control, after } = args;
        const sudo = remoteFile(`${name}-sudo`, host, maySudo(host.user), {
            parent: this,
            dependsOn: allOf(after),
        });
        const waiting = { parent: this, dependsOn: allOf([sudo]) };
        const people = operators.map(({ name: person, sshKey }) =>
            account(`${name}-${person}`, host, person, sshKey, waiting),
        );
        this.accounts = [
            ...people,
            ...(control === undefined ? [] : [controlled(name, args, control, waiting)]),
        ];
        this.registerOutputs();
    }
}

/** The account that commcare-cloud is run by, or comes in as. */
function controlled(
    name: string,
    { host, operators }: IdentitiesArgs,
    { publicKey, addresses, here }: ControlEntry,
    opts: OnLayer,
): Done {
    const line = publicKey.apply((key) => controlKeyLine(addresses, key));
    // On the control machine the operators work as this account.
    const people = here ? operators.map(({ sshKey }) => sshKey) : [];
    const keys = line.apply((last) => [...people, last].join("\n"));
    // For the account that commcare-cloud makes: without it an operator's agent would have to be lent to that host.
    const forAnsible = {
        path: `${keysFolder}/${ansibleAccount}`,
        content: pulumi.interpolate`${line}\n`,
    };
    remoteFile(`${name}-ansible`, host, forAnsible, opts);
    return account(`${name}-control`, host, controlAccount, keys, opts);
}

/**
 * An account; when it is given up it is locked, and what lies in its home stays. Never that which Steward comes in as:
 * nobody could undo it.
 */
function account(
    name: string,
    host: RemoteHost,
    person: string,
    sshKey: pulumi.Input<string>,
    opts: OnLayer,
): Done {
    const keys = `${keysFolder}/${person}`;
    const bring = `
${receive(keys)}
said=unchanged
exec 9>/run/lock/steward-accounts
flock 9 # accounts of a host are due at once, and each would make their group
getent group ${group} >/dev/null || groupadd --system ${group}
if ! id ${person} >/dev/null 2>&1; then
    # Debian has groups of its own, such as operator: whoever is called like one gets no group of theirs.
    if getent group ${person} >/dev/null; then own='--gid users'; else own=--user-group; fi
    useradd --create-home --shell /bin/bash $own ${person}
    said=changed
fi
usermod --expiredate '' --append --groups ${group} ${person}
if ! cmp -s "$new" "$path"; then
    chmod 644 "$new"; sync "$new"; mv -f "$new" "$path"
    said=changed
fi
echo "$said"`;
    const undo = `
rm -f ${keys}
if id ${person} >/dev/null 2>&1; then
    gpasswd --delete ${person} ${group} >/dev/null 2>&1 || true
    ${[host.user, "root"].includes(person) ? ":" : `usermod --expiredate 1 ${person}`}
fi`;
    return onHost(name, host, { bring, undo, stdin: sent(pulumi.interpolate`${sshKey}\n`) }, opts);
}
