import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { table } from "./firewall-rules";
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

const rules = "/etc/steward/firewall.nft";
const unit = "steward-firewall.service";

/** Before any network is up, so that no service is ever open to everybody; nothing else of nftables is touched. */
const service = `[Unit]
Description=Firewall of Steward
Documentation=file://${rules}
Wants=network-pre.target
Before=network-pre.target shutdown.target
Conflicts=shutdown.target
DefaultDependencies=no
After=local-fs.target
ConditionPathExists=${rules}

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f ${rules}
ExecReload=/usr/sbin/nft -f ${rules}
ExecStop=/usr/sbin/nft delete table ${table}

[Install]
WantedBy=sysinit.target
`;

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
        const started = remoteFile(
            `${name}-service`,
            host,
            {
                path: `/etc/systemd/system/${unit}`,
                content: service,
                reload: "systemctl daemon-reload",
            },
            { parent: this, dependsOn: allOf([tool]) },
        );
        this.inForce = guarded(
            `${name}-firewall`,
            host,
            {
                noun: "firewall",
                path: rules,
                content: args.rules,
                check: 'nft --check --file "$new"',
                activate: 'nft --file "$candidate"',
                rollBack: `if [ -e ${rules} ]; then nft --file ${rules}; else ${dropTable}; fi`,
                keep: `systemctl --quiet enable ${unit}; systemctl restart ${unit}`,
                undone: `systemctl --quiet disable --now ${unit} 2>/dev/null || true; ${dropTable}`,
            },
            { parent: this, dependsOn: allOf([started]) },
        );
        this.registerOutputs();
    }
}
