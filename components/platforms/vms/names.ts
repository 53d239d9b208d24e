import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { VmSpec } from "../../model/spec/vms";
import { begin, end, hostsBlock } from "./hosts-block";
import { noted, noting } from "./noted-files";
import { receive, sent } from "./remote-file";
import type { Done, RemoteHost } from "./remote-host";
import { allOf, onHost } from "./remote-host";

export interface NamesArgs extends LayerArgs {
    readonly host: RemoteHost;
    readonly clusterName: string;
    readonly hosts: Readonly<Record<string, VmSpec>>;
    readonly after: readonly Done[];
}

/**
 * What cloud-init makes /etc/hosts of at each start, where an image or a user asks for it by `manage_etc_hosts: true`;
 * Debian and Ubuntu have it under the same name.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#update-etc-hosts
 */
const template = "/etc/cloud/templates/hosts.debian.tmpl";

/** Files that are to have our block, what else `$path` has, and how it is replaced by `$whole`. */
const parts = `
places() { echo /etc/hosts; if [ -e ${template} ]; then echo ${template}; fi; }
others() { sed -e '/^${begin}$/,/^${end}$/d' -e '$a\\' "$path"; }
beside() { mktemp "$(dirname "$path")/.steward.hosts.XXXXXX"; }
replace() { chmod 644 "$whole"; sync "$whole"; mv -f "$whole" "$path"; }`;

/** The names of the hosts on each host: where no zone of a cloud is, a block in /etc/hosts says them. */
export class Names extends Layer {
    constructor(name: string, args: NamesArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Names", name, args, opts);
        const { host, clusterName, hosts, after } = args;
        const bring = `
${receive("/etc/hosts")}
${noting("644", this.owner.layer)}
${parts}
whole=; trap 'rm -f "$new" "$whole"' EXIT
said=unchanged
for path in $(places); do
    whole=$(beside)
    { others; cat "$new"; } >"$whole"
    if cmp -s "$whole" "$path"; then rm -f "$whole"; continue; fi
    replace; note; said=changed
done
echo "$said"`;
        const undo = `
${parts}
for path in $(places); do
    whole=$(beside)
    others >"$whole"
    replace
    rm -f "${noted}$path"
done`;
        const stdin = sent(hostsBlock(clusterName, hosts));
        const opt = { parent: this, dependsOn: allOf(after) };
        onHost(`${name}-hosts`, host, { bring, undo, stdin }, opt);
        this.registerOutputs();
    }
}
