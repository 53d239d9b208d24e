import { costTags } from "../../../components/model/cost-tags";
import { nameOf } from "../doctor/aws-error";
import { isUnreachable } from "../doctor/unreachable";
import type { CostExplorer } from "./cost-explorer";

/** What became of one tag. */
export interface TagOutcome {
    readonly tag: string;
    /** `active` before, `activated` now, `unknown` to the payer yet, or `refused`. */
    readonly outcome: "active" | "activated" | "unknown" | "refused";
    readonly message?: string;
}

/** What a run came to: the JSON of the command. */
export interface Activation {
    readonly stack: string;
    readonly tags: readonly TagOutcome[];
    /** What is left to do, or why nothing was done: `path: what; what to do`. */
    readonly problems: readonly string[];
}

/**
 * Activates the tags that costs are told apart by, those that are active left alone. May be run again at any time,
 * and is to be run again until nothing is unknown.
 */
export async function activateTags(stack: string, explorer: CostExplorer): Promise<Activation> {
    try {
        const before = await explorer.statusOf(costTags);
        const due = costTags.filter((tag) => before.get(tag) === "Inactive");
        const refused = due.length === 0 ? new Map<string, string>() : await explorer.activate(due);
        const tags = costTags.map((tag): TagOutcome => {
            const message = refused.get(tag);
            if (message !== undefined) return { tag, outcome: "refused", message };
            const status = before.get(tag);
            if (status === undefined) return { tag, outcome: "unknown" };
            return { tag, outcome: status === "Active" ? "active" : "activated" };
        });
        return { stack, tags, problems: problemsOf(stack, tags) };
    } catch (error) {
        return { stack, tags: [], problems: [wordError(error)] };
    }
}

function problemsOf(stack: string, tags: readonly TagOutcome[]): string[] {
    const unknown = tags.filter(({ outcome }) => outcome === "unknown").map(({ tag }) => tag);
    const refused = tags.filter(({ outcome }) => outcome === "refused");
    return [
        ...refused.map(
            ({ tag, message }) =>
                `${tag}: was refused (${String(message)}); correct what it names, then run this again`,
        ),
        ...(unknown.length === 0
            ? []
            : [
                  `${unknown.join(", ")}: not known to the payer yet, which takes up to 24 hours from the first ` +
                      `resource that carries a tag; run \`npm run steward -- costs activate ${stack}\` again tomorrow`,
              ]),
    ];
}

/**
 * Cost Explorer's errors, in words. A linked account is told so with a validation error, or refused outright.
 *
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
 */
function wordError(error: unknown): string {
    if (isUnreachable(error))
        return "Cost Explorer: does not answer; look at the network and the proxy";
    const name = nameOf(error);
    const text = String((error as { message?: unknown }).message);
    if (name === "CredentialsProviderError")
        return "AWS credentials: none found that are valid now; sign in to the account that pays";
    if (/linked account|management account|payer|not enabled for cost explorer/i.test(text)) {
        return (
            "AWS credentials: are those of a linked account, and only the account that pays may activate tags; " +
            "take credentials of the organisation's management account"
        );
    }
    if (/^AccessDenied/.test(name)) {
        return (
            "AWS credentials: may not activate tags; take those of the account that pays, allowed " +
            "ce:ListCostAllocationTags and ce:UpdateCostAllocationTagsStatus"
        );
    }
    return `Cost Explorer: answered ${name}; try again`;
}
