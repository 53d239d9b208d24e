import { utils } from "ssh2";
import { encryptVault } from "../../components/workloads/commcare/environment/ansible-vault";
import type { Inventory } from "./laboratory";
import { ask, inventory, reset } from "./laboratory";
import { placeCommcareCloud, siteSecret } from "./played-commcare-cloud";
import type { Config } from "./stack";
import { labConfig } from "./stack";
import type { Step } from "./steps";
import { perform, stepsOf } from "./steps";

// CommCare installed from `up`, step by step: Ansible is Debian's own, commcare-cloud around it is played.

jest.setTimeout(300_000);

let lab: Inventory;
let steps: Step[];
const pair = utils.generateKeyPairSync("ed25519");
const password = "correct horse battery staple";
const vault = encryptVault(`secret: ${siteSecret}\n`, password);

const named = (end: string) => steps.filter(({ name }) => name.endsWith(`-installation-${end}`));
const install = () => perform("create", named("run"));
const onControl = (command: string) => ask("vm1", `sudo -iu commcare-cloud ${command}`);

/** What somebody who follows an install is told, without what differs from one run to the next. */
async function told(): Promise<string[]> {
    const text = await install().then(
        (said) => Object.values(said).join("\n"),
        (error: unknown) => String(error),
    );
    return text.split("\n");
}

beforeAll(async () => {
    await reset("vm1", "vm2");
    lab = await inventory();
    const config = labConfig(lab, {}, { vault, vaultPassword: password });
    const commcare = { ...(config["steward:commcare"] as Config), deploy: true };
    const made = { publicKeyOpenssh: `${pair.public}\n`, privateKeyOpenssh: pair.private };
    steps = await stepsOf({ ...config, "steward:commcare": commcare }, made);
    const needed =
        /^(identity-secrets-(front|app)-a1-|operating-system-(front|app)-a1-ssh|app-services-front-a1-)/;
    const before = steps.filter(({ name }) => needed.test(name) && !name.endsWith("-run"));
    await perform("create", before);
    await placeCommcareCloud(lab.hosts.find(({ name }) => name === "vm2")?.address ?? "");
});

it("tells how far it is by names and states, and what failed by its place", async () => {
    expect(await told()).toEqual([
        expect.stringContaining("exited with status 1: == settings: cchq commcare validate"),
        "== accounts: cchq commcare bootstrap-users --quiet --branch=master",
        expect.stringContaining("== stack: cchq commcare deploy-stack --skip-check --quiet"),
        "playbook stack.yml",
        "play stack.yml:2",
        "  Greet: 1 changed",
        "  site : Write settings: 1 changed",
        "  site/tasks/main.yml:4: 1 changed",
        "  site/tasks/main.yml:6: 1 changed",
        "  FAILED on app: site : Restart what reads them (site/tasks/main.yml:7)",
        "  site : Restart what reads them: 1 failed",
        "  app: 4 ok, 4 changed, 1 failed, 0 unreachable",
        "== stack failed",
        "  FAILED on app: site : Restart what reads them (site/tasks/main.yml:7)",
        expect.stringContaining("install-commcare.log of this host, for that account alone"),
    ]);
});

it("keeps what Ansible prints for the account alone, and the vault's password nowhere", async () => {
    const log = "/home/commcare-cloud/install-commcare.log";
    // In brackets, so as not to find the question itself, which stands in the journal.
    const [pattern, opens] = [siteSecret.replace(/f$/, "[f]"), password.replace(/e$/, "[e]")];
    expect(await ask("vm1", `grep -c 'cannot restart with ${pattern}' ${log}`)).not.toBe("0");
    const logs = `${log} /home/commcare-cloud/ansible.log`;
    expect(await ask("vm1", `stat -c '%a %U' ${logs}`)).toBe(
        "600 commcare-cloud\n600 commcare-cloud",
    );
    const places = "/home /run /etc /var/lib/steward /var/log --exclude=*.log --exclude-dir=play";
    const found = (text: string) =>
        ask(
            "vm1",
            `{ grep -rl '${text}' ${places} 2>/dev/null; journalctl | grep '${text}'; } || true`,
        );
    expect(await found(pattern)).toBe("");
    expect(await found(opens)).toBe("");
    expect(await ask("vm1", "ls -A /run/credentials 2>/dev/null | grep commcare || true")).toBe("");
});

it("goes on without whoever follows, who finds it again, and does no step twice", async () => {
    await onControl("sh -c 'touch play/mended; echo 8 >play/pause'");
    const cut = expect(install()).rejects.toThrow("the connection broke");
    const active = "systemctl is-active install-commcare.service";
    for (let tries = 0; (await ask("vm1", `${active} || true`)) !== "active"; tries++) {
        if (tries > 20) throw new Error("it never started");
    }
    await ask("vm1", "pkill -f 'sshd: root@[n]otty'");
    await cut;
    expect(await ask("vm1", active)).toBe("active");
    const lines = await told();
    expect(lines[0]).toBe("it runs already: following it");
    expect(lines.slice(-2)).toEqual([
        "== release: cchq commcare deploy --quiet --branch=master",
        "changed",
    ]);
    const asked = (await ask("vm1", "cut -d ' ' -f 2 /home/commcare-cloud/asked")).split("\n");
    expect(asked).toEqual([
        ...["validate-environment-settings", "bootstrap-users", "deploy-stack", "deploy-stack"],
        ...["django-manage", "django-manage", "deploy"],
    ]);
});

it("has nothing to do once all is through, and leaves it when it is given up", async () => {
    const run =
        "systemctl show --property ExecMainStartTimestampMonotonic install-commcare.service";
    const before = await ask("vm1", run);
    expect(await told()).toEqual(["unchanged"]);
    expect(await ask("vm1", run)).toBe(before);
    await perform("delete", [...named("run"), ...named("unit"), ...named("progress")]);
    expect(await onControl("ls .install-commcare")).toContain("release");
    expect(await onControl("head -c 14 environments/commcare/vault.yml")).toBe("$ANSIBLE_VAULT");
    expect(await ask("vm1", "ls /usr/local/lib/steward/ansible")).toBe("");
});
