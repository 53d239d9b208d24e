import { ask, inventory, reset } from "./laboratory";
import { labConfig } from "./stack";
import type { Step } from "./steps";
import { perform, stepsOf } from "./steps";

// Accounts of one host are due at the same time, and share a group that is not there yet.

let steps: Step[];
const people = ["operator", "commcare-cloud"] as const;

beforeAll(async () => {
    await reset("vm3");
    const all = await stepsOf(labConfig(await inventory()));
    steps = all.filter(({ name }) => /^identity-secrets-data-a1-(operator|control)$/.test(name));
}, 60_000);

it("are made beside each other, whichever is first", async () => {
    expect(steps.length).toBe(people.length);
    for (let round = 0; round < 10; round += 1) {
        await Promise.all(steps.map((step) => perform("create", [step])));
        for (const person of people) {
            expect(await ask("vm3", `id -nG ${person}`)).toContain("steward-operators");
        }
        const gone = people.map((person) => `userdel --remove ${person} 2>/dev/null`);
        await ask("vm3", [...gone, "groupdel steward-operators"].join("; "));
    }
}, 120_000);
