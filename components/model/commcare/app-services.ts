import type { Service } from "./service";
import { support } from "./support";

const layer = "app-services" as const;

/** Machines that run CommCare HQ's own code, and so talk to all of its data services. */
export const hqMachines = ["webworkers", "celery", "pillowtop", "django-manage"] as const;

const hq = { layer, data: null, version: null, support: support.commcareHq } as const;

/**
 * What users and devices meet, and what works behind it.
 *
 * @see https://github.com/dimagi/commcare-cloud/tree/master/src/commcare_cloud/ansible (group_vars, roles): ports
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/ansible/roles/nginx/vars/cchq_ssl.yml
 */
export const appServices = {
    "load-balancer": {
        title: "Load balancer of the site",
        groups: [],
        homes: ["cloud"],
        version: null,
        ports: [
            { port: 443, protocol: "tcp", from: ["public"], carries: "HTTPS" },
            { port: 80, protocol: "tcp", from: ["public"], carries: "HTTP, sent on to HTTPS" },
        ],
        data: null,
        layer: "network",
        support: support.cloud,
    },
    proxy: {
        title: "nginx",
        named: "nginx",
        groups: ["proxy"],
        homes: ["machine"],
        version: "1.28.0",
        ports: [
            { port: 443, protocol: "tcp", from: ["load-balancer"], carries: "HTTPS" },
            {
                port: 443,
                protocol: "tcp",
                from: ["public"],
                carries: "HTTPS",
                unless: "load-balancer",
            },
            {
                port: 80,
                protocol: "tcp",
                from: ["public"],
                carries: "HTTP, sent on to HTTPS; the proof for Let's Encrypt",
                unless: "load-balancer",
            },
        ],
        data: null,
        layer,
        support: support.nginx,
    },
    webworkers: {
        ...hq,
        title: "Web workers (Django under gunicorn)",
        groups: ["webworkers"],
        homes: ["machine"],
        ports: [{ port: 9010, protocol: "tcp", from: ["proxy"], carries: "HTTP" }],
    },
    celery: {
        ...hq,
        title: "Task workers (celery)",
        groups: ["celery"],
        homes: ["machine"],
        ports: [
            {
                port: 5555,
                protocol: "tcp",
                from: hqMachines,
                carries: "flower's HTTP, without a password, on the one machine that runs it",
            },
        ],
    },
    pillowtop: {
        ...hq,
        title: "Change processors (pillowtop)",
        groups: ["pillowtop"],
        homes: ["machine"],
        ports: [],
    },
    "django-manage": {
        ...hq,
        title: "Management shell",
        groups: ["django_manage"],
        homes: ["machine"],
        ports: [],
    },
    formplayer: {
        title: "Formplayer",
        groups: ["formplayer"],
        homes: ["machine"],
        version: "Java 17",
        ports: [{ port: 8181, protocol: "tcp", from: ["proxy"], carries: "HTTP" }],
        data: {
            path: "/opt/data/formplayer",
            what: "Copies of cases by user; made anew when they are missing",
            backup: null,
        },
        layer,
        support: support.java,
    },
    "mail-relay": {
        title: "Mail relay (postfix)",
        groups: ["mailrelay"],
        homes: ["machine"],
        version: "of Ubuntu",
        ports: [{ port: 25, protocol: "tcp", from: ["every-machine"], carries: "mail" }],
        data: null,
        layer,
        support: support.ubuntu,
    },
    "log-shipper": {
        title: "Log shipper (logstash)",
        groups: ["logproxy"],
        homes: ["machine"],
        version: "7.5.2",
        ports: [],
        data: null,
        layer: "service-monitoring",
        support: support.logstash,
    },
    control: {
        title: "Control machine",
        groups: ["control"],
        homes: ["machine"],
        version: "ansible-core 2.11",
        ports: [{ port: 22, protocol: "tcp", from: ["administrators"], carries: "SSH" }],
        data: null,
        layer: "operating-system",
        support: support.ansibleCore,
    },
    ssh: {
        title: "SSH",
        groups: [],
        homes: ["every-machine"],
        version: "of Ubuntu",
        ports: [{ port: 22, protocol: "tcp", from: ["control"], carries: "Ansible" }],
        data: null,
        layer: "operating-system",
        support: support.ubuntu,
    },
} as const satisfies Readonly<Record<string, Service>>;
