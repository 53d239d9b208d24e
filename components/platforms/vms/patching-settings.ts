import type { KeptFile } from "./remote-file";

export interface PatchingTimes {
    /** Whether the host starts again when a patch asks for it. */
    readonly reboot: boolean;
    /** When it may, from 0 to 23. */
    readonly hourUtc: number;
    /** The minute of that hour, from 0 to 59. */
    readonly minute: number;
}

const timers = "apt-daily.timer apt-daily-upgrade.timer";

/**
 * The hour of a restart is UTC's on every host, whatever its people call local time: unattended-upgrades hands it to
 * `shutdown`, which reads it by the zone of its environment.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/shutdown.html
 */
export const upgradesInUtc: KeptFile = {
    path: "/etc/systemd/system/apt-daily-upgrade.service.d/steward.conf",
    content: `# Kept by Steward: changes by hand are undone.
[Service]
Environment=TZ=UTC
`,
    reload: "systemctl daemon-reload",
};

/**
 * Where fixes come from: where stock Ubuntu has them from, and on Debian from security alone. Ubuntu's release itself
 * never changes, and a fix may need a package of it that the host has not: it would wait for good. Debian's release
 * does change, with each point release, and those are for whoever answers for the services. A host that is not
 * attached to Ubuntu Pro finds nothing at the two of ESM.
 *
 * @see https://github.com/mvo5/unattended-upgrades/blob/master/data/50unattended-upgrades.Ubuntu
 * @see https://bugs.launchpad.net/ubuntu/+source/unattended-upgrades/+bug/1624641
 */
const origins = [
    "origin=Debian,codename=${distro_codename}-security,label=Debian-Security",
    "origin=Ubuntu,archive=${distro_codename}-security,label=Ubuntu",
    "origin=Ubuntu,archive=${distro_codename},label=Ubuntu",
    "origin=UbuntuESMApps,archive=${distro_codename}-apps-security",
    "origin=UbuntuESM,archive=${distro_codename}-infra-security",
] as const;

/** Read after the distribution's own files, of which it takes back the lists. */
export function patchingSettings(
    { reboot, hourUtc, minute }: PatchingTimes,
    contact: string,
): KeptFile {
    const time = [hourUtc, minute].map((each) => String(each).padStart(2, "0")).join(":");
    const content = `// Kept by Steward: changes by hand are undone. Answers for it: ${contact}
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Download-Upgradeable-Packages "1";
APT::Periodic::Unattended-Upgrade "1";
APT::Periodic::AutocleanInterval "7";
#clear Unattended-Upgrade::Allowed-Origins;
#clear Unattended-Upgrade::Origins-Pattern;
Unattended-Upgrade::Origins-Pattern {
${origins.map((each) => `    "${each}";`).join("\n")}
};
Unattended-Upgrade::Remove-Unused-Kernel-Packages "true";
Unattended-Upgrade::Remove-Unused-Dependencies "false";
Unattended-Upgrade::SyslogEnable "true";
Unattended-Upgrade::Automatic-Reboot "${String(reboot)}";
Unattended-Upgrade::Automatic-Reboot-WithUsers "true";
Unattended-Upgrade::Automatic-Reboot-Time "${time}";
`;
    return {
        path: "/etc/apt/apt.conf.d/99steward",
        content,
        // Without these the settings are read by nobody, and some images come with them switched off.
        reload: `systemctl --quiet unmask ${timers}; systemctl --quiet enable ${timers}; systemctl start ${timers}`,
        check: 'apt-config --config-file "$new" dump >/dev/null',
    };
}
