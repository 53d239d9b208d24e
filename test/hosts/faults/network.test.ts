import type { Inventory } from "../laboratory";
import { cut, heal, inventory, reset } from "../laboratory";
import type { Config } from "../stack";
import { labConfig, starting, stateFolder, up } from "../stack";
import { all, busy, expectInForce, expectWhole } from "./whole";

// What an `up` leaves where a host's network fails, and that the next one completes it.

let lab: Inventory;
let config: Config;

beforeEach(async () => {
    await reset(...all);
    lab = await inventory();
    config = labConfig(lab, { connect: { tries: 2, seconds: 2 } });
}, 60_000);

afterEach(() => heal("vm3"));

const address = () => (lab.hosts[2]?.address ?? "").replaceAll(".", "\\.");

describe("a host without its network", () => {
    const folder = stateFolder();

    it("is named with its layer and whoever answers for it; the others are finished; the next up completes it", async () => {
        await cut("vm3");
        const { code, result } = await up(folder, config);
        expect(code).toBe(1);
        expect(
            result.errors.map(({ path, message, fix }) => `${path}: ${message}; ${fix}`),
        ).toEqual([
            `data-a1: hosting: ${lab.hosts[2]?.address ?? ""}: no connection after 3 tries: Timed out while waiting for handshake; correct it, or turn to Government data centre, datacentre@example.org, who answers for hosting as infrastructure-provider; then run this again`,
        ]);
        await expectInForce("vm1", "vm2");
        await heal("vm3");
        expect((await up(folder, config)).result.result).toBe("succeeded");
        await expectWhole(folder, config);
    }, 400_000);
});

describe("a host whose network is cut in the middle of an up", () => {
    const folder = stateFolder();

    it("is named with each layer that was not finished; the others are; the next up completes it", async () => {
        const running = starting(folder, config);
        await busy("vm3");
        await cut("vm3");
        const { code, result } = await running.ended;
        expect(code).toBe(1);
        for (const { path, message, fix } of result.errors) {
            expect(path).toMatch(/^data-a1: (?!hosting$)[a-z-]+$/); // it had been entered
            expect(message).toMatch(
                new RegExp(
                    `^${address()}: (the connection broke while a command ran|no connection after \\d tries: .+)$`,
                ),
            );
            expect(fix).toMatch(/^correct it, or turn to .+@example\.org.* who answers for /);
        }
        const messages = result.errors.map(({ message }) => message).join("\n");
        expect(messages).toContain("the connection broke while a command ran");
        await expectInForce("vm1", "vm2");
        await heal("vm3");
        const again = await up(folder, config);
        expect([again.result.result, again.result.errors]).toEqual(["succeeded", []]);
        expect(again.result.changes.delete).toBe(0);
        await expectWhole(folder, config);
    }, 400_000);
});
