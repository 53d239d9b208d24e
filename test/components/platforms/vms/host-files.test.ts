import { hostFiles } from "../../../../components/platforms/vms/host-files";
import { hostsBlock } from "../../../../components/platforms/vms/hosts-block";
import { builtOnHosts, textIn, vmsSpec } from "./vms";

/** Text that a step replaces no file by, but a part of one. */
const partsOfFiles = ["/etc/hosts"];

/** Layers of which every file is named. */
const whole = ["operating-system-", "identity-secrets-", "network-", "patching-", "app-services-"];

/** What only the engine knows, since it has the control machine's key made. */
const keys = [
    "/etc/ssh/steward-keys/commcare-cloud",
    "/etc/ssh/steward-keys/ansible",
    "/home/commcare-cloud/.ssh/commcare-cloud.pem",
];

it("names every file that is written to a host whole, as it is written there", async () => {
    const spec = vmsSpec();
    const built = await builtOnHosts(spec);
    for (const machine of spec.workload.plan.machines) {
        const written = built
            .filter(({ name }) => name.includes(`-${machine.name}-`))
            .flatMap(({ name, inputs }) => {
                const [, path] = /^path='([^']+)'$/m.exec(unquoted(textIn(inputs, "create"))) ?? [];
                const [, content] = /^\d+\n(.*)$/s.exec(textIn(inputs, "stdin")) ?? [];
                return path === undefined || content === undefined ? [] : [{ name, path, content }];
            })
            .filter(({ path }) => ![...partsOfFiles, ...keys].includes(path));
        const named = hostFiles(spec, machine, "test");
        const texts = (files: readonly { path: string; content: string }[]) =>
            Object.fromEntries(files.map(({ path, content }) => [path, content]));
        // What copies and watching write the audit knows from the host's own notes.
        const known = (name: string) =>
            named.some(({ path }) =>
                written.some((each) => each.name === name && each.path === path),
            ) || whole.some((layer) => name.startsWith(layer));
        expect(texts(named)).toEqual(texts(written.filter(({ name }) => known(name))));
    }
});

/** A script as it was before it became one word of a shell. */
const unquoted = (script: string) => script.replaceAll("'\\''", "'");

it("knows whose part each is, and who may read it", () => {
    const spec = vmsSpec();
    const [machine] = spec.workload.plan.machines;
    if (machine === undefined) throw new Error("no machine");
    const files = hostFiles(spec, machine, "test");
    expect(files.map(({ layer, path, mode }) => `${mode} ${path} ${layer}`)).toEqual([
        "644 /etc/steward/owners.json operating-system",
        "644 /etc/steward/owners.txt operating-system",
        "755 /usr/local/bin/steward-owner operating-system",
        "644 /etc/motd.d/steward operating-system",
        "644 /etc/ssh/sshd_config.d/00-steward.conf operating-system",
        "644 /etc/chrony/sources.d/steward.sources operating-system",
        "440 /etc/sudoers.d/zz-steward-operators identity-secrets",
        "644 /etc/ssh/steward-keys/operator identity-secrets",
        "644 /etc/systemd/system/steward-firewall.service network",
        "644 /etc/steward/firewall.nft network",
        "644 /etc/apt/apt.conf.d/99steward patching",
        "755 /usr/local/bin/prepare-commcare-cloud app-services",
        "755 /usr/local/bin/install-commcare app-services",
        "644 /home/commcare-cloud/.ssh/config app-services",
        "644 /etc/fail2ban/jail.d/steward.local intrusion-detection",
    ]);
});

it("says the same of hosts in any order: the engine and a reader of the stack file have two", () => {
    const texts = (name: string, spec = vmsSpec()) => {
        const machine = spec.workload.plan.machines.find((each) => each.name === name);
        if (machine === undefined) throw new Error("no machine");
        return hostFiles(spec, machine, "test").map(({ content }) => content);
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
