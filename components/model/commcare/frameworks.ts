import type { CommcareLayer } from "../layers";
import type { Support } from "./service";
import { support } from "./support";

/** A tool that the roles document asks an operations engineer to know, and what became of it. */
export interface Framework {
    readonly title: string;
    /** The document's own name. */
    readonly named: string;
    /** Where it lives in a cluster today. */
    readonly lives: string;
    /** What does its work here. */
    readonly now: string;
    readonly layer: CommcareLayer;
    /** The generated file, with its variable where it is one. */
    readonly writtenTo: string;
    readonly support: Support;
}

/** @see https://commcare-cloud.readthedocs.io/en/latest/prereqs/4-roles.html */
export const frameworks = {
    ansible: {
        title: "Ansible",
        named: "Ansible",
        lives: "ansible-core 2.11 in commcare-cloud's own environment on the control machine",
        now: "Ansible, over the inventory that Steward writes",
        layer: "app-services",
        writtenTo: "inventory.ini",
        support: support.ansibleCore,
    },
    fabric: {
        title: "Fabric",
        named: "Fabric",
        lives: "nowhere: commcare-cloud deploys by Ansible, and kept the name of a file",
        now: "Ansible (deploy_hq.yml)",
        layer: "app-services",
        writtenTo: "fab-settings.yml",
        support: { ends: null, source: "https://www.fabfile.org/ (not installed any more)" },
    },
    monit: {
        title: "Monit",
        named: "Monit",
        lives: "each machine, from Ubuntu's packages; restarts what stopped, its page is local",
        now: "Monit, below alarms that reach a person",
        layer: "service-monitoring",
        writtenTo: "inventory.ini (groups decide what is watched)",
        support: support.ubuntu,
    },
    supervisor: {
        title: "Supervisor",
        named: "Supervisor",
        lives: "web workers, task workers, change processors and Formplayer",
        now: "Supervisor; its processes follow from app-processes.yml",
        layer: "app-services",
        writtenTo: "app-processes.yml",
        support: {
            ends: null,
            source: "https://supervisord.org/changes.html (the newest release is mended)",
        },
    },
    encryptfs: {
        title: "eCryptfs",
        named: "EncryptFS",
        lives: "/opt/data of a machine whose root_encryption_mode is ecryptfs, unlocked by hand after each restart",
        now: "KMS for disks in a cloud, LUKS on bare machines",
        layer: "identity-secrets",
        writtenTo: "inventory.ini: root_encryption_mode",
        support: {
            ends: null,
            source: "https://launchpad.net/ecryptfs (no release since 2016)",
        },
    },
    lvm: {
        title: "LVM",
        named: "LVM",
        lives: "machines of the group lvm, which join several disks into one",
        now: "one data disk that its cloud enlarges; LVM where a bare machine has several",
        layer: "operating-system",
        writtenTo: "inventory.ini: datavol_device",
        support: support.ubuntu,
    },
} as const satisfies Readonly<Record<string, Framework>>;
