import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { table } from "./firewall-rules";
import { firewallService, firewallUnit, rulesPath, standingFirewall } from "./firewall-service";
import { guarded } from "./guarded";
import { remoteFile } from "./remote-file";
import type { Done, RemoteHost } from "./remote-host";
import { allOf } from "./remote-host";
import { remotePackages } from "./remote-packages";

export interface NetworkArgs extends LayerArgs {
    readonly host: RemoteHost;
    /** For nftables. */
    readonly rules: string;
    readonly after: readonly Done[];
}

const dropTable = `nft delete table ${table} 2>/dev/null || true`;

/** Who reaches which port of a host: the catalogue's connections, and no others. */
export class Network extends Layer {
    /** When the rules hold. */
    readonly inForce: Done;

    constructor(name: string, args: NetworkArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Network", name, args, opts);
        const { host, after } = args;
        const tool = remotePackages(`${name}-nftables`, host, ["nftables"], {
            parent: this,
            dependsOn: allOf(after),
        });
        const started = remoteFile(`${name}-service`, host, firewallService, {
            parent: this,
            dependsOn: allOf([tool]),
        });
        const stands = remoteFile(`${name}-nftables-service`, host, standingFirewall, {
            parent: this,
            dependsOn: allOf([tool]),
        });
        this.inForce = guarded(
            `${name}-firewall`,
            host,
            {
                noun: "firewall",
                path: rulesPath,
                content: args.rules,
                check: 'nft --check --file "$new"',
                activate: 'nft --file "$candidate"',
                rollBack: `if [ -e ${rulesPath} ]; then nft --file ${rulesPath}; else ${dropTable}; fi`,
                // A restart would take the table away first, and open every port for that moment.
                keep: `systemctl --quiet enable ${firewallUnit}; systemctl reload-or-restart ${firewallUnit}`,
                undone: `systemctl --quiet disable --now ${firewallUnit} 2>/dev/null || true; ${dropTable}`,
            },
            { parent: this, dependsOn: allOf([started, stands]) },
        );
        this.registerOutputs();
    }
}
