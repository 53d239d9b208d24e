import { isOnVms, parseSpec } from "../../../components/model/spec";
import { wantedHosts } from "../../../stacks/commands/audit/wanted";
import { stackConfig } from "../../support/stack-file";
import { wantedOn } from "./hosts";

function wanted(stack: string) {
    const { spec } = parseSpec(stackConfig(stack));
    if (spec === undefined || !isOnVms(spec)) throw new Error(`${stack} has no hosts`);
    return wantedHosts(spec, stack);
}

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

it("has whoever answers for security watch a host of hubs, which has no operators of its own", () => {
    const [server] = wanted("jupyterhub-vms");
    const layers = new Set(server?.files.map(({ layer }) => layer));
    expect([...layers]).toEqual(["operating-system", "network", "patching", "security-abuse"]);
    expect(server).toMatchObject({ operators: [], names: "" });
});
