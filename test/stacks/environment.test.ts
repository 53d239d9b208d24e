import { spawnSync } from "node:child_process";
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    readdirSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { plannedAddresses } from "../../components/workloads/commcare/environment/input";
import { environment } from "../../stacks/commands/environment";
import { oneHostConfig } from "../components/platforms/vms/vms";
import { describeWithAnsible } from "../support/ansible";
import { anyCommcareSpec, commcareSpec, commcareVariants } from "../support/commcare";
import { readStackFile } from "../support/stack-file";

let out = "";
let said: { out: string; err: string };

beforeEach(() => {
    out = mkdtempSync(join(tmpdir(), "steward-environment-"));
    said = { out: "", err: "" };
    jest.spyOn(process.stdout, "write").mockImplementation((text) => {
        said.out += String(text);
        return true;
    });
    jest.spyOn(process.stderr, "write").mockImplementation((text) => {
        said.err += String(text);
        return true;
    });
    delete process.env["STEWARD_VAULT_PASSWORD"];
});

afterEach(() => {
    jest.restoreAllMocks();
    delete process.env["STEWARD_VAULT_PASSWORD"];
    rmSync(out, { recursive: true });
});

const listed = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name));

const everything = () => listed(out).map((path) => [path, readFileSync(path, "utf8")]);

/** A stack file with `steward:commcare` changed. */
function stackFile(change: Record<string, unknown>, stack: string): string {
    const { config } = readStackFile(stack);
    const changed = {
        ...config,
        "steward:commcare": { ...(config["steward:commcare"] as object), ...change },
    };
    const path = join(out, "stack.yaml");
    writeFileSync(path, stringify({ config: changed }));
    return path;
}

/** A stack file of one host that carries everything. */
function oneHostFile(): string {
    const keys = Object.entries(oneHostConfig()).map(([key, value]) => [`steward:${key}`, value]);
    const path = join(out, "stack.yaml");
    writeFileSync(path, stringify({ config: Object.fromEntries(keys) as object }));
    return path;
}

