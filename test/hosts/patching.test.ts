import { setTimeout as sleep } from "node:timers/promises";
import { textIn } from "../components/platforms/vms/vms";
import { ask, inventory, reset } from "./laboratory";
import { labConfig } from "./stack";
import type { Step } from "./steps";
import { perform, stepsOf } from "./steps";
import { waitFor } from "./waiting";

// A restart that a kernel asks for, by unattended-upgrades itself and in the hour of the stack file, on a host whose
// people live three hours before UTC. The hour is the next minutes here. Not proven: a kernel, which no container has,
// and Ubuntu.

const layers = (step: Step) => /^(network|patching)-front-a1-/.test(step.name);

/** The steps of one host; its hour is another than the stack file can say. */
async function steps(reboot: boolean, time = ""): Promise<Step[]> {
    const config = labConfig(await inventory(), { patching: { reboot, otherHourUtc: 1 } });
    return (await stepsOf(config)).filter(layers).map((step) => {
        const stdin = textIn(step.inputs, "stdin");
        const moved = time === "" ? stdin : stdin.replace(/"01:\d\d"/, `"${time}"`);
        return { ...step, inputs: { ...step.inputs, stdin: moved } };
    });
}

/**
 * Does what the timer starts once a day, as if it had not been today. Gives when the host will start again, in seconds
 * since 1970, or nothing: asked in one breath, since nobody but root comes in for the five minutes before.
 */
async function upgrade(): Promise<number | undefined> {
    const found = await ask(
        "vm1",
        `rm -f /var/lib/apt/periodic/*
systemctl start apt-daily-upgrade.service
sed -n 's/^USEC=//p' /run/systemd/shutdown/scheduled 2>/dev/null || true`,
    );
    return found === "" ? undefined : Number(found) / 1e6;
}

beforeAll(async () => {
    await reset("vm1");
    await ask("vm1", "ln -sf /usr/share/zoneinfo/Africa/Kampala /etc/localtime");
    await perform("create", await steps(false));
    // What a package of a kernel calls when it was installed.
    await ask("vm1", "/etc/kernel/postinst.d/unattended-upgrades 6.1.0-0-amd64 /boot/vmlinuz");
    expect(await ask("vm1", "date +%Z; test -e /run/reboot-required && echo asked")).toBe(
        "EAT\nasked",
    );
}, 200_000);

it("stays away where the stack file says so", async () => {
    expect(await upgrade()).toBeUndefined();
}, 200_000);

it("comes at the hour of UTC, and the host is as it was after it", async () => {
    const minute = 60_000;
    const at = new Date(Math.ceil((Date.now() + minute) / minute) * minute);
    await perform("create", await steps(true, at.toISOString().slice(11, 16)));
    await ask("vm1", "touch /run/before");
    expect(await upgrade()).toBe(at.getTime() / 1_000);
    await sleep(at.getTime() - Date.now());
    await waitFor("vm1", "! test -e /run/before", 90);
    expect(await ask("vm1", "ls /run/reboot-required 2>/dev/null || echo done")).toBe("done");
    await waitFor("vm1", "systemctl is-system-running | grep -qE 'running|degraded'", 60);
    expect(await ask("vm1", "systemctl is-active steward-firewall apt-daily-upgrade.timer")).toBe(
        "active\nactive",
    );
    const said = await perform("create", await steps(true, at.toISOString().slice(11, 16)));
    expect(Object.entries(said).filter(([, word]) => word !== "unchanged")).toEqual([]);
}, 300_000);
