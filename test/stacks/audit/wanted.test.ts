import { isOnVms, parseSpec } from "../../../components/model/spec";
import { wantedHosts } from "../../../stacks/commands/audit/wanted";
import { stackConfig } from "../../support/stack-file";
import { wantedOn } from "./hosts";

function wanted(stack: string) {
    const { spec } = parseSpec(stackConfig(stack));
    if (spec === undefined || !isOnVms(spec)) throw new Error(`${stack} has no hosts`);
    return wantedHosts(spec, stack);
}

const volumesOn = (host: string) => ({
    hub: { homes: { host, device: "/dev/disk/by-id/virtio-hub-homes" }, database: { host } },
    staging: { homes: { host }, database: { host } },
});

it("has of every host of both workloads what the stack file says", () => {
    const names = (stack: string) => wanted(stack).map(({ name }) => name);
    expect(names("commcare-vms")).toEqual([
        ...["control-a1", "proxy-a1", "web-a1", "web-a2", "sql-a1", "db-a1"],
    ]);
    const { vms } = stackConfig("jupyterhub-vms") as { vms: { hosts: object } };
    expect(names("jupyterhub-vms")).toEqual(Object.keys(vms.hosts));
});

it("knows ports of services that no other machine asks for, and those of Steward itself", () => {
    expect(wantedOn("sql-a1").ports).toEqual(
        expect.arrayContaining(["tcp 22", "tcp 5432", "tcp 6432", "tcp 9101"]),
    );
    expect(wantedOn("proxy-a1").ports).not.toContain("tcp 5432");
    const [server] = wanted("jupyterhub-vms");
    expect(server?.ports).toEqual(expect.arrayContaining(["tcp 22", "tcp 6443", "udp 8472"]));
});

it("has copies due where there is something to copy", () => {
    const due = (host: string) => wantedOn(host).metrics.some((metric) => metric.due !== false);
    expect([due("sql-a1"), due("proxy-a1")]).toEqual([true, false]);
});

it("has whoever answers for security watch a host of hubs, and has of k3s what the stack file says", () => {
    const [server, other] = wanted("jupyterhub-vms");
    const layers = new Set(server?.files.map(({ layer }) => layer));
    expect([...layers]).toEqual([
        ...["operating-system", "network", "patching", "security-abuse", "control-plane"],
    ]);
    expect(server?.files.map(({ path, mode }) => `${path} ${mode}`)).toEqual(
        expect.arrayContaining([
            "/etc/rancher/k3s/config.yaml 600",
            "/etc/rancher/k3s/admission.yaml 600",
            "/etc/sysctl.d/90-steward-k3s.conf 644",
        ]),
    );
    expect(server?.units).toContainEqual({ unit: "k3s.service", layer: "control-plane" });
    expect(server?.names.layer).toBe("dns-domain");
    expect(server?.names.block).toContain("192.0.2.22 node-2.campus.internal node-2");
    expect(server?.k3s).toMatchObject({ version: "v1.36.4+k3s1", layer: "control-plane" });
    expect(Object.keys(server?.k3s?.nodes ?? {})).toEqual(["node-1", "node-2", "node-3"]);
    expect(other?.k3s?.nodes).toBeUndefined();
});

it("has what one server alone listens on, with no other to connect", () => {
    const config = stackConfig("jupyterhub-vms") as {
        vms: Record<string, object> & { hosts: Record<string, object> };
    };
    const [name = "", host] = Object.entries(config.vms.hosts)[0] ?? [];
    const vms = {
        ...config.vms,
        hosts: { [name]: host },
        k3s: { ...config.vms["k3s"], servers: [name], volumes: volumesOn(name) },
    };
    const { spec, problems } = parseSpec({ ...config, vms });
    if (spec === undefined || !isOnVms(spec)) throw new Error(JSON.stringify(problems));
    expect(wantedHosts(spec, "jupyterhub-vms")[0]?.ports).toEqual([
        ...["tcp 22", "tcp 6443", "tcp 2379", "tcp 2380", "udp 8472", "tcp 10250", "tcp 9100"],
        "tcp 10256",
    ]);
});
