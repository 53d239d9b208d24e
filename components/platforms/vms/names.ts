import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { internalName } from "../../model/commcare/internal-names";
import type { VmSpec } from "../../model/spec/vms";
import { receive, sent } from "./remote-file";
import type { Done, RemoteHost } from "./remote-host";
import { allOf, onHost } from "./remote-host";

export interface NamesArgs extends LayerArgs {
    readonly host: RemoteHost;
    readonly clusterName: string;
    readonly hosts: Readonly<Record<string, VmSpec>>;
    readonly after: readonly Done[];
}

const [begin, end] = ["# Kept by Steward: begin", "# Kept by Steward: end"];

/** Everything in /etc/hosts but our own block. */
const others = `sed '/^${begin}$/,/^${end}$/d' /etc/hosts`;

/** The names of the hosts on each host: where no zone of a cloud is, a block in /etc/hosts says them. */
export class Names extends Layer {
    constructor(name: string, args: NamesArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Names", name, args, opts);
        const { host, clusterName, hosts, after } = args;
        const lines = Object.entries(hosts).flatMap(([each, { address, address6 }]) =>
            [address, address6]
                .filter((one) => one !== undefined)
                .map((one) => `${one} ${internalName(clusterName, each)} ${each}`),
        );
        const bring = `
${receive("/etc/hosts")}
whole=$(mktemp /etc/.steward.hosts.XXXXXX); trap 'rm -f "$new" "$whole"' EXIT
{ ${others}; cat "$new"; } >"$whole"
if cmp -s "$whole" /etc/hosts; then echo unchanged; exit; fi
chmod 644 "$whole"; sync "$whole"; mv -f "$whole" /etc/hosts
echo changed`;
        const undo = `
whole=$(mktemp /etc/.steward.hosts.XXXXXX)
${others} >"$whole"
chmod 644 "$whole"; mv -f "$whole" /etc/hosts`;
        const stdin = sent([begin, ...lines, end, ""].join("\n"));
        const opt = { parent: this, dependsOn: allOf(after) };
        onHost(`${name}-hosts`, host, { bring, undo, stdin }, opt);
        this.registerOutputs();
    }
}
