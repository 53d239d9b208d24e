import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { VmSpec } from "../../model/spec/vms";
import { begin, end, hostsBlock } from "./hosts-block";
import { noting } from "./noted-files";
import { receive, sent } from "./remote-file";
import type { Done, RemoteHost } from "./remote-host";
import { allOf, onHost } from "./remote-host";

export interface NamesArgs extends LayerArgs {
    readonly host: RemoteHost;
    readonly clusterName: string;
    readonly hosts: Readonly<Record<string, VmSpec>>;
    readonly after: readonly Done[];
}

/** Everything in /etc/hosts but our own block. */
const others = `sed '/^${begin}$/,/^${end}$/d' /etc/hosts`;

/** The names of the hosts on each host: where no zone of a cloud is, a block in /etc/hosts says them. */
export class Names extends Layer {
    constructor(name: string, args: NamesArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Names", name, args, opts);
        const { host, clusterName, hosts, after } = args;
        const bring = `
${receive("/etc/hosts")}
${noting("644", this.owner.layer)}
whole=$(mktemp /etc/.steward.hosts.XXXXXX); trap 'rm -f "$new" "$whole"' EXIT
{ ${others}; cat "$new"; } >"$whole"
if cmp -s "$whole" /etc/hosts; then echo unchanged; exit; fi
mv -f "$whole" "$new"
chmod 644 "$new"; sync "$new"; mv -f "$new" /etc/hosts; note
echo changed`;
        const undo = `
whole=$(mktemp /etc/.steward.hosts.XXXXXX)
${others} >"$whole"
chmod 644 "$whole"; mv -f "$whole" /etc/hosts`;
        const stdin = sent(hostsBlock(clusterName, hosts));
        const opt = { parent: this, dependsOn: allOf(after) };
        onHost(`${name}-hosts`, host, { bring, undo, stdin }, opt);
        this.registerOutputs();
    }
}
