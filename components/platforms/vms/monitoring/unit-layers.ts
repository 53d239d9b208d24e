import type { CommcareLayer, JupyterhubLayer } from "../../../model/layers";

/** Units by the layer that they do the work of, as patterns of their names; every other one is the system's. */
type UnitLayers<L extends string> = Readonly<Partial<Record<L, string>>>;

/** On every host, whatever it is for. */
const everywhere = {
    network: "steward-firewall[.].+|nftables[.].+|systemd-networkd.*|networking[.].+",
    patching: "apt-.+|unattended-upgrades[.].+",
    backups: "steward-(backup|restore).*|restic.*",
} as const;

const detection = "auditd[.].+|fail2ban[.].+|steward-(files|audit-rules).*";

export const commcareUnits: UnitLayers<CommcareLayer> = {
    ...everywhere,
    "intrusion-detection": detection,
    "threat-response": "steward-isolation[.].+",
    "identity-secrets": "ssh[.].+|sshd.*",
    "service-monitoring": "prometheus.*|steward-measure.*|monit[.].+",
    "data-services":
        "steward-disks.*|postgresql.*|pgbouncer.*|redis.*|couchdb.*|elasticsearch.*|kafka.*|zookeeper.*|rabbitmq.*|nfs-.+",
    "app-services": "install-commcare[.].+|nginx.*|supervisor.*|gunicorn.*|formplayer.*|postfix.*",
};

/** Of hosts that are nodes of k3s. */
export const hubUnits: UnitLayers<JupyterhubLayer> = {
    ...everywhere,
    "security-abuse": detection,
    "monitoring-alerts": "steward-(measure|units).*",
    "control-plane": "k3s[.].+",
    "node-pools": "k3s-agent[.].+|steward-disks.*",
};

/** A matcher of units, with the layer that they fall to. */
export interface UnitPattern {
    readonly layer: string;
    readonly names: string;
}

/** Matchers of units, so that each unit falls to one layer. */
export function unitPatterns<L extends string>(layers: UnitLayers<L>): UnitPattern[] {
    const named = Object.entries<string | undefined>(layers).flatMap(([layer, pattern]) =>
        pattern === undefined ? [] : [{ layer, pattern }],
    );
    const others = named.map(({ pattern }) => pattern).join("|");
    return [
        ...named.map(({ layer, pattern }) => ({ layer, names: `name=~"${pattern}"` })),
        { layer: "operating-system", names: `name!~"${others}"` },
    ];
}
