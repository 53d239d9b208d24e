import type { Matrix, Party } from "../model/matrix";
import { contactKind } from "../model/contact";

/** A topic that is due: one for each role that answers for anything, and for each party that fills it. */
export interface DueTopic {
    /** `<role>`, or `<role>-<party>` for a party that fills the role for some hubs only. */
    readonly suffix: string;
    readonly role: string;
    readonly party: string;
    readonly subscriptions: readonly Subscription[];
}

export interface Subscription {
    readonly protocol: "email" | "https";
    readonly endpoint: string;
}

/** The topics of a cluster, in the order of the book. A party without a role owns no resource and gets no alarm. */
export function dueTopics(matrix: Matrix): DueTopic[] {
    const topics = new Map<string, DueTopic>();
    const taken = new Set<string>();
    for (const { role, party } of matrix.rows) {
        if (role === null || party === null || topics.has(topicKey({ role, party }))) continue;
        const suffix = taken.has(role) ? `${role}-${party}` : role;
        taken.add(role);
        const subscriptions = subscriptionsOf(matrix.parties[party]);
        topics.set(topicKey({ role, party }), { suffix, role, party, subscriptions });
    }
    return [...topics.values()];
}

export function topicKey({
    role,
    party,
}: {
    readonly role: string;
    readonly party: string;
}): string {
    return `${role} ${party}`;
}

/** Where a party is reached: its contact, and its escalation beside it. */
function subscriptionsOf(party: Party | undefined): Subscription[] {
    const addresses = new Set([party?.contact, party?.escalation]);
    return [...addresses].flatMap((endpoint): Subscription[] => {
        const kind = endpoint === undefined ? undefined : contactKind(endpoint);
        if (endpoint === undefined || kind === undefined) return [];
        return [{ protocol: kind === "email" ? "email" : "https", endpoint }];
    });
}
