import { hostRules } from "../../components/model/commcare/host-rules";
import type { VmSpec } from "../../components/model/spec/vms";
import { stackConfig } from "../support/stack-file";
import { vmsSpec } from "../components/platforms/vms/vms";
import { allowed, listen, taken } from "./firewall";
import type { Inventory } from "./laboratory";
import { ask, inventory, later, raise, reset, signIns } from "./laboratory";
import type { Config } from "./stack";
import { copiesLeftOut, labConfig, stateFolder, up } from "./stack";

// The stack of the repository with the six hosts that its plan asks for, each entered as somebody who may sudo. Left
// out: its disks, which no container has, and its copies.

const folder = stateFolder();
const { hosts: machines } = stackConfig("commcare-vms")["vms"] as { hosts: Record<string, VmSpec> };
/** Which host of the laboratory each machine is. */
const hostOf = Object.fromEntries(
    Object.keys(machines).map((machine, at) => [machine, `vm${String(at + 1)}`]),
);
const all = Object.values(hostOf);
let lab: Inventory;
let config: Config;

beforeAll(async () => {
    await raise(all.length);
    await reset(...all);
    lab = await inventory();
    const hosts = Object.entries(hostOf).map(([machine, host]) => {
        const { address, address6, hostKey } = lab.hosts.find(({ name }) => name === host) ?? {};
        return [machine, { address, address6, hostKey, user: "debian" }];
    });
    config = {
        ...labConfig(lab, { hosts: Object.fromEntries(hosts) as Config }),
        "steward:commcare": stackConfig("commcare-vms")["commcare"],
        "steward:exemptions": [copiesLeftOut],
    };
}, 200_000);

it("makes six hosts, and finds nothing to do the second time", async () => {
    expect(all.length).toBe(6);
    const { result } = await up(folder, config);
    expect([result.result, result.errors]).toEqual(["succeeded", []]);
    const inForce = "systemctl is-active steward-firewall fail2ban; steward-owner | wc -l";
    const found = await Promise.all(all.map((host) => ask(host, inForce)));
    expect(new Set(found)).toEqual(new Set(["active\nactive\n19"]));
    const before = await signIns();
    expect((await up(folder, config)).result.result).toBe("unchanged");
    expect(await signIns()).toEqual(later(before, 1));
}, 600_000);

it("lets through between them what the catalogue asks for, and nothing else", async () => {
    const rules = hostRules(vmsSpec().workload.plan);
    expect(Object.keys(rules).sort()).toEqual(Object.keys(machines).sort());
    expect(allowed(rules).length).toBeGreaterThan(60);
    await listen(rules, hostOf);
    expect(await taken(rules, lab.hosts, hostOf)).toEqual(allowed(rules));
}, 240_000);
