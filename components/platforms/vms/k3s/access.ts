import { Provider } from "@pulumi/kubernetes/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { K3sVmsSpec } from "../../../model/spec/vms";
import type { Done, RemoteHost } from "../remote-host";
import { allOf } from "../remote-host";
import { readKubeconfig } from "./kubeconfig";

export interface AccessArgs extends LayerArgs {
    /** The server that began the cluster. */
    readonly host: RemoteHost;
    readonly vms: K3sVmsSpec;
    readonly after: readonly Done[];
}

/** The part of the control plane layer by which Kubernetes is entered. */
export class Access extends Layer {
    /** Secret. */
    readonly kubeconfig: pulumi.Output<string>;
    readonly kubernetes: Provider;

    constructor(name: string, args: AccessArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Access", name, args, opts);
        const { host, vms, after } = args;
        this.kubeconfig = readKubeconfig(`${name}-${host.name}-kubeconfig`, host, vms, {
            parent: this,
            dependsOn: allOf(after),
        });
        this.kubernetes = new Provider(
            `${name}-kubernetes`,
            {
                kubeconfig: this.kubeconfig,
                deleteUnreachable: false, // a network that fails must not empty the state
                // Otherwise every change of a chart's values replaces its Secrets and ConfigMaps.
                enableSecretMutable: true,
                enableConfigMapMutable: true,
            },
            { parent: this },
        );
        this.registerOutputs();
    }
}
