import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cachedPath } from "../../../rehearsal/engine/tool";
import { engineTool } from "../../../rehearsal/engine/engine";
import type { MachineCheck } from "../../../stacks/commands/doctor/check";
import { awsCliCheck, sessionCliCheck } from "../../../stacks/commands/doctor/checks/aws-cli";
import { backendCheck } from "../../../stacks/commands/doctor/checks/backend";
import { engineCheck } from "../../../stacks/commands/doctor/checks/engine";
import { languageHostCheck } from "../../../stacks/commands/doctor/checks/language-host";
import { judgeNode, nodeCheck } from "../../../stacks/commands/doctor/checks/node";
import { machinePluginsCheck, pluginsCheck } from "../../../stacks/commands/doctor/checks/plugins";
import { sessionManagerCheck } from "../../../stacks/commands/doctor/checks/session-manager";
import { startAwsFront } from "../../support/aws-front";
import { freePort } from "../../support/moto";
import { answering, fakeProgram, temporaryFolder } from "../../rehearsal/engine/fakes";

const root = temporaryFolder();
let folders = 0;
const folder = (): string => {
    folders += 1;
    const path = join(root, String(folders));
    mkdirSync(path);
    return path;
};
const run = (check: MachineCheck, env: NodeJS.ProcessEnv, offline = true) =>
    check.run({ env, offline });

describe("Node", () => {
    const fix = "install Node 22 or 24 from https://nodejs.org";

    it.each([
        ["v22.4.0", "ok", "Node 22.4.0"],
        ["v24.1.0", "ok", "Node 24.1.0"],
        ["v20.20.2", "warning", "Node 20.20.2 works, and the Pulumi SDK names >=22"],
        ["v20.19.9", "lacking", "Node 20.19.9 is not >=20.20"],
        ["v18.0.0", "lacking", "Node 18.0.0 is not >=20.20"],
    ] as const)("judges %s: %s", (version, status, message) => {
        const advice = status === "ok" ? {} : { fix };
        expect(judgeNode(version, ">=20.20", ">=22")).toEqual({
            id: "node",
            status,
            message,
            ...advice,
        });
    });

    it("reads the ranges that the packages name", async () => {
        const [finding] = await run(nodeCheck, {});
        expect(finding?.message).toContain(process.version.slice(1));
    });
});

describe("the language host", () => {
    const withEngine = () => {
        const bin = folder();
        return { bin, engine: answering(join(bin, "pulumi"), "v3.251.0"), home: folder() };
    };
    const judge = (bin: string, home: string) =>
        run(languageHostCheck, { PATH: bin, PULUMI_HOME: home, STEWARD_CACHE: folder() });

    it("is found on PATH, where the engine is", async () => {
        const { bin, home } = withEngine();
        const path = answering(join(bin, "pulumi-language-nodejs"), "");
        expect(await judge(bin, home)).toEqual([
            { id: "language-host", status: "ok", message: path },
        ]);
    });

    it("is found among the plugins", async () => {
        const { bin, home } = withEngine();
        const path = join(home, "plugins", "language-nodejs-v3.251.0");
        mkdirSync(path, { recursive: true });
        expect(await judge(bin, home)).toEqual([
            { id: "language-host", status: "ok", message: path },
        ]);
    });

    it("lacks beside an engine that was built from its modules", async () => {
        const { bin, engine, home } = withEngine();
        expect(await judge(bin, home)).toEqual([
            {
                id: "language-host",
                status: "lacking",
                message: `pulumi-language-nodejs is neither on PATH nor beside ${engine}`,
                fix: "`preview` and `up` need it: install Pulumi from https://www.pulumi.com/docs/install/",
            },
        ]);
    });

    it("comes with an engine that is still to be installed", async () => {
        const [finding] = await judge(folder(), folder());
        expect(finding?.status).toBe("warning");
    });
});

