/** What Cost Explorer says of one tag: `Active` from the day after, never for what was billed before. */
export type TagStatus = "Active" | "Inactive";

/** The two calls of Cost Explorer that activating takes. */
export interface CostExplorer {
    /**
     * The status of those tags that the payer has seen on a bill; a tag that it does not know yet is missing.
     *
     * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_ListCostAllocationTags.html
     */
    statusOf(keys: readonly string[]): Promise<ReadonlyMap<string, TagStatus>>;
    /**
     * @returns what was refused, by its key.
     * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_UpdateCostAllocationTagsStatus.html
     */
    activate(keys: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** The parts of `@aws-sdk/client-cost-explorer` that are used. */
interface Sdk {
    readonly CostExplorerClient: new (settings: object) => {
        send(command: unknown): Promise<unknown>;
    };
    readonly ListCostAllocationTagsCommand: new (input: object) => unknown;
    readonly UpdateCostAllocationTagsStatusCommand: new (input: object) => unknown;
}

interface Listed {
    readonly CostAllocationTags?: readonly { readonly TagKey?: string; readonly Status?: string }[];
    readonly NextToken?: string;
}

interface Updated {
    readonly Errors?: readonly { readonly TagKey?: string; readonly Message?: string }[];
}

const client = "@aws-sdk/client-cost-explorer";

/** The SDK's client is not installed. */
export class ClientMissing extends Error {
    constructor() {
        super(`${client}: is not installed; run \`npm install ${client}@3.1169.0\``);
    }
}

/**
 * Cost Explorer, which has one endpoint for the whole partition.
 *
 * @throws ClientMissing
 * @see https://docs.aws.amazon.com/general/latest/gr/billing.html
 */
export async function openCostExplorer(): Promise<CostExplorer> {
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
    const sdk = await load();
    const explorer = new sdk.CostExplorerClient({ region: "us-east-1", maxAttempts: 3 });
    return {
        async statusOf(keys) {
            const found = new Map<string, TagStatus>();
            let token: string | undefined;
            do {
                const page = (await explorer.send(
                    new sdk.ListCostAllocationTagsCommand({
                        TagKeys: keys,
                        Type: "UserDefined",
                        ...(token === undefined ? {} : { NextToken: token }),
                    }),
                )) as Listed;
                for (const { TagKey, Status } of page.CostAllocationTags ?? []) {
                    if (TagKey !== undefined)
                        found.set(TagKey, Status === "Active" ? "Active" : "Inactive");
                }
                token = page.NextToken;
            } while (token !== undefined);
            return found;
        },
        async activate(keys) {
            const { Errors = [] } = (await explorer.send(
                new sdk.UpdateCostAllocationTagsStatusCommand({
                    CostAllocationTagsStatus: keys.map((TagKey) => ({ TagKey, Status: "Active" })),
                }),
            )) as Updated;
            return new Map(Errors.map(({ TagKey = "", Message = "" }) => [TagKey, Message]));
        },
    };
}

/** Loaded where it is used: no other command pays for it, or lacks it. */
async function load(): Promise<Sdk> {
    try {
        return (await import(client)) as Sdk;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code?.endsWith("MODULE_NOT_FOUND") === true)
            throw new ClientMissing();
        throw error;
    }
}
