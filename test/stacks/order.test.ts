import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { Order } from "../../stacks/commands/order/order";
import { order } from "../../stacks/commands/order";
import { oneHostConfig } from "../components/platforms/vms/vms";
import { stackConfig } from "../support/stack-file";

let folder = "";
let said: { out: string; err: string };

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "steward-order-"));
    said = { out: "", err: "" };
    jest.spyOn(process.stdout, "write").mockImplementation((text) => {
        said.out += String(text);
        return true;
    });
    jest.spyOn(process.stderr, "write").mockImplementation((text) => {
        said.err += String(text);
        return true;
    });
});

afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
});

type Config = Record<string, unknown>;

function stackFile(config: Config): string {
    const keys = Object.entries(config).map(([key, value]) => [`steward:${key}`, value]);
    const path = join(folder, "stack.yaml");
    writeFileSync(path, stringify({ config: Object.fromEntries(keys) as object }));
    return path;
}

/** The stack of hosts before any is there. */
function hostless(): Config {
    const config = stackConfig("commcare-vms");
    const { hosts: _, ...vms } = config["vms"] as Config;
    return { ...config, vms };
}

function ordered(config?: Config): Order {
    const options = config === undefined ? {} : { stackFile: stackFile(config) };
    expect(order("commcare-vms", { ...options, json: true })).toBe(0);
    return JSON.parse(said.out) as Order;
}

const machineOf = ({ machines }: Order, name: string) => {
    const found = machines.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
};

describe("an order", () => {
    it("names every machine of the plan with its size, before there is one", () => {
        const made = ordered(hostless());
        expect(
            made.machines.map(({ name, vcpus, memoryGiB, dataGiB, address }) => {
                return [name, vcpus, memoryGiB, dataGiB, address];
            }),
        ).toEqual([
            ["control-a1", 2, 4, null, null],
            ["proxy-a1", 2, 4, null, null],
            ["web-a1", 4, 16, null, null],
            ["web-a2", 4, 16, null, null],
            ["sql-a1", 4, 16, 2_000, null],
            ["db-a1", 4, 16, 2_000, null],
        ]);
        expect(made.machines.every(({ rootGiB }) => rootGiB === 50)).toBe(true);
        expect(made.systems).toEqual(["Ubuntu Server 22.04 LTS, amd64"]);
    });

    it("is addressed to whoever has the machines, from whoever sizes them", () => {
        const { to, repairs, from } = ordered();
        expect(to).toEqual({
            role: "infrastructure-provider",
            name: "Government data centre",
            contact: "datacentre@example.org",
        });
        expect(repairs).toEqual(to);
        expect(from).toMatchObject({
            role: "operations-engineer",
            contact: "commcare-operations@example.org",
        });
    });

    it("has the addresses of hosts that are there, and of no other", () => {
        const config = stackConfig("commcare-vms") as Config & { vms: { hosts: Config } };
        Reflect.deleteProperty(config.vms.hosts, "web-a2");
        const made = ordered(config);
        expect(machineOf(made, "web-a1")).toMatchObject({
            address: "192.0.2.13",
            address6: "2001:db8::13",
        });
        expect(machineOf(made, "web-a2")).toMatchObject({ address: null, address6: null });
    });

    it("opens what the catalogue asks for, from whom, and nothing else", () => {
        const made = ordered();
        const lets = (name: string) =>
            machineOf(made, name).lets.map(({ port, protocol, from }) => {
                return `${String(port)}/${protocol} ${from.join(" ")}`;
            });
        const administrators = "198.51.100.0/28 2001:db8:a::/64";
        expect(lets("proxy-a1")).toEqual([
            `22/tcp ${administrators}`,
            "443/tcp everybody",
            "80/tcp everybody",
            "22/tcp control-a1",
            "9101/tcp control-a1",
        ]);
        expect(lets("sql-a1").filter((each) => each.startsWith("5432"))).toEqual([
            "5432/tcp web-a1 web-a2",
        ]);
        expect(lets("web-a2").filter((each) => each.includes("everybody"))).toEqual([]);
    });

    it("asks for names, time and where copies go, and for mail by the port of the stack file", () => {
        const config = stackConfig("commcare-vms") as Config & { commcare: { mail: Config } };
        config.commcare.mail["smtpPort"] = 465;
        const made = ordered(config);
        const asks = (name: string) =>
            machineOf(made, name).asks.map(({ port, protocol }) => `${String(port)}/${protocol}`);
        expect(asks("web-a1")).toEqual([
            "443/tcp",
            "80/tcp",
            "465/tcp",
            "53/udp",
            "53/tcp",
            "123/udp",
        ]);
        const whys = machineOf(made, "sql-a1").asks.map(({ why }) => why);
        expect(whys).toContain("copies of its data, at 203.0.113.40");
        const everywhere = ["53/udp", "53/tcp", "123/udp"];
        expect(asks("sql-a1")).toEqual(["443/tcp", "80/tcp", "22/tcp", ...everywhere]);
    });

    it("is one machine for few users, which lets nothing in but the world", () => {
        const made = ordered(oneHostConfig({ port: 2022 }));
        expect(made.machines.map(({ name, dataGiB }) => [name, dataGiB])).toEqual([
            ["server-a1", 2_000],
        ]);
        const [server] = made.machines;
        expect(server?.lets.map(({ port, from }) => [port, from])).toEqual([
            [2022, ["198.51.100.0/28", "2001:db8:a::/64"]],
            [443, ["everybody"]],
            [80, ["everybody"]],
        ]);
    });

    it("reads as a document, with machines of the same rules together", () => {
        expect(order("commcare-vms", { stackFile: stackFile(hostless()) })).toBe(0);
        expect(said.out).toContain(
            "To Government data centre (infrastructure-provider), datacentre@",
        );
        expect(said.out).toMatch(/^\| db-a1 .* \| 2,000 GiB \| to be told \|$/m);
        expect(said.out).toContain(
            "In all 6 machines, 20 vCPUs, 72 GiB of memory, 4,300 GiB of disks.",
        );
        expect(said.out).toContain("### From web-a1, web-a2\n");
        expect(said.out).not.toContain("0.0.0.");
    });

    it("is written of hubs on hosts too", () => {
        expect(order("jupyterhub-vms", {})).toBe(0);
        expect(said.out).toContain("# Machines for campus (production)");
        expect(said.out).toMatch(/^Processors and memory are the least\./m);
    });

    it("is not written where nobody is asked, where something else is wrong, and without owners", () => {
        expect(order("commcare-aws", {})).toBe(2);
        expect(said.err).toContain("commcare on aws: nobody is asked for machines");
        expect(said.err).toContain("name a stack on vms");
        expect(order("nowhere", {})).toBe(2);

        const wrong = hostless() as Config & { vms: Config };
        wrong.vms["administrators"] = [];
        expect(order("commcare-vms", { stackFile: stackFile(wrong), json: true })).toBe(2);
        expect(JSON.parse(said.out)).toMatchObject({
            result: "invalid",
            errors: [{ path: "steward:vms.administrators" }],
        });

        const vacated = { ...hostless(), layers: { hosting: { role: null } } };
        expect(order("commcare-vms", { stackFile: stackFile(vacated) })).toBe(3);
        expect(said.err).toContain("steward:layers.hosting: nobody answers for hosting");
    });
});
