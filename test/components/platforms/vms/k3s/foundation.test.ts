import { textIn } from "../vms";
import { builtCampus, campus, privateKey, specOf } from "./cluster";

jest.setTimeout(60_000); // two whole stacks, with the SDK of Kubernetes

// What is registered for hubs on three hosts. What it does on a host, test/hosts/k3s.test.ts shows, up to the download.

type Built = Awaited<ReturnType<typeof builtCampus>>["built"];

const command = "command:remote:Command";
let built: Built;

beforeAll(async () => {
    ({ built } = await builtCampus(specOf(campus())));
});

const named = (name: string, all: Built = built) => {
    const found = all.find((each) => each.name === name && each.type === command);
    if (found === undefined) throw new Error(`nothing is called ${name}`);
    return found.inputs;
};
const settingsOf = (name: string, all: Built = built) =>
    JSON.parse(textIn(named(name, all), "stdin").replace(/^\d+\n/, "")) as Record<string, unknown>;

it("gives each host what every host has, and Kubernetes by its own layer", () => {
    const of = (host: string) =>
        built
            .filter(({ type, name }) => type.startsWith("steward:vms:") && name.endsWith(host))
            .map(({ type, name }) => `${type} ${name}`)
            .sort();
    expect(of("-node-2")).toEqual([
        "steward:vms:Backups backups-node-2",
        "steward:vms:HostMonitoring monitoring-alerts-node-2",
        "steward:vms:Hosting hosting-node-2",
        "steward:vms:IntrusionDetection security-abuse-node-2",
        "steward:vms:Names dns-domain-node-2",
        "steward:vms:Network network-node-2",
        "steward:vms:OperatingSystem operating-system-node-2",
        "steward:vms:Patching patching-node-2",
        "steward:vms:Server control-plane-node-2",
    ]);
});

it("has the first server begin the cluster, and the others join it", () => {
    const [first, second] = ["node-1", "node-2"].map((node) =>
        settingsOf(`control-plane-${node}-settings`),
    );
    expect(first).toEqual({
        "node-name": "node-1",
        "node-ip": "192.0.2.21",
        "token-file": "/etc/rancher/k3s/token",
        "node-label": ["hub.jupyter.org/node-purpose=core"],
        "protect-kernel-defaults": true,
        "kubelet-arg": ["streaming-connection-idle-timeout=5m"],
        "cluster-init": true,
        "agent-token-file": "/etc/rancher/k3s/agent-token",
        "tls-san": ["192.0.2.21", "192.0.2.22", "192.0.2.23", "kubernetes.campus.example.org"],
        "write-kubeconfig-mode": "0600",
        "secrets-encryption": true,
        "secrets-encryption-provider": "secretbox",
        "cluster-cidr": "10.42.0.0/16",
        "service-cidr": "10.43.0.0/16",
        disable: ["traefik", "local-storage"],
        "disable-helm-controller": true,
        "etcd-snapshot-schedule-cron": "0 */6 * * *",
        "etcd-snapshot-retention": 28,
        "kube-apiserver-arg": [
            "admission-control-config-file=/etc/rancher/k3s/admission.yaml",
            "audit-policy-file=/etc/rancher/k3s/audit.yaml",
            "audit-log-path=/var/lib/rancher/k3s/server/logs/audit.log",
            "audit-log-maxage=30",
            "audit-log-maxbackup=10",
            "audit-log-maxsize=100",
        ],
        "kube-controller-manager-arg": ["terminated-pod-gc-threshold=100"],
    });
    const { "cluster-init": begins, ...same } = first ?? {};
    expect(begins).toBe(true);
    expect(second).toEqual({
        ...same,
        "node-name": "node-2",
        "node-ip": "192.0.2.22",
        server: "https://192.0.2.21:6443",
    });
});

