import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { remoteFile } from "./remote-file";
import type { RemoteHost } from "./remote-host";
import { remotePackages } from "./remote-packages";

export interface PatchingArgs extends LayerArgs {
    readonly host: RemoteHost;
    /** Whether the host starts again when a patch asks for it. */
    readonly reboot: boolean;
    /** When it may, from 0 to 23. */
    readonly hourUtc: number;
    readonly after: readonly pulumi.Resource[];
}

/**
 * Security fixes, each day and by themselves; other updates are for whoever answers for the services.
 *
 * @see https://wiki.debian.org/UnattendedUpgrades
 */
export class Patching extends Layer {
    constructor(name: string, args: PatchingArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Patching", name, args, opts);
        const { host, after, owner } = args;
        const tool = remotePackages(`${name}-upgrades`, host, ["unattended-upgrades"], {
            parent: this,
            dependsOn: [...after],
        });
        remoteFile(
            `${name}-settings`,
            host,
            {
                path: "/etc/apt/apt.conf.d/99steward",
                content: settings(args, owner.contact),
                check: 'apt-config --config-file "$new" dump >/dev/null',
            },
            { parent: this, dependsOn: [tool] },
        );
        this.registerOutputs();
    }
}

/** Read after the distribution's own files, of which it takes back the lists. */
function settings({ reboot, hourUtc }: PatchingArgs, contact: string): string {
    const hour = String(hourUtc).padStart(2, "0");
    return `// Kept by Steward: changes by hand are undone. Answers for it: ${contact}
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Download-Upgradeable-Packages "1";
APT::Periodic::Unattended-Upgrade "1";
APT::Periodic::AutocleanInterval "7";
#clear Unattended-Upgrade::Allowed-Origins;
#clear Unattended-Upgrade::Origins-Pattern;
Unattended-Upgrade::Origins-Pattern {
    "origin=Debian,codename=\${distro_codename}-security,label=Debian-Security";
    "origin=Ubuntu,archive=\${distro_codename}-security,label=Ubuntu";
};
Unattended-Upgrade::Remove-Unused-Kernel-Packages "true";
Unattended-Upgrade::Remove-Unused-Dependencies "false";
Unattended-Upgrade::SyslogEnable "true";
Unattended-Upgrade::Automatic-Reboot "${String(reboot)}";
Unattended-Upgrade::Automatic-Reboot-WithUsers "true";
Unattended-Upgrade::Automatic-Reboot-Time "${hour}:00";
`;
}
