import { afterNftables } from "./after-nftables";
import { table } from "./firewall-rules";
import type { KeptFile } from "./remote-file";

/** What nftables reads. */
export const rulesPath = "/etc/steward/firewall.nft";
export const firewallUnit = "steward-firewall.service";

const content = `[Unit]
Description=Firewall of Steward
Documentation=file://${rulesPath}
Wants=network-pre.target
Before=network-pre.target shutdown.target
Conflicts=shutdown.target
DefaultDependencies=no
After=local-fs.target nftables.service
ConditionPathExists=${rulesPath}

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f ${rulesPath}
ExecReload=/usr/sbin/nft -f ${rulesPath}
ExecStop=/usr/sbin/nft delete table ${table}

[Install]
WantedBy=sysinit.target
`;

/** Before any network is up, so that no service is ever open to everybody; nothing else of nftables is touched. */
export const firewallService: KeptFile = {
    path: `/etc/systemd/system/${firewallUnit}`,
    content,
    reload: "systemctl daemon-reload",
};

/** Puts the firewall back where it is in force; whoever stopped it does not get it back by that. */
export const standingFirewall: KeptFile = afterNftables(
    "steward",
    `/bin/sh -c 'systemctl --quiet is-active ${firewallUnit} && exec nft -f ${rulesPath}'`,
);
