import type { Chosen } from "../../components/model/commcare/ending-support";
import {
    endingSupport,
    running,
    wordEndingSupport,
} from "../../components/model/commcare/ending-support";
import type { ServiceSlug } from "../../components/model/commcare/services";
import { isReservedContact } from "../../components/model/contact";
import type { GapOptions } from "../../components/model/gaps";
import { hasPassed } from "../../components/model/gaps";
import type { Matrix } from "../../components/model/matrix";

/** Something that is no gap yet. */
export interface Warning {
    readonly message: string;
    readonly fix: string;
}

/** How many days before its end an engagement or an exemption is announced. */
const daysAhead = 30;

export interface WarningOptions extends GapOptions {
    /** Charts whose objects the engine has not seen. */
    readonly unseen: number;
    /** Resources that were replaced and not deleted yet. */
    readonly pendingDeletes: number;
    /** Services of CommCare that stand on machines; what else it needs, the cloud runs. */
    readonly onMachines: readonly ServiceSlug[];
    /** Versions of what the cloud runs; without them the catalogue's. */
    readonly chosen?: Chosen;
}

/** What will be a gap soon, or would be one outside a rehearsal. */
export function findWarnings(matrix: Matrix, options: WarningOptions): Warning[] {
    const { now, reservedContacts, unseen, pendingDeletes } = options;
    const soon = new Date(now.getTime() + daysAhead * 86_400_000);
    const warnings: Warning[] = [];
    const holders = new Set(matrix.rows.map(({ party }) => party));
    for (const [slug, { name, contact, escalation, until }] of Object.entries(matrix.parties)) {
        if (!holders.has(slug)) continue;
        if (until !== undefined && hasPassed(until, soon) && !hasPassed(until, now)) {
            const message = `${name} answers for its layers until ${until} only`;
            warnings.push({ message, fix: "extend `until`, or agree on who follows" });
        }
        if (reservedContacts === "refused") continue;
        const examples = [contact, escalation].filter(
            (address) => address !== undefined && isReservedContact(address),
        );
        if (examples.length === 0) continue;
        const are = examples.length === 1 ? "is an example" : "are examples";
        const message = `${examples.join(" and ")} of ${name} ${are} that nobody reads`;
        warnings.push({ message, fix: "write a real address before you deploy" });
    }
    const { certificateContact } = matrix;
    if (
        reservedContacts === "allowed" &&
        certificateContact !== undefined &&
        isReservedContact(certificateContact)
    ) {
        const message = `${certificateContact} is an example, for which Let's Encrypt issues no certificate`;
        warnings.push({ message, fix: "write a real address before you deploy" });
    }
    for (const { rule, until, reason } of matrix.exemptions) {
        const end = Date.parse(until);
        if (!(end > now.getTime() && end <= soon.getTime())) continue;
        const message = `the exemption from ${rule} ends at ${until} (${reason})`;
        warnings.push({ message, fix: "mend the resource before, or have it approved anew" });
    }
    if (matrix.workload === "commcare") warnings.push(...endingWarnings(matrix, options));
    if (unseen > 0) {
        const message = `the objects of ${unseen} ${unseen === 1 ? "chart" : "charts"} were not seen`;
        warnings.push({ message, fix: "they are judged when they are created" });
    }
    if (pendingDeletes > 0) {
        const what = pendingDeletes === 1 ? "resource waits" : "resources wait";
        const message = `${pendingDeletes} replaced ${what} to be deleted`;
        warnings.push({ message, fix: "the next update deletes them" });
    }
    return warnings;
}

/** What the cluster runs and nobody mends any longer, or soon, for whoever answers for its layer. */
function endingWarnings(
    matrix: Matrix,
    { now, onMachines, chosen }: Pick<WarningOptions, "now" | "onMachines" | "chosen">,
): Warning[] {
    const { present, inCloud } = running(onMachines);
    return endingSupport(present, now, inCloud, matrix.platform, chosen).map((each) => {
        const row = matrix.rows.find(({ layer }) => layer === each.layer);
        const owner =
            row?.party == null ? each.layer : (matrix.parties[row.party]?.name ?? row.party);
        const fix = `${owner} plans the next version, or what takes its place (${each.source})`;
        return { message: wordEndingSupport(each), fix };
    });
}
