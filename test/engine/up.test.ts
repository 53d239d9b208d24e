import { readFileSync } from "node:fs";
import { stringify } from "yaml";
import { geolabFile } from "../support/stack-file";
import { Checkout } from "./checkout";
import { temporaryFolder } from "./steward";

jest.setTimeout(240_000);

const folder = temporaryFolder();
const secret = "only-the-provider-of-logins-knows-this";
const withPack = { PULUMI_OPTION_POLICY_PACK: "./policies" };
const onlyTheStack = ["pulumi:pulumi:Stack"];
const frames = /^\s+at /m;

const config = geolabFile();
const text = stringify({ config });
/** Addresses where somebody could read: those of the file lie in a domain that reaches nobody. */
const reachable = (stackFile: string) =>
    stackFile.replaceAll("example.org", "geolab.earthscope.cloud");

let checkout: Checkout;
beforeAll(async () => {
    checkout = await Checkout.open(folder);
});
afterAll(() => {
    checkout.close();
});

const up = (stack: string, env?: NodeJS.ProcessEnv) =>
    checkout.pulumi(["up", "--skip-preview", "--yes", "--stack", stack], env);
const created = (stack: string) =>
    (checkout.stack(stack).deployment()?.resources ?? []).map(({ type }) => type);

describe("pulumi up of the default stack", () => {
    beforeAll(() => checkout.add("jupyterhub-aws", reachable(text), secret));

    it("creates the whole cluster, with the pack that the environment names", async () => {
        const args = ["up", "--yes", "--stack", "jupyterhub-aws"]; // its own preview comes first
        const { code, stdout } = await checkout.pulumi(args, withPack);
        expect([code, stdout.match(/✅ steward@\S+ \(local/g)?.length]).toEqual([0, 2]);
        expect(created("jupyterhub-aws").length).toBeGreaterThan(200);
        expect(stdout).toContain("aws eks update-kubeconfig --region us-east-2 --name geolab");
    });

    it("changes nothing the second time", async () => {
        const args = ["preview", "--expect-no-changes", "--stack", "jupyterhub-aws"];
        const { code, stdout } = await checkout.pulumi(args, withPack);
        const { length } = created("jupyterhub-aws");
        expect([code, stdout]).toEqual([0, expect.stringContaining(`${length} unchanged`)]);
    });

    it("keeps its secrets sealed in state and account, and hands them on whole", async () => {
        const { stateFile, accountFile } = checkout.stack("jupyterhub-aws");
        const encoded = Buffer.from(secret).toString("base64").slice(0, 40);
        for (const written of [stateFile, accountFile].map((file) => readFileSync(file, "utf8"))) {
            expect(written).not.toContain(secret);
            expect(written).not.toContain(encoded);
        }
        const read = async (...flags: string[]) => {
            const args = ["stack", "export", "--stack", "jupyterhub-aws", ...flags];
            return secretsIn((await checkout.pulumi(args)).stdout);
        };
        const sealed = await read();
        expect(sealed.map(([name]) => name).sort()).toEqual([
            "auth-config-prod-oauth-client",
            "home-storage-prod-chart:prod-homes/home-nfs",
            "hub-prod-chart:prod/hub",
            "monitoring-alerts-grafana-admin",
            "monitoring-alerts-hub-keys",
        ]);
        for (const [name, seal] of sealed) {
            expect([name, Object.keys(seal).sort()]).toEqual([
                name,
                ["4dabf18193072939515e22adb298388d", "ciphertext"],
            ]);
        }
        for (const [name, { plaintext }] of await read("--show-secrets")) {
            const values = Object.values(JSON.parse(String(plaintext)) as Record<string, unknown>);
            expect([name, values.map((value) => typeof value)]).toEqual([
                name,
                values.map(() => "string"),
            ]);
            if (name === "auth-config-prod-oauth-client") expect(values).toEqual([secret]);
        }
    });
});

/** What stands in the Secrets of an exported state, by their names. */
function secretsIn(exported: string): [name: string, content: Record<string, unknown>][] {
    type Content = Record<string, unknown>;
    const { deployment } = JSON.parse(exported) as {
        deployment: {
            resources: { urn: string; type: string; inputs?: Record<string, Content> }[];
        };
    };
    return deployment.resources
        .filter(({ type }) => type === "kubernetes:core/v1:Secret")
        .flatMap(({ urn, inputs = {} }) =>
            [inputs["data"], inputs["stringData"]]
                .filter((content) => content !== undefined)
                .map((content): [string, Content] => [urn.split("::").at(-1) ?? "", content]),
        );
}

describe("pulumi refuses a stack file", () => {
    it.each(["preview", "up"])("with contacts that reach nobody: %s", async (verb) => {
        const stack = `reserved-${verb}`;
        await checkout.add(stack, text, secret);
        const { code, stdout, stderr } = await (verb === "up"
            ? up(stack)
            : checkout.pulumi(["preview", "--stack", stack]));
        expect(code).toBe(1);
        expect(said(stdout)).toEqual([
            "error: Nothing is deployed: 3 problems in the stack file.",
            expect.stringMatching(
                /^steward:parties\.earthscope\.contact: geolab@example\.org of .* write an address/,
            ),
            expect.stringMatching(
                /^steward:parties\.2i2c\.contact: support@example\.org of .* write an address/,
            ),
            expect.stringMatching(
                /^steward:jupyterhub\.letsEncryptContact: support@example\.org is .* write an address/,
            ),
        ]);
        expect(stdout + stderr).not.toMatch(frames);
        expect(created(stack)).toEqual(verb === "up" ? onlyTheStack : []);
    });

    it("with a layer that nobody answers for", async () => {
        const layers = { ...(config["steward:layers"] as object), network: { role: null } };
        const stackFile = stringify({ config: { ...config, "steward:layers": layers } });
        await checkout.add("vacated", reachable(stackFile), secret);
        const { code, stdout, stderr } = await up("vacated", withPack);
        expect(code).toBe(1);
        expect(said(stdout)).toEqual([
            "error: Nothing is deployed: 1 problem in the stack file.",
            "steward:layers.network: nobody answers for network; expected the site-reliability-engineer (2i2c); " +
                "write `steward:layers: { network: { role: site-reliability-engineer } }`",
        ]);
        expect(stdout + stderr).not.toMatch(frames);
        expect(created("vacated")).toEqual(onlyTheStack);
    });
});

/** The block of an error among the diagnostics, line by line. */
function said(stdout: string): string[] {
    const [, diagnostics = ""] = stdout.split("\nDiagnostics:\n");
    const [block = ""] = diagnostics.slice(diagnostics.indexOf("error:")).split("\n\n");
    return block.split("\n").map((line) => line.trim());
}

describe("with the program's own refusal taken out", () => {
    beforeAll(async () => {
        checkout.edit("stacks/index.ts", (source) => source.replace('"refused"', '"allowed"'));
        await checkout.add("unrefused", text, secret);
    });

    it("the pack that the environment names blocks before anything is created", async () => {
        const { code, stdout } = await up("unrefused", withPack);
        expect([code, stdout]).toEqual([1, expect.stringMatching(/❌ steward@\S+ \(local/)]);
        expect(stdout).toContain("[mandatory]  gate  (steward:index:Cluster: geolab)");
        expect(stdout).toContain("steward:parties.2i2c.contact: support@example.org of 2i2c");
        expect(created("unrefused")).toEqual(onlyTheStack);
    });

    it("nothing else does: so the test above can fail", async () => {
        const { code, stdout } = await checkout.pulumi(["preview", "--stack", "unrefused"]);
        expect([code, stdout]).toEqual([0, expect.stringMatching(/\+ \d{3} to create/)]);
    });
});
