import { nodesOf } from "../../../model/k3s-nodes";
import { hubPurposeLabel } from "../../../model/machines";
import type { K3sVmsSpec } from "../../../model/spec/vms";
import type { KeptFile } from "../remote-file";

/** Where k3s reads, on each host. */
export const k3sPaths = {
    config: "/etc/rancher/k3s/config.yaml",
    token: "/etc/rancher/k3s/token",
    agentToken: "/etc/rancher/k3s/agent-token",
    admission: "/etc/rancher/k3s/admission.yaml",
    audit: "/etc/rancher/k3s/audit.yaml",
    kubeconfig: "/etc/rancher/k3s/k3s.yaml",
    kernel: "/etc/sysctl.d/90-steward-k3s.conf",
    auditLog: "/var/lib/rancher/k3s/server/logs/audit.log",
} as const;

export type NodeKind = "server" | "agent";

/** The unit that the official installer makes. */
export const unitOf = (kind: NodeKind): string => (kind === "server" ? "k3s" : "k3s-agent");

/** What a node reads, but for the token: by what it is. */
export function nodeFiles(name: string, kind: NodeKind, vms: K3sVmsSpec) {
    const own = (path: string, content: string) => ({ path, content, mode: "600" }) as const;
    return {
        settings: own(k3sPaths.config, nodeSettings(name, kind, vms)),
        ...(kind === "server" && {
            admission: own(k3sPaths.admission, admissionSettings),
            audit: own(k3sPaths.audit, auditSettings),
        }),
    } satisfies Readonly<Record<string, KeptFile>>;
}

/** The first server's address is where a node asks to be let in. */
export const serverUrl = ({ hosts, k3s }: K3sVmsSpec): string =>
    `https://${hosts[k3s.servers[0] ?? ""]?.address ?? ""}:6443`;

/**
 * The settings of one node, as YAML: JSON is YAML too. Owners are no part of them, since a node is started anew when
 * they change; labels of owners are written onto the node when it stands.
 *
 * @see https://docs.k3s.io/installation/configuration#configuration-file
 * @see https://docs.k3s.io/security/hardening-guide
 */
export function nodeSettings(name: string, kind: NodeKind, vms: K3sVmsSpec): string {
    const address = vms.hosts[name]?.address ?? "";
    const settings = {
        "node-name": name,
        "node-ip": address,
        "token-file": k3sPaths.token,
        "node-label": [`${hubPurposeLabel}=${kind === "server" ? "core" : "user"}`],
        "protect-kernel-defaults": true,
        "kubelet-arg": ["streaming-connection-idle-timeout=5m"],
        ...(kind === "server" ? serverSettings(name, vms) : { server: serverUrl(vms) }),
    };
    return `${JSON.stringify(settings, undefined, 4)}\n`;
}

function serverSettings(name: string, vms: K3sVmsSpec) {
    const { podCidr, serviceCidr, snapshots, tlsNames } = vms.k3s;
    const { servers } = nodesOf(vms);
    const reached = servers.flatMap((each) => {
        const { address, reachedAt } = vms.hosts[each] ?? {};
        return [address, reachedAt].filter((one) => one !== undefined);
    });
    const { everyHours, keep } = snapshots;
    return {
        // etcd for one server too: it has snapshots, and may become three.
        ...(name === servers[0] ? { "cluster-init": true } : { server: serverUrl(vms) }),
        "agent-token-file": k3sPaths.agentToken,
        "tls-san": [...new Set([...reached, ...tlsNames])],
        "write-kubeconfig-mode": "0600",
        "secrets-encryption": true,
        // AES-CBC, which k3s takes else, does not notice what was changed:
        // https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/#providers
        "secrets-encryption-provider": "secretbox",
        "cluster-cidr": podCidr,
        "service-cidr": serviceCidr,
        // The gateway is the workload's own, and every volume is made here, with an owner.
        disable: ["traefik", "local-storage"],
        "disable-helm-controller": true,
        "etcd-snapshot-schedule-cron":
            everyHours === 24 ? "0 3 * * *" : `0 */${String(everyHours)} * * *`,
        "etcd-snapshot-retention": keep,
        "kube-apiserver-arg": [
            `admission-control-config-file=${k3sPaths.admission}`,
            `audit-policy-file=${k3sPaths.audit}`,
            `audit-log-path=${k3sPaths.auditLog}`,
            "audit-log-maxage=30",
            "audit-log-maxbackup=10",
            "audit-log-maxsize=100",
        ],
        "kube-controller-manager-arg": ["terminated-pod-gc-threshold=100"],
    };
}

/** A namespace that says nothing takes no pod with any right; each of ours says what it takes. */
export const admissionSettings = `${JSON.stringify(
    {
        apiVersion: "apiserver.config.k8s.io/v1",
        kind: "AdmissionConfiguration",
        plugins: [
            {
                name: "PodSecurity",
                configuration: {
                    apiVersion: "pod-security.admission.config.k8s.io/v1",
                    kind: "PodSecurityConfiguration",
                    defaults: Object.fromEntries(
                        ["enforce", "audit", "warn"].flatMap((mode) => [
                            [mode, "restricted"],
                            [`${mode}-version`, "latest"],
                        ]),
                    ),
                    // Its own DNS, balancer and measurements.
                    exemptions: { namespaces: ["kube-system"] },
                },
            },
        ],
    },
    undefined,
    4,
)}\n`;

/** Who changed what; neither who looked, nor what a Secret holds. */
export const auditSettings = `${JSON.stringify(
    {
        apiVersion: "audit.k8s.io/v1",
        kind: "Policy",
        omitStages: ["RequestReceived"],
        rules: [{ level: "None", verbs: ["get", "list", "watch"] }, { level: "Metadata" }],
    },
    undefined,
    4,
)}\n`;

/** What the kubelet insists on, and would not change by itself. https://docs.k3s.io/security/hardening-guide */
export const kernelSettings = [
    "# Kept by Steward: changes by hand are undone.",
    "vm.panic_on_oom = 0",
    "vm.overcommit_memory = 1",
    "kernel.panic = 10",
    "kernel.panic_on_oops = 1",
    "kernel.keys.root_maxkeys = 1000000",
    "kernel.keys.root_maxbytes = 25000000",
    "",
].join("\n");

/** How the kernel of a node is set, before k3s starts. */
export const kernelFile: KeptFile = { path: k3sPaths.kernel, content: kernelSettings };
