import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { group, operatorKey, operatorsMaySudo } from "./operators";
import { remoteFile, receive, sent } from "./remote-file";
import type { Done, OnLayer, RemoteHost } from "./remote-host";
import { allOf, onHost } from "./remote-host";

export interface IdentitiesArgs extends LayerArgs {
    readonly host: RemoteHost;
    readonly operators: readonly { readonly name: string; readonly sshKey: string }[];
    readonly after: readonly Done[];
}

/** Who may sign in to a host: an account for each person, with their own key and no password. */
export class Identities extends Layer {
    constructor(name: string, args: IdentitiesArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Identities", name, args, opts);
        const { host, operators, after } = args;
        const sudo = remoteFile(`${name}-sudo`, host, operatorsMaySudo, {
            parent: this,
            dependsOn: allOf(after),
        });
        for (const { name: person, sshKey } of operators) {
            account(`${name}-${person}`, host, person, sshKey, {
                parent: this,
                dependsOn: allOf([sudo]),
            });
        }
        this.registerOutputs();
    }
}

/** An account; when it is given up it is locked, and what lies in its home stays. */
function account(
    name: string,
    host: RemoteHost,
    person: string,
    sshKey: string,
    opts: OnLayer,
): void {
    const { path: keys, content } = operatorKey({ name: person, sshKey });
    const bring = `
${receive(keys)}
said=unchanged
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
    usermod --expiredate 1 ${person}
fi`;
    onHost(name, host, { bring, undo, stdin: sent(content) }, opts);
}
