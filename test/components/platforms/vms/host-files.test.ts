import type { Machine } from "../../../../components/model/commcare/plan";
import { machineFiles } from "../../../../components/platforms/vms/host-files";
import { hostsBlock } from "../../../../components/platforms/vms/hosts-block";
import { builtOnHosts, textIn, vmsSpec } from "./vms";

const filesOf = (machine: Machine, spec = vmsSpec()) => machineFiles(spec, machine, "test");

it("names files as they are written to a host", async () => {
    const spec = vmsSpec();
    const built = await builtOnHosts(spec);
    for (const machine of spec.workload.plan.machines) {
        const written = new Map(
            built
                .filter(({ name }) => name.includes(`-${machine.name}-`))
                .map(({ inputs }) => {
                    const script = unquoted(textIn(inputs, "create"));
                    const [, path = ""] = /^path='([^']+)'$/m.exec(script) ?? [];
                    const [, content] = /^\d+\n(.*)$/s.exec(textIn(inputs, "stdin")) ?? [];
                    return [path, content] as const;
                }),
        );
        for (const { path, content } of filesOf(machine, spec)) {
            expect([path, written.get(path)]).toEqual([path, content]);
        }
    }
});

it("has what else is written noted on the host: mode, hash and layer", async () => {
    const built = await builtOnHosts(vmsSpec());
    const wholeFiles = built.filter(({ inputs }) =>
        textIn(inputs, "create").includes("/var/lib/steward/noted"),
    );
    const notes = wholeFiles.map(({ name, inputs }) => {
        const [, mode, layer = ""] =
            /^ {4}line="(\d+) \$\(sha256sum <"\$path" .*\) (\S+)"$/m.exec(
                unquoted(textIn(inputs, "create")),
            ) ?? [];
        return [name, mode !== undefined && name.startsWith(`${layer}-`)];
    });
    expect(notes.length).toBeGreaterThan(20);
    expect(notes.filter(([, fine]) => fine !== true)).toEqual([]);
});

/** A script as it was before it became one word of a shell. */
const unquoted = (script: string) => script.replaceAll("'\\''", "'");

it("knows whose part each is, and who may read it", () => {
    const spec = vmsSpec();
    const [machine] = spec.workload.plan.machines;
    if (machine === undefined) throw new Error("no machine");
    const files = filesOf(machine, spec);
    expect(files.map(({ layer, path, mode }) => `${mode} ${path} ${layer}`)).toEqual([
        "644 /etc/steward/owners.json operating-system",
        "644 /etc/steward/owners.txt operating-system",
        "755 /usr/local/bin/steward-owner operating-system",
        "644 /etc/motd.d/steward operating-system",
        "644 /etc/ssh/sshd_config.d/00-steward.conf operating-system",
        "644 /etc/chrony/sources.d/steward.sources operating-system",
        "644 /etc/systemd/system/steward-firewall.service network",
        "644 /etc/systemd/system/nftables.service.d/steward.conf network",
        "644 /etc/steward/firewall.nft network",
        "644 /etc/apt/apt.conf.d/99steward patching",
        "644 /etc/systemd/system/apt-daily-upgrade.service.d/steward.conf patching",
        "644 /etc/fail2ban/jail.d/steward.local intrusion-detection",
        "440 /etc/sudoers.d/zz-steward-operators identity-secrets",
        "644 /etc/ssh/steward-keys/operator identity-secrets",
        "755 /usr/local/bin/prepare-commcare-cloud app-services",
        "755 /usr/local/bin/install-commcare app-services",
        "644 /home/commcare-cloud/.ssh/config app-services",
    ]);
});

it("says the same of hosts in any order: the engine and a reader of the stack file have two", () => {
    const texts = (name: string, spec = vmsSpec()) => {
        const machine = spec.workload.plan.machines.find((each) => each.name === name);
        if (machine === undefined) throw new Error("no machine");
        return filesOf(machine, spec).map(({ content }) => content);
    };
    const { hosts } = vmsSpec().platform.vms;
    const backward = Object.fromEntries(Object.entries(hosts).reverse());
    const turned = vmsSpec({ hosts: backward });
    expect(texts("web-a1", turned)).toEqual(texts("web-a1"));
    expect(hostsBlock("commcare", backward)).toBe(hostsBlock("commcare", hosts));
});

it("has another word of one host run its commands again, and nobody else's", async () => {
    const { hosts } = vmsSpec().platform.vms;
    const mended = { ...hosts, "web-a1": { ...hosts["web-a1"], mended: "2026-11-26" } };
    const built = await builtOnHosts(vmsSpec({ hosts: mended }));
    const commands = built.filter(({ type }) => type === "command:remote:Command");
    const marked = commands.filter(({ inputs }) =>
        textIn(inputs, "update").includes("\n# mended 2026-11-26\n"),
    );
    expect(marked.map(({ name }) => name)).toEqual(
        commands.map(({ name }) => name).filter((name) => name.includes("-web-a1-")),
    );
});
