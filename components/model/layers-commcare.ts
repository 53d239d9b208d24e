import type { Layer } from "./layers";
import { platformNames } from "./roles";

const platforms = platformNames;
const shared = { perHub: false, data: false, platforms } as const;

/**
 * The layers of a CommCare cluster.
 *
 * Where the document is silent (network, domain names, identities) the default is the role whose skills it
 * asks for; hosting and network belong to the infrastructure provider on machines that somebody else racked.
 */
export const commcareLayers = {
    hosting: {
        title: "Hosting",
        holds: "The virtual machines, their disks and network cards.",
        role: "infrastructure-provider",
        discharges: ["host-machines"],
        carriers: ["tags", "host-file"],
        ...shared,
    },
    "hardware-support": {
        title: "Hardware support",
        holds: "The duty to debug and revive a machine that does not respond.",
        role: "infrastructure-provider",
        discharges: ["repair-hardware"],
        carriers: ["matrix"],
        ...shared,
    },
    network: {
        title: "Network",
        holds: "Address ranges, subnets, firewalls, load balancers.",
        role: {
            aws: "cluster-management",
            azure: "cluster-management",
            vms: "infrastructure-provider",
        },
        discharges: ["install-systems"],
        carriers: ["tags", "host-file"],
        ...shared,
    },
    "dns-tls": {
        title: "Domain names and certificates",
        holds: "Zones, records and certificates of the site.",
        role: "cluster-management",
        discharges: ["install-systems"],
        carriers: ["tags", "host-file"],
        ...shared,
    },
    "operating-system": {
        title: "Operating system",
        holds: "What is installed on each machine before any service is.",
        role: "cluster-management",
        discharges: ["install-systems"],
        carriers: ["tags", "host-file"],
        ...shared,
    },
    patching: {
        title: "Patching",
        holds: "Security fixes and updates of the operating systems, and when machines restart.",
        role: "cluster-management",
        discharges: ["patch-systems"],
        carriers: ["tags", "host-file"],
        ...shared,
    },
    backups: {
        title: "Backups and recovery",
        holds: "Copies of the data off the machine they came from, and the drill that reads them.",
        role: "cluster-management",
        discharges: ["plan-recovery"],
        carriers: ["tags", "host-file"],
        ...shared,
        data: true,
    },
    "intrusion-detection": {
        title: "Intrusion detection",
        holds: "Detectors, audit trails and flow logs.",
        role: "cluster-management",
        discharges: ["watch-intrusions"],
        carriers: ["tags", "host-file"],
        ...shared,
    },
    "threat-response": {
        title: "Threat response",
        holds: "The web application firewall, and the duty to act when an attack is on.",
        role: "cluster-management",
        discharges: ["counter-attacks"],
        carriers: ["tags", "host-file", "matrix"],
        ...shared,
    },
    "identity-secrets": {
        title: "Identities and secrets",
        holds: "Cloud identities, encryption keys and stored secrets.",
        role: "cluster-management",
        discharges: ["install-systems"],
        carriers: ["tags"],
        ...shared,
    },
    sizing: {
        title: "Sizing",
        holds: "The duty to say how many machines of what size the project needs.",
        role: "operations-engineer",
        discharges: ["size-cluster"],
        carriers: ["matrix"],
        ...shared,
    },
    "data-services": {
        title: "Data services",
        holds: "PostgreSQL, CouchDB, Redis, Elasticsearch, Kafka, object and file storage.",
        role: "operations-engineer",
        discharges: ["provision-software", "maintain-services"],
        carriers: ["tags", "host-file"],
        ...shared,
        data: true,
    },
    "app-services": {
        title: "Application services",
        holds: "Web workers, task workers, change processors, Formplayer and the web proxy.",
        role: "operations-engineer",
        discharges: ["provision-software", "maintain-services"],
        carriers: ["tags", "host-file"],
        ...shared,
    },
    "software-updates": {
        title: "Software updates",
        holds: "The duty to bring new CommCare releases in.",
        role: "operations-engineer",
        discharges: ["update-software"],
        carriers: ["matrix"],
        ...shared,
    },
    "data-migrations": {
        title: "Data migrations",
        holds: "The duty to carry out work on the servers themselves, such as moving data.",
        role: "operations-engineer",
        discharges: ["migrate-data"],
        carriers: ["matrix"],
        ...shared,
    },
    "service-monitoring": {
        title: "Service monitoring",
        holds: "Alarms, dashboards and the topics they report to.",
        role: "operations-engineer",
        discharges: ["monitor-services"],
        carriers: ["tags", "host-file"],
        ...shared,
    },
    "app-configuration": {
        title: "Application configuration",
        holds: "The duty to set up users and applications inside CommCare HQ.",
        role: "application-administrator",
        discharges: ["configure-application"],
        carriers: ["matrix"],
        ...shared,
    },
    "maintenance-tools": {
        title: "Maintenance tools",
        holds: "The duty to run the internal tools of CommCare HQ when support asks for it.",
        role: "application-administrator",
        discharges: ["run-maintenance-tools"],
        carriers: ["matrix"],
        ...shared,
    },
    "end-user-support": {
        title: "End-user support",
        holds: "The duty to help the people who use the application.",
        role: "application-administrator",
        discharges: ["support-users"],
        carriers: ["matrix"],
        ...shared,
    },
} as const satisfies Readonly<Record<string, Layer>>;
