import type { HostFile } from "./host-files";

/** A unit of systemd that runs on a host, or waits for its time. */
export interface HostUnit {
    readonly unit: string;
    readonly layer: string;
    /** systemd starts it on no container: what it does, the machine around the container does. */
    readonly notInContainers?: true;
}

/** Of packages that Steward installs everywhere. */
const ofPackages: readonly HostUnit[] = [
    { unit: "chrony.service", layer: "operating-system", notInContainers: true },
    { unit: "apt-daily.timer", layer: "patching" },
    { unit: "apt-daily-upgrade.timer", layer: "patching" },
    { unit: "unattended-upgrades.service", layer: "patching" },
];

const folder = "/etc/systemd/system/";

/**
 * Every unit that has to run on a host: of its packages, and of Steward's own whatever starts with the host.
 *
 * @param detection The layer of what watches for intruders.
 */
export function hostUnits(files: readonly HostFile[], detection: string): HostUnit[] {
    const own = files.filter(
        ({ path, content }) => path.startsWith(folder) && /^\[Install\]$/m.test(content),
    );
    return [
        ...ofPackages,
        { unit: "fail2ban.service", layer: detection },
        { unit: "auditd.service", layer: detection, notInContainers: true },
        ...own.map(({ path, layer }) => ({ unit: path.slice(folder.length), layer })),
    ];
}