describe("environment", () => {
    it("writes the files that commcare-cloud asks for, and says what is next", () => {
        expect(environment("commcare-aws", { out })).toBe(0);

        expect(
            listed(out)
                .map((path) => path.slice(out.length + 1))
                .sort(),
        ).toEqual([
            "_authorized_keys/operator.pub",
            "_users/commcare-operators.yml",
            "commcare/app-processes.yml",
            "commcare/aws.yml",
            "commcare/elasticsearch.yml",
            "commcare/fab-settings.yml",
            "commcare/inventory.ini",
            "commcare/meta.yml",
            "commcare/postgresql.yml",
            "commcare/proxy.yml",
            "commcare/public.yml",
            "commcare/terraform.yml",
        ]);
        expect(said.out).toContain(`Wrote the environment commcare to ${out}: 30 hosts, 12 files.`);
        expect(said.out).toContain(
            `COMMCARE_CLOUD_ENVIRONMENTS=${out} cchq commcare validate-environment-settings`,
        );
    });

    it("reports the second time that nothing changed, in one JSON document", () => {
        environment("commcare-aws", { out });
        said.out = "";

        expect(environment("commcare-aws", { out, json: true })).toBe(0);
        expect(JSON.parse(said.out)).toMatchObject({
            stack: "commcare-aws",
            result: "unchanged",
            hosts: 30,
            vault: "none",
            errors: [],
        });
    });

    it("overwrites nothing that differs, and then writes nothing at all", () => {
        environment("commcare-aws", { out });
        const meta = join(out, "commcare", "meta.yml");
        writeFileSync(meta, "deploy_env: mine\n");
        rmSync(join(out, "commcare", "proxy.yml"));
        const before = everything();

        expect(environment("commcare-aws", { out })).toBe(2);
        expect(everything()).toEqual(before);
        expect(said.err).toContain(`${meta}: is there and differs; write to another directory`);
    });

    it("refuses to write beside another inventory, or into a file", () => {
        mkdirSync(join(out, "commcare", "inventory"), { recursive: true });
        expect(environment("commcare-aws", { out })).toBe(2);
        expect(said.err).toContain("is a second inventory beside inventory.ini");

        const file = join(out, "file");
        writeFileSync(file, "");
        expect(environment("commcare-aws", { out: file })).toBe(2);
        expect(said.err).toContain(`${file}: is no directory; name another`);
    });

    it("refuses a stack of another workload, one that is not there, and one without owners", () => {
        expect(environment("jupyterhub-aws", { out })).toBe(2);
        expect(said.err).toContain("jupyterhub has no environment of commcare-cloud");
        expect(environment("nowhere", { out })).toBe(2);

        const { config } = readStackFile("commcare-aws");
        const path = join(out, "stack.yaml");
        writeFileSync(
            path,
            stringify({ config: { ...config, "steward:layers": { backups: { role: null } } } }),
        );
        expect(environment("commcare-aws", { out, stackFile: path })).toBe(3);
        expect(said.err).toContain("steward:layers.backups: nobody answers for backups");
        expect(existsSync(join(out, "commcare"))).toBe(false);
    });

    it("takes the addresses that `up` printed, all of them and no other", () => {
        const spec = commcareSpec();
        const planned = plannedAddresses(spec);
        const machines = Object.keys(planned.machines);
        const real = {
            ...planned,
            machines: Object.fromEntries(
                machines.map((name, at) => [name, `10.90.${Math.floor(at / 8)}.${10 + at}`]),
            ),
        };
        const path = join(out, "addresses.json");
        const written = (value: unknown) => {
            writeFileSync(path, JSON.stringify(value));
            return environment("commcare-aws", { out: join(out, "env"), addresses: path });
        };

        expect(written(real)).toBe(0);
        const inventory = readFileSync(join(out, "env", "commcare", "inventory.ini"), "utf8");
        expect(inventory).toContain("[control_a1]\n10.90.0.10 hostname=control-a1-commcare ");
        expect(inventory).not.toMatch(/^[a-z]+-[abc]\d\.commcare\.internal/m);

        const { "web-a1": _, ...without } = real.machines;
        expect(written({ ...real, machines: without })).toBe(2);
        expect(said.err).toContain(`${path}:machines.web-a1: is missing: the state is older`);
        expect(written({ ...real, machines: { ...real.machines, "web-z9": "10.90.9.9" } })).toBe(2);
        expect(said.err).toContain("machines.web-z9: is in no plan");
        expect(written({ ...real, machines: { ...real.machines, "web-a1": "10.90.0.10" } })).toBe(
            2,
        );
        expect(said.err).toContain("10.90.0.10 is the address of control_a1 and web_a1");
        expect(written("nothing")).toBe(2);
        expect(environment("commcare-aws", { out, addresses: join(out, "none") })).toBe(2);
        expect(said.err).toContain("cannot be read (ENOENT)");
    });

    it("has the addresses of hosts at once, and takes no others", () => {
        expect(environment("commcare-vms", { out })).toBe(0);
        const read = (file: string) => readFileSync(join(out, "commcare", file), "utf8");
        expect(read("inventory.ini")).toContain("[sql_a1]\n192.0.2.15 hostname=sql-a1-commcare ");
        expect(read("known_hosts").split("\n")).toHaveLength(7);
        expect(read("meta.yml")).toContain("secrets_backend: ansible-vault");
        expect(said.out).not.toContain("--addresses");

        const path = join(out, "addresses.json");
        expect(environment("commcare-vms", { out, addresses: path })).toBe(2);
        expect(said.err).toContain("is of no use here: the stack file has every address");
    });

    it("writes one line for one host alone", () => {
        expect(environment("commcare-vms", { out, stackFile: oneHostFile() })).toBe(0);
        expect(said.out).toContain(": 1 host, ");
    });

    it("warns of what it installs that nobody mends any more, with the name of its owner", () => {
        jest.useFakeTimers({ now: new Date("2026-11-26") });
        try {
            expect(environment("commcare-aws", { out })).toBe(0);
        } finally {
            jest.useRealTimers();
        }
        const warnings = said.out.split("\n").filter((line) => line.startsWith("warning: "));

        expect(warnings).toHaveLength(8);
        expect(warnings[0]).toBe(
            "warning: Elasticsearch 6.8.23 is not mended any more since 2022-02-10: Managed services provider",
        );
        // The cloud runs it, and goes on longer than its makers.
        expect(warnings.find((line) => line.includes("PostgreSQL"))).toMatch(
            /until 2027-02-28 only/,
        );
    });

    it("keeps a vault that is there, and holds no secret in any other file", () => {
        process.env["STEWARD_VAULT_PASSWORD"] = "correct horse";
        const stackWithVault = stackFile({ secretsBackend: "ansible-vault" }, "commcare-aws");
        expect(environment("commcare-aws", { out, stackFile: stackWithVault })).toBe(0);
        const vault = join(out, "commcare", "vault.yml");
        const sealed = readFileSync(vault, "utf8");

        expect(sealed).toMatch(/^\$ANSIBLE_VAULT;1\.1;AES256\n([0-9a-f]{1,80}\n)+$/);
        expect(statSync(vault).mode & 0o777).toBe(0o600);
        expect(environment("commcare-aws", { out, stackFile: stackWithVault })).toBe(0);
        expect(readFileSync(vault, "utf8")).toBe(sealed);
        expect(said.out).toContain("vault.yml was there and is kept.");
    });

    it("writes no vault where commcare-cloud reads Secrets Manager, and says what is to be added there", () => {
        process.env["STEWARD_VAULT_PASSWORD"] = "correct horse";
        expect(environment("commcare-aws", { out })).toBe(0);
        const written = readdirSync(join(out, "commcare"));

        expect(written.filter((file) => /vault|aws|terraform/.test(file)).sort()).toEqual([
            "aws.yml",
            "terraform.yml",
        ]);
        const read = (file: string) =>
            parse(readFileSync(join(out, "commcare", file), "utf8")) as Record<string, unknown>;
        expect(read("meta.yml")["secrets_backend"]).toBe("aws-secrets");
        expect(read("aws.yml")["sso_config"]).toEqual({
            sso_account_id: "123456789012",
            region: "af-south-1",
        });
        expect(said.out).toContain("EMAIL_PASSWORD are yours to add, below commcare-commcare/.");
    });
});

