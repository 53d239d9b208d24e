import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { kubeconfigFrom } from "../../components/platforms/vms/k3s/kubeconfig";
import { kubeconfig } from "../components/platforms/vms/k3s/cluster";
import { perform, stepsOf, token } from "./k3s";
import type { Step } from "./steps";
import type { Inventory } from "./laboratory";
import { ask, inventory, reset } from "./laboratory";

// What a node gets, up to the download of k3s: hosts of the laboratory have no way out. Not proven here: that the
// official installer runs and k3s starts, that nodes form a cluster, and that its balancer and its network of pods work
// behind the firewall.

jest.setTimeout(240_000);

let lab: Inventory;
let steps: Step[];

beforeAll(async () => {
    await reset("vm1", "vm2");
    lab = await inventory();
    steps = await stepsOf(lab);
});

const step = (name: string, all: readonly Step[] = steps): Step => {
    const found = all.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no step ${name}`);
    return found;
};

/** What is on a node before k3s is fetched. */
const before = ["tools", "token", "settings", "agent-token", "admission", "audit", "kernel"];

it("brings a node's settings about once, and nobody but root reads them", async () => {
    const all = before.map((noun) => step(`control-plane-node-1-${noun}`));
    for (const each of all)
        expect([each.name, await perform("create", each)]).toEqual([each.name, "changed"]);
    for (const each of all)
        expect([each.name, await perform("create", each)]).toEqual([each.name, "unchanged"]);
    expect(await ask("vm1", "stat -c '%a %U %n' /etc/rancher/k3s/*")).toBe(
        ["admission.yaml", "agent-token", "audit.yaml", "config.yaml", "token"]
            .map((file) => `600 root /etc/rancher/k3s/${file}`)
            .join("\n"),
    );
    expect(await ask("vm1", "cat /etc/rancher/k3s/token")).toBe(token);
    expect(await ask("vm1", "grep -c cluster-init /etc/rancher/k3s/config.yaml")).toBe("1");
    expect(await ask("vm1", `grep -rl ${token} /etc /var/lib/steward /root | sort`)).toBe(
        "/etc/rancher/k3s/agent-token\n/etc/rancher/k3s/token",
    );
    expect(
        await ask("vm1", "for each in curl mount.nfs mkfs.xfs; do command -v $each; done | wc -l"),
    ).toBe("3");
});

it("says what a host has to reach where it cannot fetch k3s, and leaves nothing half there", async () => {
    await expect(perform("create", step("control-plane-node-1-k3s"))).rejects.toThrow(
        "https://raw.githubusercontent.com/k3s-io/k3s/v1.36.4%2Bk3s1/install.sh cannot be fetched: let the host reach it, or name a mirror in steward:vms.k3s.mirror",
    );
    expect(await installed("vm1")).toBe("");
});

it("runs nothing that is another file than the stack file asks for", async () => {
    const wrong = "#!/bin/sh\ntouch /root/ran\n";
    const server = createServer((_, answer) => answer.end(wrong)).listen(0, lab.gateway);
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    try {
        const mirror = `http://${lab.gateway}:${String(port)}`;
        const [all, sum] = [await stepsOf(lab, { mirror }), createHash("sha256").update(wrong)];
        await expect(perform("create", step("control-plane-node-1-k3s", all))).rejects.toThrow(
            `${mirror}/v1.36.4%2Bk3s1/install.sh is another file than the stack file asks for, and was not run: its SHA-256 is ${sum.digest("hex")}, not 46177d4c`,
        );
    } finally {
        server.close();
    }
    expect(await ask("vm1", "ls /root")).toBe("");
    expect(await installed("vm1")).toBe("");
});

/** What of k3s is on a host, beside its settings. */
const installed = (host: string) =>
    ask(
        host,
        "find /usr/local/bin /var/lib/steward/k3s /etc/systemd/system -name '*k3s*' -type f -o -name install.sh -o -name '*.part'",
    );

it("begins no second cluster beside servers that run one", async () => {
    await perform("create", step("control-plane-node-2-tools"));
    const key = "-newkey rsa:2048 -nodes -keyout /tmp/key -out /tmp/certificate -subj /CN=k3s";
    await ask("vm2", `openssl req -x509 ${key} 2>/dev/null`);
    const answers = "openssl s_server -accept 6443 -www -key /tmp/key -cert /tmp/certificate";
    await ask("vm2", `systemd-run --unit pretended ${answers} 2>/dev/null`);
    await expect(perform("create", step("control-plane-node-1-k3s"))).rejects.toThrow(
        `this host knows no cluster, and ${lab.hosts[1]?.address ?? ""} runs one: name another server first in steward:vms.k3s.servers`,
    );
    await ask("vm2", "systemctl stop pretended");
});

