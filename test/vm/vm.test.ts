import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Inventory } from "../hosts/laboratory";
import { ask, diskOf, inventory } from "../hosts/laboratory";
import type { Config } from "../hosts/stack";
import { stateFolder, up } from "../hosts/stack";
import { data, machineConfig } from "./stack";
import { serveTime } from "./time-server";
import { waitFor } from "../hosts/waiting";

// What no container can show: a kernel of its own, its disks, its clock, and a real restart. In this order.

const minutes = (count: number) => count * 60_000;
const folder = stateFolder();
let lab: Inventory;
let config: Config;
let clock: Awaited<ReturnType<typeof serveTime>>;

beforeAll(async () => {
    lab = await inventory();
    config = machineConfig(lab);
    clock = await serveTime(lab.gateway);
});

afterAll(() => {
    clock.stop();
});

it(
    "is made whole, and finds nothing to do the second time",
    async () => {
        const { result } = await up(folder, config);
        expect([result.result, result.errors]).toEqual(["succeeded", []]);
        expect((await up(folder, config)).result.result).toBe("unchanged");
    },
    minutes(25),
);

/** From the disk upwards: what lies on what, and of which kind. */
const layers = "lsblk --noheadings --raw --inverse --output TYPE,FSTYPE $(findmnt -no SOURCE ";

async function expectSealed(): Promise<void> {
    expect((await ask("vm1", `${layers}${data})`)).split("\n")).toEqual([
        "lvm ext4",
        "crypt LVM2_member",
        "disk crypto_LUKS",
    ]);
    expect(await ask("vm1", "stat -c '%a %U' /etc/steward/disks/key")).toBe("400 root");
}

it("has its data on a logical volume of a sealed disk", expectSealed, minutes(1));

it(
    "keeps nothing of the data readable to who takes the disk",
    async () => {
        const words = "nobody reads this without the key";
        await ask("vm1", `echo '${words}' | tee ${data}/mine >/root/mine; sync`);
        const folder = join(await diskOf("vm1"), "..");
        const onDisk = (disk: string) =>
            promisify(execFile)("grep", ["--quiet", words, join(folder, disk)]).then(
                () => true,
                () => false,
            );
        expect([await onDisk("root.img"), await onDisk("data.img")]).toEqual([true, false]);
    },
    minutes(5),
);

it(
    "sets its clock by the servers that the stack file names",
    async () => {
        expect(await ask("vm1", "systemctl is-active chrony")).toBe("active");
        await ask("vm1", "systemctl stop chrony; date --set '1 hour ago' >/dev/null");
        const wrong = Number(await ask("vm1", "date +%s"));
        expect(Math.abs(wrong - Date.now() / 1_000)).toBeGreaterThan(3_500);
        const before = clock.asked();
        await ask("vm1", "systemctl start chrony");
        await waitFor("vm1", `[ "$(date +%s)" -gt ${String(wrong + 3_500)} ]`, 120);
        expect(clock.asked()).toBeGreaterThan(before);
        const right = Number(await ask("vm1", "date +%s"));
        expect(Math.abs(right - Date.now() / 1_000)).toBeLessThan(15);
    },
    minutes(5),
);

it(
    "is all there after a restart of its kernel: firewall, disk and data",
    async () => {
        const boot = await ask("vm1", "cat /proc/sys/kernel/random/boot_id");
        const rules = await ask("vm1", "nft list table inet steward");
        await ask("vm1", "systemd-run --quiet --on-active 1 systemctl reboot");
        await waitFor("vm1", `! grep -q ${boot} /proc/sys/kernel/random/boot_id`, 300);
        await ask("vm1", "systemctl is-system-running --wait || true");
        expect(await ask("vm1", "systemctl --failed --no-legend")).toBe("");
        expect(await ask("vm1", "systemctl is-active steward-firewall fail2ban chrony")).toBe(
            "active\nactive\nactive",
        );
        expect(await ask("vm1", "nft list table inet steward")).toBe(rules);
        expect(rules).toContain("policy drop");
        await expectSealed();
        expect(await ask("vm1", `cat ${data}/mine`)).toBe("nobody reads this without the key");
        expect((await up(folder, config)).result.result).toBe("unchanged");
    },
    minutes(12),
);
