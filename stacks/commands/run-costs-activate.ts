import { activateTags } from "./costs/activate";
import type { Activation } from "./costs/activate";
import type { CostExplorer } from "./costs/cost-explorer";
import { ClientMissing, openCostExplorer } from "./costs/cost-explorer";
import { table } from "./paint";
import { exitCodeOf } from "./result";
import { refusedResult, wordRefusal } from "./refuse";
import { readStackFile } from "./stack-file";

export interface CostsActivateOptions {
    readonly stackFile?: string;
    readonly json?: boolean;
}

const words = {
    active: "active already",
    activated: "activated; bills show it from tomorrow on",
    unknown: "not known yet",
    refused: "refused",
} as const;

/**
 * Where nothing is to be activated, and why.
 *
 * @see https://learn.microsoft.com/azure/cost-management-billing/costs/enable-tag-inheritance
 */
const nothingToDo = {
    azure:
        "Azure needs no activation: Cost analysis shows tags by themselves, of what is used from the day on that carries them. " +
        "What Azure bills without tags takes those of its resource group and subscription once whoever pays switches on " +
        "`Tag inheritance` (Cost Management, Settings); a tag that a resource carries itself is to win there.",
    vms: "Hosts send no bill that tags could be seen on: whoever hosts them bills machines, and `review` tells whose each is.",
};

/**
 * Activates the tags of a stack for the bill of the account that pays, with that account's credentials: `up` has
 * the cluster's, and is refused.
 *
 * @param open Another Cost Explorer only in tests.
 * @returns 0 all are active, or the stack is not on AWS, where nothing is to be done; 1 something is left to do, which is said; 2 or 3 the stack file itself is refused.
 */
export async function costsActivate(
    stack: string,
    options: CostsActivateOptions,
    open: () => Promise<CostExplorer> = openCostExplorer,
): Promise<number> {
    const read = { file: options.stackFile, reservedContacts: "allowed", now: new Date() } as const;
    const file = readStackFile(stack, read);
    if (file.spec === undefined) {
        process.stderr.write(wordRefusal(file));
        return exitCodeOf(refusedResult(file));
    }
    const { kind } = file.spec.platform;
    if (kind !== "aws") {
        const note = nothingToDo[kind];
        const nothing: Activation & { note: string } = {
            stack,
            tags: [],
            problems: [],
            note,
        };
        const said = options.json === true ? JSON.stringify(nothing, undefined, 2) : note;
        process.stdout.write(`${said}\n`);
        return 0;
    }
    let activation: Activation;
    try {
        activation = await activateTags(stack, await open());
    } catch (error) {
        if (!(error instanceof ClientMissing)) throw error;
        activation = { stack, tags: [], problems: [error.message] };
    }
    const { tags, problems } = activation;
    if (options.json === true) {
        process.stdout.write(`${JSON.stringify(activation, undefined, 2)}\n`);
    } else if (tags.length > 0) {
        const rows = tags.map(({ tag, outcome }) => [tag, words[outcome]]);
        process.stdout.write(`${table(["tag", "on the bill"], rows)}\n`);
    }
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    return problems.length === 0 ? 0 : 1;
}