describeWithAnsible("Debian's Ansible", ({ inventory, vault }) => {
    it.each(commcareVariants)("reads the inventory of %s", (_, change, stack) => {
        const file = stackFile(change, stack);
        expect(environment(stack, { out, stackFile: file })).toBe(0);
        const { name, workload } = anyCommcareSpec(change, stack);
        const path = join(out, name, "inventory.ini");
        const read = spawnSync(inventory, ["-i", path, "--list"], { encoding: "utf8" });

        expect([read.status, read.stderr.includes("[WARNING]: Unable")]).toEqual([0, false]);
        const { _meta: meta, ...list } = JSON.parse(read.stdout) as Record<
            string,
            { hosts?: string[]; hostvars?: Record<string, Record<string, unknown>> }
        >;
        const { plan } = workload;
        const hosts = new Set(Object.values(list).flatMap((group) => group.hosts ?? []));
        expect(hosts.size).toBe(
            plan.machines.length + plan.postgresql.length + plan.balancers.length,
        );
        for (const machine of plan.machines) {
            const group = list[machine.name.replaceAll("-", "_")];
            expect(group?.hosts).toHaveLength(1);
            expect(meta?.hostvars?.[group?.hosts?.[0] ?? ""]).toMatchObject({
                hostname: `${machine.name}-${name}`,
                owner_role: expect.stringMatching(/^[a-z-]+$/) as string,
                owner_os: "cluster-management",
                owner_hosting: "infrastructure-provider",
            });
        }
    });

    it("opens the vault with its password, and finds secrets that are nowhere else", () => {
        process.env["STEWARD_VAULT_PASSWORD"] = "correct horse";
        const stackWithVault = stackFile({ secretsBackend: "ansible-vault" }, "commcare-aws");
        environment("commcare-aws", { out, stackFile: stackWithVault });
        const password = join(out, "password");
        writeFileSync(password, "correct horse\n");
        const sealed = join(out, "commcare", "vault.yml");
        const args = ["view", "--vault-password-file", password, sealed];
        const { stdout, status } = spawnSync(vault, args, { encoding: "utf8" });

        expect(status).toBe(0);
        const content = parse(stdout) as Record<string, unknown>;
        expect(Object.keys(content)).toEqual([
            "ansible_sudo_pass",
            "secrets",
            "localsettings_private",
        ]);
        const secrets = stdout.match(/\b[A-Za-z0-9]{32,50}\b/g) ?? [];
        expect(new Set(secrets).size).toBe(8);
        const others = everything().filter(([path]) => path !== sealed);
        for (const secret of [...secrets, "correct horse"]) {
            const found = others.filter(
                ([path, text]) => path !== password && text?.includes(secret),
            );
            expect(found).toEqual([]);
        }
        expect(said.out + said.err).not.toContain(secrets[0]);

        writeFileSync(password, "wrong\n");
        expect(spawnSync(vault, args).status).not.toBe(0);
    });
});