it("reads a kubeconfig only where k3s has written one, and gives it the address that is reached", async () => {
    const read = step("control-plane-node-1-kubeconfig");
    await expect(perform("create", read)).rejects.toThrow(
        "k3s has written no /etc/rancher/k3s/k3s.yaml",
    );
    const written = Buffer.from(kubeconfig).toString("base64");
    await ask("vm1", "mkdir -p /etc/rancher/k3s");
    await ask("vm1", `echo ${written} | base64 -d >/etc/rancher/k3s/k3s.yaml`);
    const text = await perform("create", read);
    await ask("vm1", "rm /etc/rancher/k3s/k3s.yaml");
    expect(JSON.parse(kubeconfigFrom(text, "https://127.0.0.1:6443"))).toMatchObject({
        clusters: [
            {
                cluster: {
                    server: "https://127.0.0.1:6443",
                    "certificate-authority-data": "QXV0aG9yaXR5",
                },
            },
        ],
        users: [{ user: { "client-key-data": "S2V5" } }],
    });
});

it("closes a node to all but what pods and nodes need, and takes it as nftables does", async () => {
    for (const noun of ["nftables", "service"]) {
        await perform("create", step(`network-node-1-${noun}`));
    }
    for (const end of ["apply", "confirm", "sure"])
        await perform("create", step(`network-node-1-firewall-${end}`));
    // A pod, and two ports of the node that are led to it as Kubernetes leads them: the gateway's, and another's.
    await ask("vm1", pod);
    const reached = (port: number) =>
        fetch(`http://${lab.hosts[0]?.address ?? ""}:${String(port)}/`, {
            signal: AbortSignal.timeout(2_000),
        }).then(
            (answer) => answer.text(),
            () => "closed",
        );
    expect(await reached(80)).toBe("pod");
    expect(await reached(30_080)).toBe("closed");
    await ask("vm1", "nft delete table inet steward");
    expect(await reached(30_080)).toBe("pod");
});

const answering = `import http.server
class Pod(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"pod")
http.server.HTTPServer(("10.42.0.2", 8000), Pod).serve_forever()
`;

const pod = `
ip netns add pod
ip link add cni0 type veth peer name eth0 netns pod
ip address add 10.42.0.1/24 dev cni0; ip link set cni0 up
ip -n pod address add 10.42.0.2/24 dev eth0; ip -n pod link set eth0 up
ip -n pod route add default via 10.42.0.1
sysctl --quiet --write net.ipv4.ip_forward=1
nft 'table ip pods { chain in { type nat hook prerouting priority dstnat; tcp dport { 80, 30080 } dnat to 10.42.0.2:8000; }; }'
echo ${Buffer.from(answering).toString("base64")} | base64 -d >/root/pod.py
systemd-run --quiet --unit pod ip netns exec pod python3 /root/pod.py
tries=0
until curl --silent --output /dev/null http://10.42.0.2:8000/; do
    tries=$((tries + 1)); [ "$tries" -lt 30 ] || exit 1
    sleep 1
done`;

it("tells the exporter in the cluster how the host is, where that may ask neither systemd nor apt", async () => {
    for (const noun of ["folder", "measure", "measure-service", "units", "units-service"])
        await perform("create", step(`monitoring-alerts-node-1-${noun}`));
    await ask(
        "vm1",
        "systemd-run --quiet --unit 'a\\x2db' false; systemctl start steward-units steward-measure",
    );
    const folder = "/var/lib/prometheus/node-exporter";
    expect(await ask("vm1", `stat -c '%a %U %n' ${folder} ${folder}/*`)).toBe(
        [
            `755 root ${folder}`,
            `644 root ${folder}/steward-patches.prom`,
            `644 root ${folder}/steward-units.prom`,
        ].join("\n"),
    );
    const state = (unit: string, is: string, value: number) =>
        `node_systemd_unit_state{name="${unit}",state="${is}"} ${String(value)}`;
    const told = await ask("vm1", `grep -v '^#' ${folder}/steward-units.prom | grep -v rpc_pipefs`);
    // Of the needed ones nothing but the firewall has been brought to this host, which as a container mounts no pipes.
    expect(told.split("\n")).toEqual([
        state("auditd.service", "active", 0),
        state("fail2ban.service", "active", 0),
        state("steward-firewall.service", "active", 1),
        state("a\\\\x2db.service", "failed", 1), // a backslash is two in this form
    ]);
    expect(await ask("vm1", `grep -c ^steward_ ${folder}/steward-patches.prom`)).toBe("2");
});

it("gives homes no disk that is not there", async () => {
    await expect(perform("create", step("home-storage-hub-node-2-disk"))).rejects.toThrow(
        "/dev/disk/by-id/virtio-hub-homes is no disk of this host",
    );
});

it("makes directories for what hubs keep, and leaves them with what lies in them", async () => {
    const database = step("hub-database-hub-node-2-database");
    expect(await perform("create", database)).toBe("changed");
    expect(await perform("create", database)).toBe("unchanged");
    const path = "/var/lib/steward/hubs/hub/database";
    expect(await ask("vm2", `stat -c '%a %u:%g' ${path}; touch ${path}/kept`)).toBe(
        "2770 1000:1000",
    );
    await perform("delete", database);
    expect(await ask("vm2", `ls ${path}`)).toBe("kept");
});

it("is undone in the other order, and comes to nothing where nothing of k3s is", async () => {
    const all = [...before, "k3s"].map((noun) => step(`control-plane-node-1-${noun}`)).reverse();
    for (const each of all) await perform("delete", each);
    expect(await ask("vm1", "ls /etc/rancher/k3s /etc/sysctl.d")).not.toMatch(
        /config|token|steward/,
    );
});
