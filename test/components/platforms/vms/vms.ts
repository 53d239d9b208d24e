import * as pulumi from "@pulumi/pulumi";
import { buildCluster } from "../../../../components/build-cluster";
import type { VmsCommcareSpec } from "../../../../components/model/spec";
import { isVmsMachines, parseSpec } from "../../../../components/model/spec";
import { decode } from "../../../../rehearsal/provider/values";
import { recordResources, settled } from "../../../support/record-resources";
import { stackConfig } from "../../../support/stack-file";

/** The spec of the stack of hosts, with something else under `steward:vms`, and under `steward:commcare`. */
export function vmsSpec(
    change: Record<string, unknown> = {},
    ofCommcare: Record<string, unknown> = {},
): VmsCommcareSpec {
    const config = stackConfig("commcare-vms");
    const vms = { ...(config["vms"] as object), ...change };
    const commcare = { ...(config["commcare"] as object), ...ofCommcare };
    const { spec, problems } = parseSpec({ ...config, vms, commcare });
    if (spec === undefined || !isVmsMachines(spec)) throw new Error(JSON.stringify(problems));
    return spec;
}

/** Under `steward:` of a stack for so few users that one host carries them. */
export function oneHostConfig(change: Record<string, unknown> = {}): Record<string, unknown> {
    const config = stackConfig("commcare-vms");
    const { hosts, ...vms } = config["vms"] as { hosts: Record<string, Record<string, unknown>> };
    const { plan: _, ...commcare } = config["commcare"] as Record<string, unknown>;
    return {
        ...config,
        vms: { ...vms, hosts: { "server-a1": { ...hosts["web-a1"], ...change } } },
        commcare: { ...commcare, users: 1_200, availability: "single" },
    };
}

/** The spec of that; `change` is laid over the host. */
export function oneHost(change: Record<string, unknown> = {}): VmsCommcareSpec {
    const { spec, problems } = parseSpec(oneHostConfig(change));
    if (spec === undefined || !isVmsMachines(spec)) throw new Error(JSON.stringify(problems));
    return spec;
}

export const privateKey = "a private key";

const secrets = {
    privateKey,
    backupsPassword: "of the copies",
    backupsPrivateKey: "of the machine with the copies",
    backupsRestPassword: "of rest",
    backupsAccessKeyId: "of S3",
    backupsSecretAccessKey: "it's",
    disksKey: "of the disks",
    vaultPassword: "of the vault",
    vault: "$ANSIBLE_VAULT;1.1;AES256\nthe vault",
};

/** What a provider makes of the control machine's key. */
export const madeKeys = {
    "tls:index/privateKey:PrivateKey": () => ({
        publicKeyOpenssh: "ssh-ed25519 AAAAcontrol\n",
        privateKeyOpenssh: "the control machine's private key",
    }),
} as const;

/** Everything that is registered for such a stack; secrets as they are, and which inputs hold one. */
export async function builtOnHosts(spec: VmsCommcareSpec) {
    const { resources } = await recordResources({ outputs: madeKeys });
    await buildCluster(spec, {
        hosts: Object.fromEntries(
            Object.entries(secrets).map(([key, text]) => [key, pulumi.secret(text)]),
        ),
    });
    await settled();
    return resources.map(({ type, name, inputs }) => {
        const { props, secrets } = decode(inputs);
        return { type, name, inputs: props, secrets: [...secrets] };
    });
}

/** What a command has as one of its inputs, where that is a text. */
export function textIn(inputs: Readonly<Record<string, unknown>> | undefined, key: string): string {
    const value = inputs?.[key];
    return typeof value === "string" ? value : "";
}
