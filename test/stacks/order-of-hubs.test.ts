import { isVmsHubs, parseSpec } from "../../components/model/spec";
import { orderOfHubs } from "../../stacks/commands/order/order-of-hubs";
import { withPlaceholders } from "../../stacks/commands/order/placeholders";
import { wordOrder } from "../../stacks/commands/order/words";
import { stackConfig } from "../support/stack-file";

type Section = Record<string, unknown>;

/** The order of the stack of hubs, with something else in `steward:vms` and in its `k3s`. */
function ordered(vms: Section = {}, k3s: Section = {}) {
    const stack = stackConfig("jupyterhub-vms");
    const own = stack["vms"] as Section;
    const changed = { ...own, ...vms, k3s: { ...(own["k3s"] as Section), ...k3s } };
    const { config, hosted } = withPlaceholders({ ...stack, vms: changed });
    const { spec, problems } = parseSpec(config);
    if (spec === undefined || !isVmsHubs(spec)) throw new Error(JSON.stringify(problems));
    return orderOfHubs(spec, hosted);
}

const machineOf = ({ machines }: ReturnType<typeof ordered>, name: string) => {
    const found = machines.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
};
const ways = (all: readonly { port: number; protocol: string }[]) =>
    all.map(({ port, protocol }) => `${String(port)}/${protocol}`);

describe("an order of hubs", () => {
    it("names each server with what all hubs ask for, and the disks of homes", () => {
        // 2 cores and 2 GiB of k3s', 0.41 and 1.9 shared, 0.36 and 1.6 of each hub, 0.22 and 0.6 of homes by NFS.
        expect(
            ordered().machines.map(({ name, vcpus, memoryGiB, rootGiB, dataGiB, address }) => {
                return [name, vcpus, memoryGiB, rootGiB, dataGiB, address];
            }),
        ).toEqual([
            ["node-1", 4, 8, 101, null, "192.0.2.21"],
            ["node-2", 4, 8, 80, 1_000, "192.0.2.22"],
            ["node-3", 4, 8, 80, null, "192.0.2.23"],
        ]);
        expect(machineOf(ordered(), "node-3").runs).toEqual([
            "Kubernetes, hubs and what they share",
            "users' servers",
            "the homes of staging, in a directory: its size on top of the system disk",
        ]);
    });

    it("is there before any host: servers are named, and others may lack their address", () => {
        const made = ordered({ hosts: { "node-4": {} } }, { volumes: laid });
        expect(made.machines.map(({ name, address }) => [name, address])).toEqual([
            ["node-1", null],
            ["node-2", null],
            ["node-3", null],
            ["node-4", null],
        ]);
        const agent = machineOf(made, "node-4");
        expect([agent.vcpus, agent.memoryGiB]).toEqual([1, 1]);
        expect(agent.runs[0]).toBe("users' servers");
        expect(wordOrder(made)).not.toContain("0.0.0.");
    });

    it("opens what k3s asks for among hosts, and the hubs to the world on servers alone", () => {
        const made = ordered({ hosts: { "node-4": { port: 2022 } } }, { volumes: laid });
        const agent = machineOf(made, "node-4");
        expect(ways(agent.lets)).toEqual(["2022/tcp", "8472/udp", "10250/tcp", "9100/tcp"]);
        expect(agent.lets.filter(({ from }) => from.includes("everybody"))).toEqual([]);
        const server = machineOf(made, "node-1");
        expect(ways(server.lets.filter(({ from }) => from.includes("everybody")))).toEqual([
            "443/tcp",
            "80/tcp",
        ]);
        expect(server.lets).toContainEqual({
            port: 6443,
            protocol: "tcp",
            from: ["198.51.100.0/28"],
            why: "API of Kubernetes",
        });
    });

    it("asks for mail of servers, and for the copies of what has any", () => {
        const made = ordered({ hosts: { "node-4": {} } }, { volumes: laid });
        const whys = (name: string) => machineOf(made, name).asks.map(({ why }) => why);
        const copies = "copies of its data, at copies.campus.example.org";
        expect(whys("node-1")).toEqual(expect.arrayContaining(["alerts, by mail", copies]));
        expect(whys("node-4")).not.toContain("alerts, by mail");
        expect(whys("node-4")).toContain(copies); // of the homes in its directory
    });

    it("says what each user takes on top, and of which machines", () => {
        const { more } = ordered({ hosts: { "node-4": {} } }, { volumes: laid });
        expect(more).toContain("of node-4 together, for each at work at once:");
        expect(more).toContain("on hub 1 to 2 GiB of memory and 0.05 to 2 vCPUs;");
    });
});

/** With an agent, homes in a directory lie where users' servers run. */
const laid = {
    hub: {
        homes: { host: "node-2", device: "/dev/disk/by-id/virtio-hub-homes" },
        database: { host: "node-2" },
    },
    staging: { homes: { host: "node-4" }, database: { host: "node-3" } },
};
