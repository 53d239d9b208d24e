/** What Prometheus calls those whom it asks. */
export const jobs = {
    /** Each host's own exporter. */
    hosts: "hosts",
    /** A ping of each host. */
    reach: "reach",
    /** The site, as each proxy shows it. */
    site: "site",
} as const;

/** Where the parts of the monitoring listen: all but the hosts' exporters on loopback alone. */
export const ports = { prometheus: 9090, alertmanager: 9093, probes: 9115 } as const;

/** Configuration on the monitoring host. */
export const folder = "/etc/steward/monitoring";

/** What scripts leave for the exporter: text, a file each, written whole. */
export const textfiles = "/var/lib/prometheus/node-exporter";

/**
 * What a unit of a package does otherwise than the package has it; taken into use where the package is there, and
 * found by its first start where it is not.
 */
export function dropIn(unit: string, lines: readonly string[]) {
    return {
        path: `/etc/systemd/system/${unit}.service.d/steward.conf`,
        content: ["# Kept by Steward: changes by hand are undone.", ...lines, ""].join("\n"),
        reload: `systemctl daemon-reload\n${restart(unit)}`,
    };
}

/** Starts a package's unit anew, where the package is there. */
export const restart = (unit: string): string =>
    `if [ -e /lib/systemd/system/${unit}.service ]; then systemctl restart ${unit}; fi`;
