import { mkdtempSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readStackFile, stackConfig } from "../support/stack-file";
import type { Vacancy } from "../support/vacancies";
import { vacancies, vacate } from "../support/vacancies";
import type { Config, Rehearsed } from "./steward";
import { rehearse, temporaryFolder } from "./steward";

const folder = temporaryFolder();

/** The three hubs of the default stack, as its file has them. */
const hubs = (stackConfig("jupyterhub-aws")["jupyterhub"] as { hubs: { name: string }[] }).hubs.map(
    ({ name }) => name,
);
const all = vacancies(hubs);
const refused = new Map<string, Rehearsed & { readonly left: readonly string[] }>();

function stackFile(vacancy: Vacancy): Config {
    const { config } = readStackFile("jupyterhub-aws");
    const changed = Object.entries(vacate(stackConfig("jupyterhub-aws"), vacancy));
    return {
        ...config,
        ...Object.fromEntries(changed.map(([key, value]) => [`steward:${key}`, value])),
    };
}

async function refuse(vacancy: Vacancy): Promise<void> {
    const own = mkdtempSync(join(folder, "vacated-"));
    const ran = await rehearse(own, stackFile(vacancy));
    refused.set(vacancy.name, { ...ran, left: readdirSync(own) });
}

/** Three at a time: each is little but the start of a process. The first alone, since it may have to build. */
beforeAll(async () => {
    const [first, ...waiting] = all;
    if (first !== undefined) await refuse(first);
    const work = async () => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
            await refuse(next);
        }
    };
    await Promise.all([work(), work(), work()]);
}, 120_000);

// What it does not prove: that the engine would have refused too. gate.test.ts does.
describe("rehearse of three hubs with one layer vacated", () => {
    it.each(all.map((each) => [each.name, each] as const))(
        "refuses %s with exit 3 and creates nothing",
        (name, { places, line }) => {
            const ran = refused.get(name);
            if (ran === undefined) throw new Error("never ran");
            const { code, result, stderr, left } = ran;
            expect([code, result.result]).toEqual([3, "blocked"]);
            expect(result.created).toBeLessThanOrEqual(1);
            expect(left).toEqual(["stack.yaml"]);
            expect(result.violations.map(({ layer }) => layer)).toEqual(places);
            for (const place of places) expect(stderr).toContain(`nobody answers for ${place}`);
            expect(stderr).toContain(`\`${line}`);
            expect(stderr).not.toMatch(/\n\s+at /);
        },
    );
});
