import { costsActivate } from "../../../stacks/commands/run-costs-activate";
import { activateTags } from "../../../stacks/commands/costs/activate";
import type { CostExplorer, TagStatus } from "../../../stacks/commands/costs/cost-explorer";
import { ClientMissing } from "../../../stacks/commands/costs/cost-explorer";

const all = ["owner-role", "owner-party", "owner-layer", "hub", "cluster", "environment"];

/** A payer's Cost Explorer: it takes what it knows, and no more than twenty at once. */
function payer(known: Record<string, TagStatus>, refuses: Record<string, string> = {}) {
    const asked: string[][] = [];
    const explorer: CostExplorer = {
        statusOf: (keys) =>
            Promise.resolve(new Map(Object.entries(known).filter(([key]) => keys.includes(key)))),
        activate: (keys) => {
            asked.push([...keys]);
            for (const key of keys) if (refuses[key] === undefined) known[key] = "Active";
            return Promise.resolve(
                new Map(Object.entries(refuses).filter(([key]) => keys.includes(key))),
            );
        },
    };
    return { explorer, asked };
}

const statuses = (status: TagStatus) => Object.fromEntries(all.map((tag) => [tag, status]));
const failing = (name: string, message: string): CostExplorer => ({
    statusOf: () => Promise.reject(Object.assign(new Error(message), { name })),
    activate: () => Promise.reject(new Error("not to be asked")),
});

describe("activating the tags of a bill", () => {
    it("activates those that the payer knows, once: the second run finds them active", async () => {
        const { explorer, asked } = payer(statuses("Inactive"));
        const first = await activateTags("lab", explorer);
        expect(first.tags).toEqual(all.map((tag) => ({ tag, outcome: "activated" })));
        const second = await activateTags("lab", explorer);
        expect(second.tags).toEqual(all.map((tag) => ({ tag, outcome: "active" })));
        expect([first.problems, second.problems]).toEqual([[], []]);
        expect(asked).toEqual([all]);
    });

    it("leaves active ones alone, and says which are not known yet and what to do", async () => {
        const { explorer, asked } = payer({ cluster: "Active", hub: "Inactive" });
        const { tags, problems } = await activateTags("lab", explorer);
        expect(asked).toEqual([["hub"]]);
        expect(Object.fromEntries(tags.map(({ tag, outcome }) => [tag, outcome]))).toEqual({
            "owner-role": "unknown",
            "owner-party": "unknown",
            "owner-layer": "unknown",
            hub: "activated",
            cluster: "active",
            environment: "unknown",
        });
        expect(problems).toEqual([
            "owner-role, owner-party, owner-layer, environment: not known to the payer yet, which takes up to " +
                "24 hours from the first resource that carries a tag; run `npm run steward -- costs activate lab` " +
                "again tomorrow",
        ]);
    });

    it("names a tag that is refused, with the reason", async () => {
        const { explorer } = payer(statuses("Inactive"), { hub: "too many tags" });
        const { tags, problems } = await activateTags("lab", explorer);
        expect(tags).toContainEqual({ tag: "hub", outcome: "refused", message: "too many tags" });
        expect(problems).toEqual([
            "hub: was refused (too many tags); correct what it names, then run this again",
        ]);
    });

    it.each([
        [
            "ValidationException",
            "Failed to update: Linked account doesn't have access to cost allocation tags.",
            "are those of a linked account, and only the account that pays may activate tags",
        ],
        ["AccessDeniedException", "User is not authorized", "may not activate tags"],
        ["CredentialsProviderError", "secret words", "none found that are valid now"],
        ["ThrottlingException", "slow", "answered ThrottlingException; try again"],
    ])("says what a %s means: %s", async (name, message, says) => {
        const { tags, problems } = await activateTags("lab", failing(name, message));
        expect(tags).toEqual([]);
        expect(problems).toEqual([expect.stringContaining(says)]);
        expect(problems.join()).not.toContain("secret words");
    });
});

describe("costs activate", () => {
    const written: string[] = [];
    const told: string[] = [];
    beforeEach(() => {
        written.length = told.length = 0;
        const into = (list: string[]) => (text: unknown) => list.push(String(text)) > 0;
        jest.spyOn(process.stdout, "write").mockImplementation(into(written));
        jest.spyOn(process.stderr, "write").mockImplementation(into(told));
    });
    afterEach(() => jest.restoreAllMocks());
    const run = (explorer: CostExplorer, json = false) =>
        costsActivate("jupyterhub-aws", { json }, () => Promise.resolve(explorer));

    it("ends with 0 once all are active, and with 1 while something is left", async () => {
        expect(await run(payer(statuses("Active")).explorer)).toBe(0);
        expect(written.join("")).toMatch(/^tag +on the bill\n.*\nowner-role +active already\n/);
        expect(told).toEqual([]);
        expect(await run(payer({}).explorer)).toBe(1);
        expect(told.join("")).toContain("again tomorrow");
    });

    it("writes one JSON document where asked", async () => {
        await run(payer(statuses("Active")).explorer, true);
        expect(JSON.parse(written.join(""))).toEqual({
            stack: "jupyterhub-aws",
            tags: all.map((tag) => ({ tag, outcome: "active" })),
            problems: [],
        });
    });

    it("says which package to install where the client is not there, and what a wrong stack is", async () => {
        const missing = () => Promise.reject(new ClientMissing());
        expect(await costsActivate("jupyterhub-aws", {}, missing)).toBe(1);
        expect(told.join("")).toMatch(
            /is not installed; run `npm install @aws-sdk\/client-cost-explorer@3\.1169\.0`/,
        );
        expect(await costsActivate("no-such-stack", {}, missing)).toBe(2);
    });
});

describe("the tags of a stack elsewhere than on AWS", () => {
    it.each([
        ["jupyterhub-azure", "Tag inheritance", false],
        ["commcare-azure", "Azure needs no activation", true],
        ["commcare-vms", "Hosts send no bill", false],
        ["jupyterhub-vms", "Hosts send no bill", true],
    ])("need no activation, and nobody is asked: %s", async (stack, says, json) => {
        const written: string[] = [];
        const output = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
            written.push(String(text));
            return true;
        });
        const ask = () => Promise.reject(new Error("not to be asked"));
        const code = await costsActivate(stack, { json }, ask);
        output.mockRestore();
        expect(code).toBe(0);
        const text = written.join("");
        expect(text).toContain(says);
        if (json) expect(JSON.parse(text)).toMatchObject({ tags: [], problems: [] });
    });
});
