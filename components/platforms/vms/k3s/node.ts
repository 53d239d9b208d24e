import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { K3sVmsSpec } from "../../../model/spec/vms";
import { contactAnnotation } from "../../../model/tags";
import type { RemoteFileArgs } from "../remote-file";
import { remoteFile } from "../remote-file";
import type { Done, RemoteHost, Steps } from "../remote-host";
import { allOf, onHost } from "../remote-host";
import { remotePackages } from "../remote-packages";
import { quote } from "../shell";
import { installSteps } from "./install";
import type { NodeKind } from "./settings";
import { k3sPaths, kernelFile, nodeFiles, unitOf } from "./settings";
import type { Tokens } from "./token";

export interface NodeArgs extends LayerArgs {
    readonly kind: NodeKind;
    readonly host: RemoteHost;
    readonly vms: K3sVmsSpec;
    readonly tokens: Tokens;
    /** Whoever has the rights to write labels onto nodes. */
    readonly firstServer: RemoteHost;
    /** The host itself, and the node before this one: one after the other is made or made anew. */
    readonly after: readonly Done[];
}

/** What nodes need of their system: to fetch, to mount homes, and to make and check a disk of them. */
const packages = ["curl", "ca-certificates", "nfs-common", "xfsprogs", "nftables"];

/**
 * Mounting homes brings in what maps ports for NFS 3, open on every address; homes are NFS 4.1, which asks for none.
 */
const withoutPortmapper: Steps = {
    bring: `
off() { [ "$(systemctl is-enabled rpcbind.socket 2>/dev/null)" = masked ] && ! systemctl --quiet is-active rpcbind.socket rpcbind.service; }
if off; then echo unchanged; exit; fi
systemctl --quiet mask --now rpcbind.socket rpcbind.service
echo changed`,
    undo: "systemctl --quiet unmask rpcbind.socket rpcbind.service",
};

/** One node of the cluster: its settings, k3s on it, and its owner as labels that Kubernetes shows. */
export class Node extends Layer {
    /** When Kubernetes counts it in. */
    readonly joined: Done;

    constructor(name: string, args: NodeArgs, opts: pulumi.ComponentResourceOptions) {
        super(`steward:vms:${args.kind === "server" ? "Server" : "Agent"}`, name, args, opts);
        const { kind, host, vms, after } = args;
        const waiting = { parent: this, dependsOn: allOf(after) };
        const closed = onHost(`${name}-portmapper`, host, withoutPortmapper, waiting);
        const tools = remotePackages(`${name}-tools`, host, packages, {
            parent: this,
            dependsOn: allOf([closed]),
        });
        const restart = `if systemctl --quiet is-active ${unitOf(kind)}; then systemctl restart ${unitOf(kind)}; fi`;
        const files: Readonly<Record<string, RemoteFileArgs>> = {
            token: { path: k3sPaths.token, content: args.tokens[kind], mode: "600" },
            ...(kind === "server" && {
                "agent-token": {
                    path: k3sPaths.agentToken,
                    content: args.tokens.agent,
                    mode: "600",
                },
            }),
            ...nodeFiles(host.name, kind, vms),
        };
        const written = Object.entries(files).map(([noun, file]) =>
            remoteFile(`${name}-${noun}`, host, { ...file, reload: restart }, waiting),
        );
        const sysctl = { ...kernelFile, reload: "systemctl restart systemd-sysctl" };
        const kernel = remoteFile(`${name}-kernel`, host, sysctl, waiting);
        const peers = vms.k3s.servers.filter((each) => each !== host.name);
        const installed = onHost(
            `${name}-k3s`,
            host,
            installSteps({
                kind,
                layer: this.owner.layer,
                k3s: vms.k3s,
                ...(host.name === vms.k3s.servers[0] && {
                    beginsBeside: peers.flatMap((each) => vms.hosts[each]?.address ?? []),
                }),
            }),
            {
                parent: this,
                dependsOn: allOf([tools, kernel, ...written]),
                // A server that is given up takes its copy of what Kubernetes knows out of the count.
                ...(kind === "server" && { protect: true }),
            },
        );
        this.joined = onHost(`${name}-owner`, args.firstServer, this.#ownerOf(host.name), {
            parent: this,
            dependsOn: allOf([installed]),
        });
        this.registerOutputs();
    }

    /**
     * Waits until Kubernetes counts the node in, and writes the owner onto it. By a server, since a node may not
     * write labels of its own choice; whoever takes the node away says `kubectl delete node`.
     */
    #ownerOf(node: string): Steps {
        const labels = Object.entries(this.labels()).map(([key, value]) =>
            quote(`${key}=${value}`),
        );
        const note = quote(`${contactAnnotation}=${this.owner.contact}`);
        const bring = `
kubectl() { /usr/local/bin/k3s kubectl --kubeconfig ${k3sPaths.kubeconfig} "$@"; }
said() { kubectl get node ${node} --output 'jsonpath={.metadata.labels}{.metadata.annotations}'; }
tries=0
until kubectl get node ${node} >/dev/null 2>&1; do
    tries=$((tries + 1)); [ "$tries" -lt 60 ] || { echo "${node} has not joined after 5 minutes" >&2; exit 1; }
    sleep 5
done
kubectl wait --for condition=Ready --timeout 300s node/${node} >&2
before=$(said)
kubectl label --overwrite node ${node} ${labels.join(" ")} >&2
kubectl annotate --overwrite node ${node} ${note} >&2
if [ "$(said)" = "$before" ]; then echo unchanged; else echo changed; fi`;
        return { bring, undo: ":" };
    }
}