it("makes every other host an agent, which runs users' servers and knows nothing of the control plane", async () => {
    const agents = campus({}, { servers: ["node-1"], volumes: volumesOn("node-1", "node-2") });
    const { built: all } = await builtCampus(specOf(agents));
    expect(settingsOf("node-pools-node-2-settings", all)).toEqual({
        "node-name": "node-2",
        "node-ip": "192.0.2.22",
        "token-file": "/etc/rancher/k3s/token",
        "node-label": ["hub.jupyter.org/node-purpose=user"],
        "protect-kernel-defaults": true,
        "kubelet-arg": ["streaming-connection-idle-timeout=5m"],
        server: "https://192.0.2.21:6443",
    });
    expect(textIn(named("node-pools-node-2-k3s", all), "create")).toContain(
        "INSTALL_K3S_EXEC=agent",
    );
    expect(all.filter(({ name }) => /node-pools-.*-(admission|audit)/.test(name))).toEqual([]);
    // Who takes an agent over has nothing by which a server is let in.
    const knows = (host: string, token: string) =>
        all
            .filter(({ name, inputs }) => name.includes(host) && carries(inputs, `of ${token}`))
            .map(({ name }) => name);
    expect(knows("node-2", "control-plane-agent-token")).toEqual(["node-pools-node-2-token"]);
    expect(knows("node-2", "control-plane-token")).toEqual([]);
    expect(knows("node-1", "control-plane-token")).toEqual(["control-plane-node-1-token"]);
    expect(placing(all)).toEqual(["require", "require"]);
    expect(placing(built)).toEqual(["require", "ignore"]);
});

const carries = (inputs: Built[number]["inputs"], words: string) =>
    typeof inputs["stdin"] === "string" && inputs["stdin"].includes(words);

const volumesOn = (server: string, agent: string) => ({
    hub: { homes: { host: server, device: "/dev/vg/hub" } },
    staging: { homes: { host: agent } },
});

/** Where the hub's own pods and users' servers have to run, as its chart is told. */
function placing(all: Built): unknown[] {
    const { inputs } = all.find(({ name }) => name === "hub-hub-chart") ?? {};
    const { scheduling } = (inputs as unknown as { values: { scheduling: Placed } }).values;
    return [scheduling.corePods, scheduling.userPods].map(
        ({ nodeAffinity }) => nodeAffinity.matchNodePurpose,
    );
}
type Placed = Record<"corePods" | "userPods", { nodeAffinity: { matchNodePurpose: string } }>;

it("has no key, token or password in a command or in clear", () => {
    const commands = built.filter(({ type }) => type === command);
    expect(commands.length).toBeGreaterThan(60);
    for (const { name, inputs, secrets } of commands) {
        const { connection, stdin, ...rest } = inputs;
        expect([name, connection]).toEqual([name, expect.objectContaining({ privateKey })]);
        expect(JSON.stringify(rest)).not.toMatch(
            /a private key|of control-plane-(agent-)?token|of the relay/,
        );
        expect("triggers" in rest).toBe(false);
        if (/of control-plane-(agent-)?token/.test(JSON.stringify(stdin ?? ""))) {
            expect([name, secrets]).toEqual([name, expect.arrayContaining(["stdin"])]);
            expect(textIn(inputs, "create")).toContain("chmod 600");
        }
    }
    const tokens = commands.filter(({ inputs }) => textIn(inputs, "stdin").includes("of control"));
    expect(tokens.map(({ name }) => name).sort()).toEqual(
        ["node-1", "node-2", "node-3"].flatMap((node) => [
            `control-plane-${node}-agent-token`,
            `control-plane-${node}-token`,
        ]),
    );
});

it("reads how Kubernetes is entered as a secret, at the address of whoever deploys", async () => {
    const { kubeconfig } = (
        built.find(({ type }) => type === "pulumi:providers:kubernetes") ?? { inputs: {} }
    ).inputs as { kubeconfig?: string };
    expect(JSON.parse(kubeconfig ?? "{}")).toMatchObject({
        clusters: [
            {
                cluster: {
                    server: "https://192.0.2.21:6443",
                    "certificate-authority-data": "QXV0aG9yaXR5",
                },
            },
        ],
        users: [
            { user: { "client-certificate-data": "Q2VydGlmaWNhdGU=", "client-key-data": "S2V5" } },
        ],
    });
    const provider = built.find(({ type }) => type === "pulumi:providers:kubernetes");
    expect(provider?.secrets).toContain("kubeconfig");
    const tunnel = campus({}, { apiServer: "https://127.0.0.1:6443" });
    const { built: through } = await builtCampus(specOf(tunnel));
    expect(JSON.stringify(through.map(({ inputs }) => inputs["kubeconfig"]))).toContain(
        "https://127.0.0.1:6443",
    );
});

it("writes the owner onto each node, by a server, whoever the node belongs to", () => {
    const owner = named("control-plane-node-3-owner");
    expect(owner["connection"]).toMatchObject({ host: "192.0.2.21" });
    expect(textIn(owner, "create")).toMatch(
        /kubectl label --overwrite node node-3 .*owner-role=site-reliability-engineer/,
    );
});

