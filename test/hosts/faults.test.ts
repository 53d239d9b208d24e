import { setTimeout as sleep } from "node:timers/promises";
import type { Inventory } from "./laboratory";
import { ask, crash, cut, heal, inventory, reset, start } from "./laboratory";
import type { Config } from "./stack";
import { labConfig, starting, stateFolder, up } from "./stack";

// What an `up` leaves that a fault cut short, and that the next one completes it.

let lab: Inventory;
let config: Config;

beforeEach(async () => {
    await reset("vm1", "vm2", "vm3");
    lab = await inventory();
    config = labConfig(lab, { connect: { tries: 2, seconds: 2 } });
}, 60_000);

const inForce = "systemctl is-active steward-firewall fail2ban; steward-owner backups | cut -f 2";
const whole = "active\nactive\ncluster-management";

/** Every host is as the stack file says, nothing half-written lies about, and nothing is left to do. */
async function expectWhole(folder: string): Promise<void> {
    for (const host of ["vm1", "vm2", "vm3"]) {
        expect([host, await ask(host, inForce)]).toEqual([host, whole]);
        expect(await ask(host, "find /etc /usr/local -name '.steward.*'")).toBe("");
        expect(
            await ask(
                host,
                "dpkg --audit; systemctl list-timers --all | grep -c roll-back || true",
            ),
        ).toBe("0");
    }
    expect((await up(folder, config)).result.result).toBe("unchanged");
}

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
        for (const host of ["vm1", "vm2"]) expect(await ask(host, inForce)).toBe(whole);
        await heal("vm3");
        expect((await up(folder, config)).result.result).toBe("succeeded");
        await expectWhole(folder);
    }, 400_000);
});

describe("a host that loses its power", () => {
    const folder = stateFolder();

    it("while packages are installed is completed by the next up", async () => {
        const running = starting(folder, config);
        await busy("vm2");
        await crash("vm2");
        const { code, result } = await running.ended;
        expect([code, result.errors.some(({ path }) => path.startsWith("app-a1: "))]).toEqual([
            1,
            true,
        ]);
        await start("vm2");
        expect((await up(folder, config)).result.errors).toEqual([]);
        await expectWhole(folder);
    }, 400_000);
});

describe("an engine that is killed", () => {
    const folder = stateFolder();

    it("at three moments leaves nothing that the next up does not mend", async () => {
        for (const seconds of [5, 9, 14]) {
            const running = starting(folder, config);
            await Promise.race([sleep(seconds * 1_000), running.ended.catch(() => undefined)]);
            running.kill();
            await running.ended.catch(() => undefined);
        }
        expect((await up(folder, config)).result.errors).toEqual([]);
        await expectWhole(folder);
    }, 500_000);
});

/** Waits until dpkg is at work on a host. */
async function busy(host: string): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
        const found = await ask(host, "pgrep -x dpkg || true").catch(() => "");
        if (found !== "") return;
        await sleep(100);
    }
    throw new Error(`dpkg never ran on ${host}`);
}
