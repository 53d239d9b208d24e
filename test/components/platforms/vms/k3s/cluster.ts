import * as pulumi from "@pulumi/pulumi";
import { buildCluster } from "../../../../../components/build-cluster";
import type { VmsClusterSpec } from "../../../../../components/model/spec";
import { isVmsHubs, parseSpec } from "../../../../../components/model/spec";
import { decode } from "../../../../../rehearsal/provider/values";
import { recordResources, settled } from "../../../../support/record-resources";
import { stackConfig } from "../../../../support/stack-file";

type Section = Record<string, unknown>;

/** The stack of hubs on hosts, under `steward:`; with something else in `steward:vms` and in its `k3s`. */
export function campus(vms: Section = {}, k3s: Section = {}): Section {
    const config = stackConfig("jupyterhub-vms");
    const own = config["vms"] as Section;
    const both = { ...(own["k3s"] as Section), ...k3s };
    return { ...config, vms: { ...own, ...vms, k3s: both } };
}

export function specOf(config: Section): VmsClusterSpec {
    const { spec, problems } = parseSpec(config);
    if (spec === undefined || !isVmsHubs(spec)) throw new Error(JSON.stringify(problems));
    return spec;
}

/** A kubeconfig as k3s writes it, with texts that are no keys. */
export const kubeconfig = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: QXV0aG9yaXR5
    server: https://127.0.0.1:6443
  name: default
users:
- name: default
  user:
    client-certificate-data: Q2VydGlmaWNhdGU=
    client-key-data: S2V5
`;

export const privateKey = "a private key";

/** Everything that is registered for it; secrets as they are, and which inputs hold one. */
export async function builtCampus(spec: VmsClusterSpec) {
    const { resources } = await recordResources({
        outputs: {
            "command:remote:Command": ({ name }) => ({
                stdout: name.endsWith("-kubeconfig") ? kubeconfig : "changed",
                stderr: "",
            }),
            "random:index/randomPassword:RandomPassword": ({ name }) => ({ result: `of ${name}` }),
        },
    });
    const secret = (key: string) => ({ oauthClientSecret: pulumi.secret(`${key} client secret`) });
    const outputs = await buildCluster(spec, {
        hosts: { privateKey: pulumi.secret(privateKey) },
        alerts: {
            smtpPassword: pulumi.secret("of the relay"),
            heartbeatUrl: pulumi.secret("https://beats.example.org/1"),
        },
        hub: secret("hub"),
        staging: secret("staging"),
    });
    await settled();
    const built = resources.map(({ type, name, inputs }) => {
        const { props, secrets } = decode(inputs);
        return { type, name, inputs: props, secrets: [...secrets] };
    });
    return { built, outputs };
}
