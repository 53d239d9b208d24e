import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { exporterPort } from "../../components/model/commcare/host-rules";
import type { Inventory } from "../hosts/laboratory";
import { ask, inventory } from "../hosts/laboratory";
import type { Config } from "../hosts/stack";
import { stateFolder, up } from "../hosts/stack";
import { waitFor } from "../hosts/waiting";
import { fileOf, power, says, told } from "./outside";
import { data, machineConfig } from "./stack";
import { serveTime } from "./time-server";

// What no container can show: a kernel of its own, its disks, its clock, its audit, and a real restart. In this order.

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

const mine = "nobody reads this without the key";

it(
    "keeps nothing of the data readable to who takes the disk",
    async () => {
        await ask("vm1", `echo '${mine}' | tee ${data}/mine >/root/mine; sync`);
        const onDisk = async (disk: string) =>
            promisify(execFile)("grep", ["--quiet", mine, await fileOf(disk)]).then(
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

/** Something that an intruder may do, by the key under which it is written down. */
const strange = {
    identity: "useradd mallory",
    privilege: "touch /etc/sudoers.d/mallory",
    "way-in": "touch /root/.ssh/mallory",
    start: "touch /etc/systemd/system/mallory.service",
    audit: "touch /etc/audit/mallory",
    steward: "touch /etc/steward/mallory",
    modules: "modprobe dummy",
    mounts: "mount -t tmpfs mallory /mnt",
    time: "date --set now",
};

/** Mounts as newer systems do, whose `mount` makes other calls: fsopen, fsconfig to create, fsmount, move_mount. */
const newMount = `
import ctypes
call = ctypes.CDLL(None).syscall
kind = call(430, b"tmpfs", 0)
call(431, kind, 6, None, None, 0)
exit(call(429, call(432, kind, 0, 0), b"", -100, b"/mnt", 4))
`;

/** Commands that stand in the log of the audit under a key, by whoever came in as somebody. */
async function writtenDown(key: string, by = "debian"): Promise<string[]> {
    const log = await ask("vm1", `ausearch --input-logs --key ${key} --loginuid ${by} --interpret`);
    return [...log.matchAll(/ proctitle=(.*?) *$/gm)].map(([, command = ""]) => command);
}

/** How many rules the host says that its kernel does not go by. */
async function lackingRules(): Promise<number> {
    await ask("vm1", "systemctl start steward-audit-rules");
    const metrics = await ask("vm1", "cat /var/lib/prometheus/node-exporter/steward-audit.prom");
    return Number(/^steward_audit_rules_lacking (\d+)$/m.exec(metrics)?.[1]);
}

it(
    "writes down who changes accounts, rights, the clock, the kernel and Steward's own files",
    async () => {
        expect(await ask("vm1", "auditctl -s")).toMatch(/^enabled 1$/m);
        await ask("vm1", Object.values(strange).join(" && "));
        for (const [key, command] of Object.entries(strange)) {
            expect([key, await writtenDown(key)]).toEqual([key, expect.arrayContaining([command])]);
        }
        // Where people come in as root, what they do is no daemon's.
        await ask("vm1", "echo 0 >/proc/self/loginuid && date --set now");
        expect(await writtenDown("time", "root")).toContain(strange.time);
        // Its daemons do what they are there for: chrony has set the clock before.
        const time = await ask("vm1", "ausearch --input-logs --key time --interpret");
        expect(time).not.toContain("comm=chronyd");
        expect(await lackingRules()).toBe(0);
        const script = Buffer.from(newMount).toString("base64");
        await ask("vm1", `echo ${script} | base64 -d >/run/mounts && python3 /run/mounts`);
        expect(await writtenDown("mounts")).toContain("python3 /run/mounts");
        await ask("vm1", "umount /mnt /mnt; userdel mallory; rm /etc/sudoers.d/mallory");
        await ask("vm1", "auditctl -D");
        expect(await lackingRules()).toBeGreaterThan(20);
        await ask("vm1", "augenrules --load");
        expect(await lackingRules()).toBe(0);
    },
    minutes(5),
);

it(
    "grows with its disk, its data on it",
    async () => {
        const room = async () =>
            Number(await ask("vm1", `df --block-size=1M --output=size ${data} | tail -n 1`));
        expect(await room()).toBeLessThan(2_048);
        await power("grow", "3G");
        await ask("vm1", "systemctl start steward-grow-disks");
        expect(await room()).toBeGreaterThan(2_800);
        await expectSealed();
        expect(await ask("vm1", `cat ${data}/mine`)).toBe(mine);
    },
    minutes(2),
);

/** What somebody outside is told by the machine's two addresses. */
async function expectClosed(): Promise<void> {
    const [host] = lab.hosts;
    const all = [host?.address, host?.address6].map((address = "") =>
        Promise.all([22, 80, exporterPort].map((port) => told(address, port))),
    );
    // Administrators are named by IPv4 alone; a site is for everybody, and nothing serves it here.
    expect(await Promise.all(all)).toEqual([
        ["connected", "refused", "nothing"],
        ["nothing", "refused", "nothing"],
    ]);
    expect(await ask("vm1", `ss -Hltn 'sport = :${String(exporterPort)}'`)).toContain("*:");
}

it("lets nobody in but whom the stack file names", expectClosed, minutes(1));

it(
    "is all there after a restart of its kernel: firewall, audit, disk and data",
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
        await expectClosed();
        expect(await ask("vm1", "auditctl -s")).toMatch(/^enabled 1$/m);
        expect(await lackingRules()).toBe(0);
        await ask("vm1", "touch /etc/sudoers.d/eve && rm /etc/sudoers.d/eve");
        expect(await writtenDown("privilege")).toContain("touch /etc/sudoers.d/eve");
        await expectSealed();
        expect(await ask("vm1", `cat ${data}/mine`)).toBe(mine);
        expect((await up(folder, config)).result.result).toBe("unchanged");
    },
    minutes(12),
);

it(
    "stops and says so where the disk of its data is missing, and goes on when it is back after its power was cut",
    async () => {
        await power("crash");
        await power("start-bare");
        const console = await says(/You are in emergency mode/, 400);
        expect(console).toMatch(/Timed out waiting for device .*steward_opt_data/);
        expect(await told(lab.hosts[0]?.address ?? "", 22)).not.toBe("connected");
        await power("crash");
        await power("start");
        await expectSealed();
        expect(await ask("vm1", `cat ${data}/mine`)).toBe(mine);
        expect(await ask("vm1", "systemctl --failed --no-legend")).toBe("");
    },
    minutes(15),
);
