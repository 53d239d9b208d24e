import type { Layer } from "./layers";
import type { ResponsibilityId } from "./responsibilities";
import type { RoleSlug } from "./roles";
import { platformNames } from "./roles";

const ofCluster = { perHub: false, data: false, platforms: platformNames } as const;
const ofHub = { perHub: true, data: false, platforms: platformNames } as const;

/** A duty without a resource. */
export const duty = <R extends RoleSlug | null, D extends ResponsibilityId>(
    title: string,
    role: R,
    discharges: readonly D[],
    holds: string,
    extent: typeof ofCluster | typeof ofHub,
) => ({ title, role, discharges, holds, carriers: ["matrix"] as const, ...extent });

/**
 * What people of a JupyterHub cluster have to do without a resource that could carry their name.
 *
 * Software engineering has no formal role in the document: its three layers have no default role and need a
 * party named in the stack file.
 */
export const jupyterhubDuties = {
    "budget-decisions": duty(
        "Budget decisions",
        "community-representative",
        ["decide-finances"],
        "The duty to decide about changes that cost money.",
        ofHub,
    ),
    "docs-training": duty(
        "Documents and training",
        "community-guide",
        ["write-documentation"],
        "Documents and training material for the hub's users.",
        ofHub,
    ),
    "support-channel": duty(
        "Support channel",
        "community-guide",
        ["support-leaders"],
        "The help desk for the leaders of the community.",
        ofHub,
    ),
    workshops: duty(
        "Workshops",
        "community-guide",
        ["run-workshops"],
        "Workshops, and telling the operators before many people arrive at once.",
        ofHub,
    ),
    "success-definition": duty(
        "Definition of success",
        "community-representative",
        ["define-success"],
        "What the hub is for, and how that is measured.",
        ofHub,
    ),
    community: duty(
        "Community",
        "community-representative",
        ["cultivate-community"],
        "Events, channels and conduct of the community.",
        ofHub,
    ),
    representation: duty(
        "Representation",
        "community-representative",
        ["represent-community"],
        "The contact through whom the community asks and reports.",
        ofHub,
    ),
    "infra-roadmap": duty(
        "Infrastructure roadmap",
        "site-reliability-engineer",
        ["enhance-infrastructure"],
        "Upgrades and improvements, and when they come.",
        ofCluster,
    ),
    "domain-software": duty(
        "Domain software",
        null,
        ["develop-domain-software"],
        "The packages of the community's own field.",
        ofHub,
    ),
    "interactive-software": duty(
        "Interactive computing software",
        null,
        ["develop-interactive-software"],
        "JupyterHub, JupyterLab and what they are built on.",
        ofCluster,
    ),
    "open-source": duty(
        "Open source communities",
        null,
        ["support-open-source"],
        "The projects that the service stands on.",
        ofCluster,
    ),
} as const satisfies Readonly<Record<string, Layer>>;
