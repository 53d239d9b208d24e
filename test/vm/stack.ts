import { readStackFile } from "../support/stack-file";
import type { Inventory } from "../hosts/laboratory";
import type { Config } from "../hosts/stack";
import { copiesLeftOut, plan } from "../hosts/stack";

/** The folder of its data disk. */
export const data = "/opt/data";

/** The stack file of hosts, with every service on the one virtual machine. */
export function machineConfig({ privateKey, gateway, hosts }: Inventory): Config {
    const { config } = readStackFile("commcare-vms");
    const [host] = hosts;
    if (host === undefined) throw new Error("no virtual machine is up");
    const { address, address6, port, hostKey } = host;
    const disks = [{ device: "/dev/disk/by-id/virtio-data", mount: data }];
    const { users: _, ...commcare } = config["steward:commcare"] as Config;
    const services = Object.values(plan.machines).flatMap((machine) => machine.services);
    return {
        ...config,
        "steward:vms": {
            hosts: { "all-a1": { address, address6, port, user: "debian", hostKey, disks } },
            systems: ["debian-12"],
            administrators: [`${gateway}/32`],
            timeServers: [gateway],
        },
        "steward:commcare": {
            ...commcare,
            plan: { basis: "nothing", machines: { all: { services, vcpus: 2, memoryGiB: 4 } } },
        },
        "steward:exemptions": [copiesLeftOut],
        "steward:secrets": { hosts: { privateKey, disksKey: "of-a-test-on-a-virtual-machine" } },
    };
}