describe("the engine", () => {
    const guide = "install Pulumi from https://www.pulumi.com/docs/install/";

    it("is found on PATH", async () => {
        const bin = folder();
        const path = answering(join(bin, "pulumi"), "v3.251.0");
        expect(await run(engineCheck(), { PATH: bin, STEWARD_CACHE: folder() })).toEqual([
            { id: "engine", status: "ok", message: `Pulumi 3.251.0, ${path}` },
        ]);
    });

    it("is asked once for its version, however many checks want to know", async () => {
        const bin = folder();
        const path = answering(join(bin, "pulumi"), "v3.251.0");
        const env = { PATH: `${bin}:/bin:/usr/bin`, STEWARD_CACHE: folder(), HOME: folder() };
        await Promise.all([run(engineCheck(), env), run(languageHostCheck, env)]);
        expect(readFileSync(`${path}.calls`, "utf8")).toBe("version\n");
    });

    it("is found in the cache, and not run", async () => {
        const cache = folder();
        const path = fakeProgram(cachedPath(engineTool(), cache), "no program at all");
        expect(await run(engineCheck(), { PATH: "", STEWARD_CACHE: cache })).toEqual([
            { id: "engine", status: "ok", message: `Pulumi ${engineTool().version}, ${path}` },
        ]);
    });

    it("can be built where Go is new enough, and is not built here", async () => {
        const bin = folder();
        const go = answering(join(bin, "go"), "go1.24.1");
        const cache = folder();
        const env = { PATH: `${bin}:/bin:/usr/bin`, STEWARD_CACHE: cache };
        const [finding] = await run(engineCheck(), env);
        expect(finding).toEqual({
            id: "engine",
            status: "warning",
            message: "Pulumi is not here, Go 1.24.1 is",
            fix: `the first run installs or builds it, some minutes; or ${guide}`,
        });
        expect(readFileSync(`${go}.calls`, "utf8")).toBe("env GOVERSION\n");
        expect(readdirSync(cache)).toEqual([]);
    });

    it("lacks with an old Go only, and asks the installer's site only when it may", async () => {
        const bin = folder();
        answering(join(bin, "pulumi"), "v3.100.0");
        answering(join(bin, "go"), "go1.20.3");
        const env = { PATH: `${bin}:/bin:/usr/bin`, STEWARD_CACHE: folder() };
        const old = `${join(bin, "pulumi")} is 3.100.0, taken is 3.x from 3.250.0 on`;
        const front = await startAwsFront();
        front.answer = () => ({ body: "" });
        const lacking = {
            id: "engine",
            status: "lacking",
            message: `${old}, nor is Go 1.21 or newer to build it`,
            fix: `${guide} or Go from https://go.dev/doc/install`,
        };
        expect(await run(engineCheck(front.url), env)).toEqual([lacking]);
        expect(front.asked).toEqual([]);
        expect(await run(engineCheck(front.url), env, false)).toEqual([
            {
                id: "engine",
                status: "warning",
                message: `${old}, its installer is`,
                fix: `the first run installs it; or ${guide}`,
            },
        ]);
        await front.stop();
        const nobody = `http://127.0.0.1:${String(await freePort())}`;
        expect(await run(engineCheck(nobody), env, false)).toEqual([lacking]);
    });
});

describe("provider plugins", () => {
    const version = (provider: string): string =>
        jest.requireActual<{ version: string }>(`@pulumi/${provider}/package.json`).version;

    it("are looked for at the versions of node_modules", async () => {
        const home = folder();
        const aws = `resource-aws-v${version("aws")}`;
        mkdirSync(join(home, "plugins", aws), { recursive: true });
        mkdirSync(join(home, "plugins", "resource-random-v0.0.1"));
        const [first, second, third] = await run(pluginsCheck, { PULUMI_HOME: home });
        expect(first).toEqual({
            id: "plugins.aws",
            status: "ok",
            message: `the aws plugin ${version("aws")}`,
        });
        const random = version("random");
        expect(third).toEqual({
            id: "plugins.random",
            status: "warning",
            message: `the random plugin ${random} is not in ${join(home, "plugins")}`,
            fix: `the first \`up\` fetches it; or pulumi plugin install resource random ${random}`,
        });
        expect([second?.id, second?.status]).toEqual(["plugins.kubernetes", "warning"]);
    });

    it("are those of machines where there is no Kubernetes", async () => {
        const findings = await run(machinePluginsCheck, { PULUMI_HOME: folder() });
        expect(findings.map(({ id }) => id)).toEqual([
            "plugins.aws",
            "plugins.random",
            "plugins.tls",
        ]);
    });

    it("are lacking where the engine may not fetch them", async () => {
        const PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION = "true";
        const env = { HOME: folder(), PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION };
        const findings = await run(pluginsCheck, env);
        expect(findings.map(({ status }) => status)).toEqual(["lacking", "lacking", "lacking"]);
        const aws = version("aws");
        expect(findings[0]?.fix).toBe(`run pulumi plugin install resource aws ${aws}`);
    });
});

