import { isOnVms, parseSpec } from "../../../components/model/spec";
import { kubernetes } from "../../../stacks/commands/audit/checks/kubernetes";
import { wantedHosts } from "../../../stacks/commands/audit/wanted";
import { stackConfig } from "../../support/stack-file";
import { judged, wantedOn } from "./hosts";

const { spec } = parseSpec(stackConfig("jupyterhub-vms"));
if (spec === undefined || !isOnVms(spec)) throw new Error("no stack of hosts");
const [first, second] = wantedHosts(spec, "jupyterhub-vms");
const found = (said: string, host = first) => judged(kubernetes, said, host);

const hash = "835873f37245fc615f547a2fe2af9402a347875f13fa64a1f136de644955ea3f";
const nodes = ["node-1", "node-2", "node-3"];
const well = (lines: readonly string[] = nodes.map((name) => `node ${name} True`)) =>
    [`binary ${hash}  /usr/local/bin/k3s`, "kubeconfig 600 root", ...lines, ""].join("\n");

it("has nothing to say of a cluster in which every node is ready, nor where no Kubernetes is", () => {
    expect(found(well())).toEqual([]);
    expect(judged(kubernetes, "", wantedOn("web-a1"))).toEqual([]);
    expect(kubernetes.ask(wantedOn("web-a1"))).toBe(":");
});

it("tells of a program that is not there, and of one that is another", () => {
    expect(found("binary none\nsilent\n")).toEqual([
        "control-plane: /usr/local/bin/k3s is not there; that of v1.36.4+k3s1",
    ]);
    expect(found(`binary ${"0".repeat(64)}  /usr/local/bin/k3s\n`, second)).toEqual([
        `control-plane: /usr/local/bin/k3s is another file than that of the stack file's release; that of v1.36.4+k3s1, whose SHA-256 is ${hash}`,
    ]);
});

it("tells of nodes that are not there, not ready, and not in the stack file", () => {
    expect(found(well(["node node-1 True", "node node-3 Unknown", "node old-1 True"]))).toEqual([
        "control-plane: node-2 is no node of the cluster; a node that is ready",
        "control-plane: node-3 is not ready; a node that is ready",
        "control-plane: old-1 is a node, and no host of the stack file; the hosts of the stack file alone",
    ]);
});

it("tells of an API that does not answer, and of a kubeconfig that others read", () => {
    const said = `binary ${hash}  /usr/local/bin/k3s\nkubeconfig 644 root\nsilent\n`;
    expect(found(said)).toEqual([
        "control-plane: /etc/rancher/k3s/k3s.yaml is 644 root; 600 root: whoever reads it may do everything in Kubernetes",
        "control-plane: the API of Kubernetes does not answer; every node is ready",
    ]);
});

it("asks the first server alone for the nodes", () => {
    const ask = (host: typeof first) => (host === undefined ? "" : kubernetes.ask(host));
    expect(ask(first)).toContain("get nodes");
    expect(ask(second)).toContain("sha256sum");
    expect(ask(second)).not.toContain("get nodes");
});
