import type { CommcareLayer } from "../../../model/layers";

/** Units by the layer that they do the work of, as patterns of their names; every other one is the system's. */
const unitLayers: Readonly<Partial<Record<CommcareLayer, string>>> = {
    network: "steward-firewall[.].+|nftables[.].+|systemd-networkd.*|networking[.].+",
    patching: "apt-.+|unattended-upgrades[.].+",
    backups: "steward-(backup|restore).*|restic.*",
    "intrusion-detection": "auditd[.].+|fail2ban[.].+|steward-(files|audit-rules).*",
    "threat-response": "steward-isolation[.].+",
    "identity-secrets": "ssh[.].+|sshd.*",
    "service-monitoring": "prometheus.*|steward-measure.*|monit[.].+",
    "data-services":
        "steward-disks.*|postgresql.*|pgbouncer.*|redis.*|couchdb.*|elasticsearch.*|kafka.*|zookeeper.*|rabbitmq.*|nfs-.+",
    "app-services": "install-commcare[.].+|nginx.*|supervisor.*|gunicorn.*|formplayer.*|postfix.*",
};

/** Matchers of units, so that each unit falls to one layer. */
export function unitPatterns(): { layer: CommcareLayer; names: string }[] {
    const named = Object.entries(unitLayers) as [CommcareLayer, string][];
    const others = named.map(([, pattern]) => pattern).join("|");
    return [
        ...named.map(([layer, pattern]) => ({ layer, names: `name=~"${pattern}"` })),
        { layer: "operating-system", names: `name!~"${others}"` },
    ];
}
