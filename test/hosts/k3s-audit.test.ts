import { createHash } from "node:crypto";
import { utils } from "ssh2";
import { entrance } from "../../components/platforms/vms/entrance";
import { auditHost } from "../../stacks/commands/audit/audit-hosts";
import { wantedHosts } from "../../stacks/commands/audit/wanted";
import { campusOn, perform, stepsOf } from "./k3s";
import type { Inventory } from "./laboratory";
import { ask, inventory, reset } from "./laboratory";

// What `audit --vms` finds on a host of hubs, and who signs in there. k3s is played, as hosts of the laboratory cannot
// fetch it: a program that answers as kubectl would, a unit by its name, and listeners on its ports.

jest.setTimeout(400_000);

const played = `#!/bin/sh
case "$*" in
    *"get nodes"*) cat /root/nodes ;;
    *) exec sleep infinity ;;
esac
`;
const binary = createHash("sha256").update(played).digest("hex");
const pair = utils.generateKeyPairSync("ed25519");
const operators = [{ name: "adiallo", sshKey: pair.public.trim() }];
const checksums = { script: "0".repeat(64), binary };

let lab: Inventory;
const changes = () => [{ checksums }, { operators, backups: undefined }] as const;

beforeAll(async () => {
    await reset("vm1");
    lab = await inventory();
    const all = await stepsOf(lab, ...changes());
    const here = all.filter(
        ({ name }) => name.includes("-node-1-") && !/-(k3s|owner|kubeconfig)$/.test(name),
    );
    for (const step of here) await perform("create", step);
    const file = (path: string, text: string, mode = "644") =>
        `echo ${Buffer.from(text).toString("base64")} | base64 -d >${path}; chmod ${mode} ${path}`;
    const unit = (command: string) =>
        `[Service]\nExecStart=${command}\n[Install]\nWantedBy=multi-user.target\n`;
    await ask(
        "vm1",
        [
            file("/usr/local/bin/k3s", played, "755"),
            file("/root/nodes", "node node-1 True\nnode node-2 True\nnode node-3 True\n"),
            file("/etc/rancher/k3s/k3s.yaml", "", "600"),
            file("/etc/systemd/system/k3s.service", unit("/usr/local/bin/k3s server")),
            "ln -s k3s /usr/local/bin/kubectl",
            "systemctl daemon-reload; systemctl --quiet enable --now k3s",
            ...[6443, 2379, 2380, 10_250, 10_256].map(
                (port) =>
                    `systemd-run --quiet --unit port-${String(port)} nc -4 -l -k ${String(port)}`,
            ),
            "systemctl reset-failed", // what no container can mount
            "unattended-upgrade", // what Debian mended since is a finding, and none of these tests
        ].join("\n"),
    );
    const k3s = all.find(({ name }) => name === "control-plane-node-1-k3s");
    if (k3s === undefined) throw new Error("no step for k3s");
    expect(await perform("create", k3s)).toBe("unchanged");
});

/** What the audit says of that host. */
async function found(): Promise<string[]> {
    const spec = campusOn(lab, ...changes());
    const { platform, matrix } = spec;
    const [wanted] = wantedHosts(spec, "test");
    if (wanted === undefined) throw new Error("no host");
    const login = entrance(wanted.name, platform.vms, lab.privateKey);
    const { answered, findings } = await auditHost(wanted, login, matrix);
    expect(answered).toBe(true);
    return findings.map(({ layer, contact, is }) => [layer, contact, is].join("; "));
}

it("finds nothing where all is as the stack file says", async () => {
    expect(await found()).toEqual([]);
});

it("names what somebody changed, each with its layer and whoever answers for it", async () => {
    await ask("vm1", "systemctl stop k3s; sed -i s/node-3/old-1/ /root/nodes");
    await ask("vm1", "echo '#' >>/usr/local/bin/k3s; chmod 644 /etc/rancher/k3s/k3s.yaml");
    await ask("vm1", "sed -i 's/node-name/node-names/' /etc/rancher/k3s/config.yaml");
    await ask("vm1", "sed -i '/ node-2 /d' /etc/hosts; useradd --groups steward-operators mallory");
    await ask("vm1", "systemd-run --quiet --unit stranger nc -4 -l -k 30080");
    const operator = "hub-operations@example.org";
    expect(await found()).toEqual(
        [
            "control-plane; /etc/rancher/k3s/config.yaml has other content",
            "control-plane; /usr/local/bin/k3s has other content",
            "control-plane; /usr/local/bin/kubectl has other content",
            "operating-system; mallory is in the group steward-operators, and may do everything",
            `dns-domain; /etc/hosts lacks "${lab.hosts[1]?.address ?? ""} node-2.campus.internal node-2 node-2-campus"`,
            "operating-system; nc listens on tcp 30080 (0.0.0.0)",
            "control-plane; k3s.service is inactive, enabled",
            "control-plane; /usr/local/bin/k3s is another file than that of the stack file's release",
            "control-plane; /etc/rancher/k3s/k3s.yaml is 644 root",
            "control-plane; node-3 is no node of the cluster",
            "control-plane; old-1 is a node, and no host of the stack file",
        ].map((line) => line.replace("; ", `; ${operator}; `)),
    );
});

it("lets its people in by their own keys, by whose names the hosts know each other", async () => {
    await ask("vm1", "userdel mallory");
    expect(await ask("vm1", "id -nG adiallo")).toBe("adiallo steward-operators");
    expect(await ask("vm1", "cat /etc/ssh/steward-keys/adiallo")).toBe(operators[0]?.sshKey);
    expect(await ask("vm1", "sudo -u adiallo sudo -n id -un")).toBe("root");
});

it("expects of k3s what its installer left, and nothing else that came beside it", async () => {
    // The look at what was there before: as if k3s had come since.
    const [taken, files] = ["/root/taken", "/usr/local/bin/k3s /usr/local/bin/kubectl"];
    await ask("vm1", `mkdir ${taken}; mv ${files} ${taken}; steward-files accept`);
    await ask("vm1", `mv ${taken}/* /usr/local/bin; touch /etc/rancher/k3s/k3s.yaml`);
    await ask("vm1", "printf x >/usr/local/bin/crictl; chmod 755 /usr/local/bin/crictl");
    await ask("vm1", "echo '#' >>/etc/rancher/k3s/k3s.yaml");
    const changed = await ask("vm1", "steward-files check");
    expect(changed.split("\n").map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
        "added /usr/local/bin/crictl",
        "added /usr/local/bin/k3s", // somebody changed it in the test before
        "added /usr/local/bin/kubectl",
    ]);
});
