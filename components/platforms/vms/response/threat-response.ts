import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { remoteFile } from "../remote-file";
import type { Done, RemoteHost } from "../remote-host";
import { allOf } from "../remote-host";
import { evidenceCommand, evidencePath } from "./evidence";
import { isolationCommand, isolationPaths, isolationUnit, standingIsolation } from "./isolation";

export interface ThreatResponseArgs extends LayerArgs {
    readonly host: RemoteHost;
    /** For nftables: see `isolationRules`. */
    readonly rules: string;
    readonly after: readonly Done[];
}

/** What whoever answers for an attack has at hand on each host: to cut it off, and to keep what it knows. */
export class ThreatResponse extends Layer {
    constructor(name: string, args: ThreatResponseArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:ThreatResponse", name, args, opts);
        const { host, rules, after } = args;
        for (const [noun, path, content, mode, more] of [
            ["rules", isolationPaths.rules, rules, "644", { check: checkRules }],
            ["unit", isolationPaths.unit, isolationUnit, "644", { reload: reloadUnit }],
            [
                "nftables-service",
                standingIsolation.path,
                standingIsolation.content,
                "644",
                { reload: standingIsolation.reload },
            ],
            ["isolate", isolationPaths.command, isolationCommand, "755", {}],
            ["evidence", evidencePath, evidenceCommand, "755", {}],
        ] as const) {
            remoteFile(
                `${name}-${noun}`,
                host,
                { path, content, mode, ...more },
                { parent: this, dependsOn: allOf(after) },
            );
        }
        this.registerOutputs();
    }
}

/** nftables comes with the firewall, which may come later. */
const checkRules = 'if command -v nft >/dev/null; then nft --check --file "$new"; fi';

/** When this is undone, a host that is cut off opens: nothing else on it could open it then. */
const reloadUnit = `systemctl daemon-reload
if [ -e "$path" ]; then systemctl --quiet enable steward-isolation.service
else
    rm -f /etc/systemd/system/sysinit.target.wants/steward-isolation.service ${isolationPaths.cut} ${isolationPaths.kept}
    nft delete table ${isolationPaths.table} 2>/dev/null || true
fi`;
