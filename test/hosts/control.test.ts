import { utils } from "ssh2";
import type { Inventory } from "./laboratory";
import { ask, inventory, reset } from "./laboratory";
import type { Config } from "./stack";
import { labConfig } from "./stack";
import type { Step } from "./steps";
import { perform, stepsOf } from "./steps";

// How the control machine reaches another host, and what it has there. commcare-cloud itself is not installed: the
// laboratory has no way out and no Ubuntu.

let lab: Inventory;
const pair = utils.generateKeyPairSync("ed25519");

/** The steps of two hosts that have to do with it, with a key that opens something. */
async function controlSteps(change: Config = {}): Promise<Step[]> {
    const config = labConfig(lab);
    const commcare = { ...(config["steward:commcare"] as Config), ...change };
    const made = { publicKeyOpenssh: `${pair.public}\n`, privateKeyOpenssh: pair.private };
    const all = await stepsOf({ ...config, "steward:commcare": commcare }, made);
    return all
        .filter(({ name }) =>
            /^(identity-secrets|app-services|operating-system)-(front|app)-a1-/.test(name),
        )
        .filter(({ name }) => !/-(clock|time-servers)$/.test(name));
}

/** As the account of the control machine, on it. */
const asControl = (command: string) => ask("vm1", `sudo -iu commcare-cloud ${command}`);
const addressOf = (name: string) => lab.hosts.find((host) => host.name === name)?.address ?? "";
const ssh = "ssh -o StrictHostKeyChecking=accept-new -o BatchMode=yes -o ConnectTimeout=5";

beforeAll(async () => {
    await reset("vm1", "vm2");
    lab = await inventory();
    await perform("create", await controlSteps());
}, 240_000);

it("comes in to another host as root for the first time, from its own address and from no other", async () => {
    const other = addressOf("vm2");
    expect(await asControl(`${ssh} commcare-cloud@${other} sudo -n id -un`)).toBe("root");
    // The same key from the host itself: another address.
    const key = await asControl("cat .ssh/commcare-cloud.pem");
    await ask("vm2", `umask 077; printf '%s\\n' '${key}' >/root/stolen`);
    const elsewhere = ask("vm2", `${ssh} -i /root/stolen commcare-cloud@${other} true`);
    await expect(elsewhere).rejects.toThrow("Permission denied");
});

it("comes in as the account that commcare-cloud makes as soon as that is there, and by nobody's agent", async () => {
    const other = addressOf("vm2");
    await expect(asControl(`${ssh} ${other} id -un`)).rejects.toThrow("Permission denied");
    await ask("vm2", "useradd --create-home --shell /bin/bash ansible");
    expect(await asControl(`${ssh} ${other} id -un`)).toBe("ansible");
});

it("leaves Steward its way to root where commcare-cloud asks everybody for a password", async () => {
    // Its file of rules, as far as it is about those who come in.
    const rules = "%sudo ALL=(ALL:ALL) ALL\nansible, operator ALL = (root) ALL\n";
    await ask(
        "vm2",
        `usermod -aG sudo debian; printf %s '${rules}' >/etc/sudoers.d/cchq; chmod 440 /etc/sudoers.d/cchq; visudo -cq`,
    );
    expect(await ask("vm2", "id -un")).toBe("root");
    expect(await ask("vm2", "sudo -u operator sudo -n id -un")).toBe("root");
    await ask(
        "vm2",
        "mv /etc/sudoers.d/zz-steward-operators /root/away; systemd-run --quiet --on-active 20 mv /root/away /etc/sudoers.d/zz-steward-operators",
    );
    await expect(ask("vm2", "true")).rejects.toThrow("a password is required");
});

it("has the environment for itself alone, without a vault, and takes nothing that was put beside it", async () => {
    const folder = "/home/commcare-cloud/environments";
    const listed = await ask("vm1", `cd ${folder}; find . -type f -printf '%P %m %u\\n' | sort`);
    expect(listed.split("\n")).toContain("commcare/inventory.ini 640 commcare-cloud");
    expect(listed).not.toContain("vault.yml ");
    expect(await ask("vm1", `cat ${folder}/commcare/known_hosts`)).toContain(addressOf("vm2"));
    await asControl("sh -c 'echo sealed > environments/commcare/vault.yml'");

    const operators = [{ name: "another", sshKey: pair.public }];
    const steps = await controlSteps({ operators });
    const step = steps.filter(({ name }) => name.endsWith("-environment"));
    expect(await perform("create", step)).toEqual({
        "app-services-front-a1-environment": "changed",
    });
    expect(await perform("create", step)).toEqual({
        "app-services-front-a1-environment": "unchanged",
    });
    expect(await ask("vm1", `ls ${folder}/_authorized_keys`)).toBe("another.pub");
    expect(await ask("vm1", `cat ${folder}/commcare/vault.yml`)).toBe("sealed");

    await perform("delete", step);
    expect(await ask("vm1", `cd ${folder}; find . -type f`)).toBe("./commcare/vault.yml");
});

it("says what lacks before anything is installed", async () => {
    await expect(asControl("install-commcare")).rejects.toThrow(
        "commcare-cloud is not here yet: run prepare-commcare-cloud",
    );
});
