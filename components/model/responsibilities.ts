import type { RoleSlug, Workload } from "./roles";
import type { Source } from "./source";
import { commcareRoles, hubService } from "./source";

/** One duty out of the two source documents, in our words. */
export interface Responsibility {
    readonly workload: Workload;
    readonly duty: string;
    /** Roles that the document lets answer for it; empty where the document names none. */
    readonly roles: readonly RoleSlug[];
    readonly source: Source;
}

type Duties = Readonly<Record<string, string>>;

function duties<D extends Duties>(
    workload: Workload,
    roles: readonly RoleSlug[],
    source: Source,
    words: D,
): Record<keyof D & string, Responsibility> {
    const entries = Object.entries(words).map(([id, duty]): [string, Responsibility] => [
        id,
        { workload, duty, roles, source },
    ]);
    return Object.fromEntries(entries) as Record<keyof D & string, Responsibility>;
}

/** CommCare: 2 + 5 + 6 + 3 duties, by the scope of work of each role. */
const commcare = {
    ...duties(
        "commcare",
        ["infrastructure-provider"],
        commcareRoles("Infrastructure Provider, Scope of Work"),
        {
            "host-machines": "Provide the virtual machines that everything else runs on.",
            "repair-hardware": "Find out why a machine stopped answering, and bring it back.",
        },
    ),
    ...duties(
        "commcare",
        ["cluster-management"],
        commcareRoles("Cluster Management, Scope of Work"),
        {
            "install-systems": "Install operating systems and set cloud resources up as specified.",
            "patch-systems": "Apply operating system updates and security fixes.",
            "plan-recovery": "Lay down how data is backed up and how a system is brought back.",
            "watch-intrusions": "Watch the servers for break-ins and other threats to security.",
            "counter-attacks":
                "Act against live threats to availability and security, floods included.",
        },
    ),
    ...duties(
        "commcare",
        ["operations-engineer"],
        commcareRoles("Cloud Application Management / Operations Engineer, Scope of Work"),
        {
            "size-cluster": "Work out how much infrastructure the project needs.",
            "provision-software": "Put the applications of the cloud on its servers.",
            "maintain-services": "Debug and look after each service that the cloud consists of.",
            "update-software": "Bring new versions of the cloud's software in as they come out.",
            "migrate-data": "Carry data migrations and other work on the servers themselves.",
            "monitor-services": "Watch whether each service is up and well, and fix what is not.",
        },
    ),
    ...duties(
        "commcare",
        ["application-administrator"],
        commcareRoles("CommCare Application Administrator, Scope of Work"),
        {
            "configure-application": "Configure the users and the applications inside CommCare HQ.",
            "run-maintenance-tools":
                "Run the web application's internal maintenance tools as technical support directs.",
            "support-users": "Give the people who use the application technical support.",
        },
    ),
};

/** JupyterHub: 5 + 5 + 5 + 3 duties, by the four areas of the service. */
const jupyterhub = {
    ...duties(
        "jupyterhub",
        ["site-reliability-engineer"],
        hubService("Site Reliability Engineering, Responsibilities"),
        {
            "monitor-infrastructure": "Watch the infrastructure and see trouble before users do.",
            "respond-to-incidents": "Take each incident through diagnosis to its resolution.",
            "configure-environment":
                "Deploy the hub's environment and connect it: sign-in, databases, memory per user.",
            "enhance-infrastructure": "Keep improving how reliably and how far the service scales.",
            "operate-kubernetes": "Run the Kubernetes cluster that carries the communities.",
        },
    ),
    ...duties(
        "jupyterhub",
        ["community-guide"],
        hubService("Service applications support, Responsibilities"),
        {
            "write-documentation": "Write and improve documents and training material for users.",
            "support-leaders": "Answer the leaders of the community when they need help.",
            "build-environments": "Help a community make the software environment its users need.",
            "manage-datasets": "Prepare cloud data in the right format, where the hub reaches it.",
            "run-workshops": "Hold workshops and training for the leaders of communities.",
        },
    ),
    ...duties(
        "jupyterhub",
        ["community-representative"],
        hubService("Community leadership and management, Responsibilities"),
        {
            "define-success": "Say what the hub is for and judge whether it gets there.",
            "cultivate-community": "Shape the community around the hub: events, habits, channels.",
            "represent-community": "Speak for the community: requests, feedback, trouble reports.",
            "decide-finances": "Decide what costs money, and be the contact for bills.",
        },
    ),
    ...duties(
        "jupyterhub",
        ["community-representative", "hub-administrator"],
        hubService("Community leadership and management, Responsibilities"),
        {
            "oversee-access": "Decide who may use the hub and what they may do there.",
        },
    ),
    ...duties("jupyterhub", [], hubService("Software engineering, Responsibilities"), {
        "develop-domain-software": "Build software for the field that the community works in.",
        "develop-interactive-software": "Improve the software that gives users their sessions.",
        "support-open-source": "Help the open source projects that all of this stands on.",
    }),
};

export type ResponsibilityId = keyof typeof commcare | keyof typeof jupyterhub;

/** All 34 responsibilities of the two documents. */
export const responsibilities: Readonly<Record<ResponsibilityId, Responsibility>> = {
    ...commcare,
    ...jupyterhub,
};