const checkout = process.env["STEWARD_COMMCARE_CLOUD"];

/**
 * The loader of commcare-cloud itself, where STEWARD_COMMCARE_CLOUD names the folder of a checkout and `python3`
 * (or STEWARD_COMMCARE_CLOUD_PYTHON) has what it requires.
 */
(checkout === undefined ? describe.skip : describe)("commcare-cloud's own loader", () => {
    const all: [string, Record<string, unknown> | undefined, string][] = [
        ...commcareVariants,
        ["one host", undefined, "commcare-vms"],
    ];
    it.each(all)(
        "accepts %s",
        (_, change, stack) => {
            const file = change === undefined ? oneHostFile() : stackFile(change, stack);
            expect(environment(stack, { out, stackFile: file })).toBe(0);
            const { name, platform } = anyCommcareSpec(change, stack);
            const onAws = platform.kind === "aws";
            // What their Terraform and their sign-in would read of AWS.
            const account = [
                "assert backend.secret_name_prefix == 'commcare-' + sys.argv[1]",
                "assert environment.terraform_config.region and environment.terraform_config.aws_profile",
                "assert len(environment.aws_config.sso_config.sso_account_id) == 12",
            ];
            const program = [
                "import sys",
                "from commcare_cloud.environment.main import get_environment",
                "environment = get_environment(sys.argv[1])",
                "environment.check()",
                "for user in environment.users_config.dev_users.present: environment.get_authorized_key(user)",
                "backend = environment.secrets_backend",
                `assert backend.name == '${onAws ? "aws-secrets" : "ansible-vault"}', backend.name`,
                ...(onAws ? account : []),
            ].join("\n");
            const python = process.env["STEWARD_COMMCARE_CLOUD_PYTHON"] ?? "python3";
            const { status, stderr } = spawnSync(python, ["-c", program, name], {
                encoding: "utf8",
                env: {
                    ...process.env,
                    PYTHONPATH: join(checkout ?? "", "src"),
                    COMMCARE_CLOUD_ENVIRONMENTS: out,
                },
            });

            expect(status === 0 ? "" : stderr).toBe("");
        },
        60_000,
    );
});
