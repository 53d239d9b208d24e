import * as remote from "@pulumi/command/remote";
import * as pulumi from "@pulumi/pulumi";
import type { K3sVmsSpec } from "../../../model/spec/vms";
import type { OnLayer, RemoteHost } from "../remote-host";
import { asRoot } from "../shell";
import { k3sPaths, serverUrl } from "./settings";

/** Where whoever deploys reaches the API: not by the address that hosts have for one another, where they differ. */
export function apiServer(vms: K3sVmsSpec): string {
    const first = vms.hosts[vms.k3s.servers[0] ?? ""];
    const { reachedAt } = first ?? {};
    return (
        vms.k3s.apiServer ??
        (reachedAt === undefined ? serverUrl(vms) : `https://${reachedAt}:6443`)
    );
}

/**
 * How Kubernetes is entered: as its administrator, whose certificate k3s makes for a year and makes anew whenever it
 * is started in the last months of it. So it is read again with each release.
 *
 * @returns a secret kubeconfig as JSON, which is YAML too.
 */
export function readKubeconfig(
    name: string,
    host: RemoteHost,
    vms: K3sVmsSpec,
    opts: OnLayer,
): pulumi.Output<string> {
    const path = k3sPaths.kubeconfig;
    const script = asRoot(
        host.user,
        `# of ${vms.k3s.version}
grep -q client-key-data ${path} || { echo "k3s has written no ${path}" >&2; exit 1; }
cat ${path}`,
    );
    const { stdout } = new remote.Command(
        name,
        {
            connection: host.connection,
            create: script,
            update: script,
            logging: remote.Logging.None,
            addPreviousOutputInEnv: false,
        },
        { ...opts, additionalSecretOutputs: ["stdout", "stderr"] },
    );
    return pulumi.secret(stdout.apply((text) => kubeconfigFrom(text, apiServer(vms))));
}

/** The same key and authority, at another address: the host's own is 127.0.0.1. */
export function kubeconfigFrom(text: string, server: string): string {
    const valueOf = (key: string) => {
        const value = new RegExp(`\\b${key}:\\s*(\\S+)`).exec(text)?.[1];
        return value === undefined ? {} : { [key]: value };
    };
    const name = "k3s";
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": name,
        contexts: [{ name, context: { cluster: name, user: name } }],
        clusters: [{ name, cluster: { server, ...valueOf("certificate-authority-data") } }],
        users: [
            {
                name,
                user: { ...valueOf("client-certificate-data"), ...valueOf("client-key-data") },
            },
        ],
    });
}
