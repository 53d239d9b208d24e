import { ask, crowd, empty, fill, flood, inventory, reset, small } from "../laboratory";
import type { Config } from "../stack";
import { labConfig, stateFolder, up } from "../stack";
import { expectInForce, expectWhole } from "./whole";

const folder = stateFolder();

/** What every host is told by a file: who is called next. */
function calling(config: Config, escalation: string): Config {
    const parties = config["steward:parties"] as Record<string, Config>;
    const operator = { ...parties["operator"], escalation };
    return { ...config, "steward:parties": { ...parties, operator } };
}

const noRoom = /\/ has \d+ MiB left: make room on it$/;

beforeAll(async () => {
    await reset("vm1", "vm2");
    await small("vm3");
}, 60_000);

afterAll(() => reset("vm3"));

it("a host without room for its packages is named with each layer that lacks some; the others are finished", async () => {
    const config = labConfig(await inventory());
    await fill("vm3");
    const { code, result } = await up(folder, config);
    expect(code).toBe(1);
    expect(result.errors.length).toBeGreaterThan(0);
    for (const { path, message, fix } of result.errors) {
        expect(path).toMatch(/^data-a1: (?!hosting$)[a-z-]+$/);
        expect(message).toMatch(noRoom);
        expect(fix).toMatch(/^correct it, or turn to .+@example\.org.* who answers for /);
    }
    await expectInForce("vm1", "vm2");
    expect(
        await ask(
            "vm3",
            "find / -xdev -name '.steward.*' -o -xdev -path '/var/lib/steward/*.part'",
        ),
    ).toBe("");

    await empty("vm3");
    const again = await up(folder, config);
    expect([again.result.result, again.result.errors]).toEqual(["succeeded", []]);
    await expectWhole(folder, config);
}, 400_000);

it("a host without any room keeps the files that it has, and gets the new ones when there is room again", async () => {
    const changed = calling(labConfig(await inventory()), "https://other.example.org");
    await flood("vm3");
    const { code, result } = await up(folder, changed);
    expect(code).toBe(1);
    expect(result.errors.length).toBeGreaterThan(0);
    for (const { path, message } of result.errors) {
        expect(path).toMatch(/^data-a1: (?!hosting$)[a-z-]+$/);
        expect(message).toMatch(noRoom);
    }
    expect(result.errors.map(({ path }) => path)).toContain("data-a1: operating-system");
    const called = "steward-owner backups | cut -f 5";
    expect(await ask("vm1", called)).toBe("https://other.example.org");
    expect(await ask("vm3", called)).toBe("https://pager.example.org");
    expect(JSON.parse(await ask("vm3", "cat /etc/steward/owners.json"))).toMatchObject({
        host: "data-a1",
    });

    await empty("vm3");
    const again = await up(folder, changed);
    expect([again.result.result, again.result.errors]).toEqual(["succeeded", []]);
    expect(await ask("vm3", called)).toBe("https://other.example.org");
    await expectWhole(folder, changed);
}, 400_000);

it("a host that may make no more files is named for that, though it has room, and is completed when it may", async () => {
    await small("vm3"); // anew: it has everything to be made
    const config = calling(labConfig(await inventory()), "https://other.example.org");
    await crowd("vm3");
    const { code, result } = await up(folder, config);
    expect(code).toBe(1);
    expect(result.errors.length).toBeGreaterThan(0);
    for (const { path, message } of result.errors) {
        expect(path).toMatch(/^data-a1: (?!hosting$)[a-z-]+$/);
        expect(message).toMatch(/\/ has room for \d+ more files: remove some from it$/);
        expect(message).not.toMatch(noRoom);
    }
    await expectInForce("vm1", "vm2");
    expect(await ask("vm3", "find / -xdev -name '.steward.*'")).toBe("");

    await empty("vm3");
    const again = await up(folder, config);
    expect([again.result.result, again.result.errors]).toEqual(["succeeded", []]);
    await expectWhole(folder, config);
}, 400_000);
