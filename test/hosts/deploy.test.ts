import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { encryptVault } from "../../components/workloads/commcare/environment/ansible-vault";
import type { StateDeployment } from "../../rehearsal/state-folder";
import { StateFolder } from "../../rehearsal/state-folder";
import type { Inventory } from "./laboratory";
import { ask, inventory, later, reset, signIns } from "./laboratory";
import { placeCommcareCloud, siteSecret } from "./played-commcare-cloud";
import type { Config } from "./stack";
import { labConfig, stateFolder, up } from "./stack";

// `deploy: true` in a whole `up`: what is streamed, what the state and the report have of it, and what comes next. The
// steps of the install by themselves are in install.test.ts.

const folder = stateFolder();
const password = "correct horse battery staple";
let lab: Inventory;
let config: Config;

beforeAll(async () => {
    await reset("vm1", "vm2", "vm3");
    lab = await inventory();
    const vault = encryptVault(`secret: ${siteSecret}\n`, password);
    config = labConfig(lab, {}, { vault, vaultPassword: password });
    expect((await up(folder, config)).result.result).toBe("succeeded");
    await placeCommcareCloud(lab.hosts.find(({ name }) => name === "vm2")?.address ?? "");
    config = {
        ...config,
        "steward:commcare": { ...(config["steward:commcare"] as Config), deploy: true },
    };
}, 400_000);

type Resource = NonNullable<StateDeployment["resources"]>[number];

/** What the engine keeps, earlier states among it, and what the report says. */
function kept(): string {
    const { root, stateFile } = new StateFolder(folder, "commcare-vms");
    const states = join(dirname(stateFile), "../..");
    const files = [states, root].flatMap((each) =>
        readdirSync(each, { recursive: each === states, withFileTypes: true })
            .filter((entry) => entry.isFile() && /\.(json|html|bak)$/.test(entry.name))
            .map(({ parentPath, name }) => join(parentPath, name)),
    );
    return files.map((file) => readFileSync(file, "utf8")).join("\n");
}

it("says how far it is, and what failed, with host, layer, owner and what to do", async () => {
    const { code, result, stderr } = await up(folder, config);
    expect(code).toBe(1);
    const name = "app-services-front-a1-installation-run";
    expect(stderr).toContain(`${name}:   site : Write settings: 1 changed\n`);
    expect(stderr).toContain(`${name}:   FAILED on app: site : Restart what reads them`);
    expect(result.errors).toHaveLength(1);
    const [error] = result.errors;
    expect(error?.path).toBe("front-a1: app-services");
    expect(error?.message).toMatch(
        /FAILED on app: site : Restart what reads them \(site\/tasks\/main.yml:7\)\n.+install-commcare.log of this host/,
    );
    expect(error?.fix).toMatch(
        /^correct it, or turn to .+, who answers for app-services as .+; then run this again$/,
    );
    for (const secret of [siteSecret, password]) {
        expect(stderr + JSON.stringify(result)).not.toContain(secret);
    }
}, 300_000);

it("goes on from there with the next up, and waits for every host before it", async () => {
    await ask("vm1", "touch /home/commcare-cloud/play/mended");
    const { result, stderr } = await up(folder, config);
    expect([result.result, result.errors]).toEqual(["succeeded", []]);
    expect(stderr).toContain("installation-run: == accounts: done before\n");
    expect(stderr).toContain("installation-run:   app: 4 ok, 3 changed, 0 failed, 0 unreachable\n");
    const all = kept();
    // The stream is an output of a command, and in the state; what Ansible printed is not.
    expect(all).toContain("site : Write settings: 1 ok");
    for (const secret of [siteSecret, password]) {
        expect(all).not.toContain(secret);
        expect(all).not.toContain(Buffer.from(secret).toString("base64"));
    }
    const { resources = [] } = new StateFolder(folder, "commcare-vms").deployment() ?? {};
    const depending: readonly (Resource & { dependencies?: string[] })[] = resources;
    const commands = depending.filter(({ type }) => type === "command:remote:Command");
    const run = commands.find(({ urn }) => urn.endsWith("-installation-run"));
    const others = commands.filter((each) => each !== run).map(({ urn }) => urn);
    expect([...(run?.dependencies ?? [])].sort()).toEqual(others.sort());
}, 300_000);

it("opens no connection once it is installed", async () => {
    const before = await signIns();
    const { code, result } = await up(folder, config);
    expect([code, result.result]).toEqual([0, "unchanged"]);
    expect(await signIns()).toEqual(later(before, 1));
}, 60_000);