it("puts what hubs keep on single hosts, with their owners and protected from deletion", () => {
    const volumes = built.filter(({ type }) => type === "kubernetes:core/v1:PersistentVolume");
    const placed = volumes.map(({ inputs }) => {
        const { metadata, spec } = inputs as unknown as Volume;
        const node = spec.nodeAffinity?.required.nodeSelectorTerms[0]?.matchExpressions[0]?.values;
        return [metadata.name, metadata.labels["owner-layer"], node?.[0], spec.local?.path];
    });
    expect(placed.sort()).toEqual([
        ["hub-homes-homes", "home-storage", undefined, undefined], // by NFS, from the server on the disk
        ["hub-hub-database", "hub-database", "node-2", "/var/lib/steward/hubs/hub/database"],
        ["monitoring-alertmanager", "monitoring-alerts", "node-1", monitoringAt("alertmanager")],
        ["monitoring-prometheus", "monitoring-alerts", "node-1", monitoringAt("prometheus")],
        ["staging-homes-local", "home-storage", "node-3", "/var/lib/steward/hubs/staging/homes"],
        [
            "staging-hub-database",
            "hub-database",
            "node-3",
            "/var/lib/steward/hubs/staging/database",
        ],
    ]);
});

const monitoringAt = (claim: string) => `/var/lib/steward/hubs/monitoring/${claim}`;

interface Volume {
    readonly metadata: { readonly name: string; readonly labels: Record<string, string> };
    readonly spec: {
        readonly local?: { readonly path: string };
        readonly nodeAffinity?: {
            readonly required: {
                readonly nodeSelectorTerms: readonly {
                    readonly matchExpressions: readonly { readonly values: readonly string[] }[];
                }[];
            };
        };
    };
}

it("has an account for each person that the stack file names, and none by itself", async () => {
    const operators = [{ name: "adiallo", sshKey: "ssh-ed25519 AAAA adiallo" }];
    const { built: all } = await builtCampus(specOf(campus({ operators })));
    const people = (from: typeof all) =>
        from.flatMap(({ name }) => (name.includes("-node-2-people-") ? [name] : []));
    expect(people(all)).toEqual([
        "operating-system-node-2-people-sudo",
        "operating-system-node-2-people-adiallo",
    ]);
    expect(people(built)).toEqual([]);
});

it("lets the pods that ask Kubernetes reach it where k3s answers, and the monitoring every node", async () => {
    const policies = built.filter(({ type }) => type.endsWith(":NetworkPolicy"));
    const reaches = (port: number) =>
        policies.flatMap(({ inputs }) => {
            const { metadata, spec } = inputs as unknown as Policy;
            const rules = (spec.egress ?? []).filter(({ ports = [] }) =>
                ports.some((each) => each.port === port),
            );
            const to = rules.flatMap((rule) => (rule.to ?? []).map((peer) => peer.ipBlock?.cidr));
            return to.length === 0 ? [] : [[metadata.name, to.join(" ")]];
        });
    const servers = "192.0.2.21/32 192.0.2.22/32 192.0.2.23/32";
    expect(reaches(6443).sort()).toEqual([
        ["cert-manager", servers],
        ["gateway", servers],
        ["kube-state-metrics", servers],
        ["prometheus", servers],
        ["user-scheduler", servers],
        ["user-scheduler", servers],
    ]);
    // The hosts of the stack have public addresses: ranges of private ones would not do.
    const nodes = `10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 ${servers}`;
    expect(reaches(9100)).toEqual([["prometheus", nodes]]);
    const one = campus({}, { servers: ["node-1"], volumes: volumesOn("node-1", "node-2") });
    const { built: fewer } = await builtCampus(specOf(one));
    const text = JSON.stringify(
        fewer.filter(
            ({ type, name }) => type.endsWith(":NetworkPolicy") && name.includes("gateway"),
        ),
    );
    expect(text).toContain('"192.0.2.21/32"');
    expect(text).not.toContain('"192.0.2.22/32"');
});

interface Policy {
    readonly metadata: { readonly name: string };
    readonly spec: {
        readonly egress?: readonly {
            readonly to?: readonly { readonly ipBlock?: { readonly cidr: string } }[];
            readonly ports?: readonly { readonly port: number }[];
        }[];
    };
}