describe("the aws command", () => {
    it("must be on PATH and run", async () => {
        const bin = folder();
        const fix =
            "install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html";
        expect(await run(awsCliCheck, { PATH: bin })).toEqual([
            {
                id: "aws-cli",
                status: "lacking",
                message:
                    "aws is not on PATH, and Kubernetes is reached through `aws eks get-token`",
                fix,
            },
        ]);
        const path = fakeProgram(join(bin, "aws"), "#!/bin/sh\nexit 127\n");
        expect(await run(awsCliCheck, { PATH: bin })).toEqual([
            { id: "aws-cli", status: "lacking", message: `${path} does not run`, fix },
        ]);
        fakeProgram(path, "#!/bin/sh\necho aws-cli/2.31.4 Python/3.13 Linux\n");
        expect(await run(awsCliCheck, { PATH: bin })).toEqual([
            { id: "aws-cli", status: "ok", message: `aws 2.31.4, ${path}` },
        ]);
    });
});

describe("sessions of Systems Manager", () => {
    it("take a plugin of the command line, which `up` does not", async () => {
        const bin = folder();
        const [missing] = await run(sessionManagerCheck, { PATH: bin });
        expect([missing?.status, missing?.message]).toEqual([
            "warning",
            "session-manager-plugin is not on PATH: `up` needs none, and nobody signs in to the control machine without one",
        ]);
        const path = fakeProgram(join(bin, "session-manager-plugin"), "#!/bin/sh\n");
        expect(await run(sessionManagerCheck, { PATH: bin })).toEqual([
            { id: "session-manager", status: "ok", message: path },
        ]);
        const [cli] = await run(sessionCliCheck, { PATH: bin });
        expect(cli?.message).toBe(
            "aws is not on PATH, and machines are reached through `aws ssm start-session`",
        );
    });
});

describe("the state backend", () => {
    const home = (current: string): NodeJS.ProcessEnv => {
        const PULUMI_HOME = folder();
        const noted = { current, accessTokens: { [current]: "pul-token" } };
        writeFileSync(join(PULUMI_HOME, "credentials.json"), JSON.stringify(noted));
        return { PULUMI_HOME };
    };
    const sealed = { PULUMI_CONFIG_PASSPHRASE: "" };

    it("is lacking where nobody chose one", async () => {
        expect(await run(backendCheck, { PULUMI_HOME: folder() })).toEqual([
            {
                id: "backend",
                status: "lacking",
                message: "no state backend is chosen",
                fix: "run `pulumi login s3://<bucket>`, `pulumi login`, or set PULUMI_BACKEND_URL",
            },
        ]);
    });

    it.each([
        ["what pulumi login noted", home("https://api.pulumi.com"), "https://api.pulumi.com"],
        ["a token alone", { PULUMI_ACCESS_TOKEN: "pul-token" }, "https://api.pulumi.com"],
        [
            "a bucket",
            { PULUMI_BACKEND_URL: "s3://states/reef?region=x", ...sealed },
            "s3://states/reef",
        ],
        [
            "a database, without its password",
            { PULUMI_BACKEND_URL: "postgres://session:secret@db:5432/states", ...sealed },
            "postgres://db:5432/states",
        ],
        [
            "the variable before the login",
            { ...home("https://api.pulumi.com"), PULUMI_BACKEND_URL: "gs://states", ...sealed },
            "gs://states",
        ],
    ])("is %s", async (_, env: NodeJS.ProcessEnv, place) => {
        expect(await run(backendCheck, { PULUMI_HOME: folder(), ...env })).toEqual([
            { id: "backend", status: "ok", message: `state is kept in ${place}` },
        ]);
    });

    it("is worth a warning on this machine, and lacking where its folder is not there", async () => {
        const states = folder();
        const env = { PULUMI_BACKEND_URL: `file://${states}`, ...sealed };
        expect(
            (await run(backendCheck, env)).map(({ status, message }) => [status, message]),
        ).toEqual([["warning", `state is kept in ${states}, on this machine only`]]);
        const gone = { PULUMI_BACKEND_URL: `file://${states}/gone`, ...sealed };
        expect(await run(backendCheck, gone)).toEqual([
            {
                id: "backend",
                status: "lacking",
                message: `${states}/gone is no folder that can be written`,
                fix: "create it, or name another backend",
            },
        ]);
    });

    it("wants a passphrase where no service keeps the key", async () => {
        const findings = await run(backendCheck, { PULUMI_BACKEND_URL: "s3://states" });
        expect(findings[1]).toEqual({
            id: "backend.passphrase",
            status: "warning",
            message: "no PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE is set",
            fix: "set one, unless the stack file names a secretsprovider",
        });
    });
});
