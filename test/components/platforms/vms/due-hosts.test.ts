import { dueMachine, dueNode } from "../../../../components/platforms/vms/due-hosts";
import { patchingSettings } from "../../../../components/platforms/vms/patching-settings";
import { campus, specOf } from "./k3s/cluster";
import { vmsSpec } from "./vms";

// When hosts start again for patches: never two at once whose service outlives the loss of one.

const patching = { dataHourUtc: 3, otherHourUtc: 22 };

/** When unattended-upgrades restarts each node of a cluster with further hosts. */
function restarts(servers: readonly string[], more: readonly string[]): Record<string, string> {
    const spec = specOf(campus({ patching }));
    const { vms } = spec.platform;
    const [host] = Object.values(vms.hosts);
    if (host === undefined) throw new Error("no host");
    const hosts = Object.fromEntries([...servers, ...more].map((name) => [name, host] as const));
    const k3s = { ...vms.k3s, servers: [...servers] };
    const changed = { ...spec, platform: { ...spec.platform, vms: { ...vms, hosts, k3s } } };
    return Object.fromEntries(
        Object.keys(hosts).map((name) => {
            const { content } = patchingSettings(dueNode(changed, name), "nobody");
            return [name, /Reboot-Time "(.*)";/.exec(content)?.[1] ?? ""];
        }),
    );
}

it("has servers of k3s start again 20 minutes apart, and agents five, in an hour of their own", () => {
    expect(restarts(["c", "a", "b"], ["z", "y"])).toEqual({
        c: "03:00",
        a: "03:20",
        b: "03:40",
        y: "22:00",
        z: "22:05",
    });
});

it("begins anew after an hour", () => {
    const agents = Array.from({ length: 14 }, (_, at) => `agent-${String.fromCharCode(97 + at)}`);
    const times = Object.values(restarts(["a"], agents)).slice(1);
    expect([times[11], times[12], times[13]]).toEqual(["22:55", "22:00", "22:05"]);
});

it("has machines of CommCare that keep data start again one after the other, and so the rest", () => {
    const spec = vmsSpec({ patching });
    const times = spec.workload.plan.machines.map((machine) => {
        const { hourUtc, minute } = dueMachine(spec, machine);
        return `${machine.name} ${String(hourUtc)}:${String(minute)}`;
    });
    expect(times.sort()).toEqual([
        "control-a1 22:0",
        "db-a1 3:0",
        "proxy-a1 22:5",
        "sql-a1 3:5",
        "web-a1 22:10",
        "web-a2 22:15",
    ]);
});
