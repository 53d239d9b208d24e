import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recipe } from "../../components/workloads/jupyterhub/builds/recipe";
import { runPython } from "./binder";
import { describeHub } from "./hub";

jest.setTimeout(240_000);

const image = "123456789012.dkr.ecr.us-east-2.amazonaws.com/geolab/binder/builds/a-b-c0ffee:0123";
const registry = "123456789012.dkr.ecr.us-east-2.amazonaws.com";

describeHub("a build, on the real repo2docker", () => {
    interface Run {
        readonly asked: readonly (readonly string[])[];
        readonly login: object;
        readonly dockerfile: string;
    }
    const runWith = (username: string) => {
        const folder = mkdtempSync(join(tmpdir(), "steward-recipe-"));
        try {
            // As BinderHub writes it, see binder.test.ts.
            const command = [
                "jupyter-repo2docker",
                "--ref=0123",
                `--image=${image}`,
                "--no-clean",
                "--no-run",
                "--json-logs",
                "--user-name=jovyan",
                "--user-id=1000",
                "--push",
                "--config=/etc/steward/repo2docker_config.py",
                "https://github.com/a/b",
            ];
            const credentials = { registry, username, password: "a token" };
            return JSON.parse(
                runPython("recipe.py", { folder, recipe, command, credentials }),
            ) as Run;
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    };
    let run: Run;
    beforeAll(() => {
        run = runWith("AWS");
    });

    it("asks BuildKit beside it, which pushes, and no daemon", () => {
        expect(run.asked.map((words) => words.slice(0, 2))).toEqual([
            ["buildx", "create"],
            ["buildx", "build"],
        ]);
        expect(run.asked[0]).toEqual([
            "buildx",
            "create",
            "--use",
            "--driver=remote",
            "unix:///run/buildkit/buildkitd.sock",
        ]);
        expect(run.asked[1]).toEqual(expect.arrayContaining(["--push", "--tag", image]));
        expect(run.asked[1]).not.toContain("--load");
    });

    it("hands over the token of the build, and what repo2docker wrote", () => {
        const auth = Buffer.from("AWS:a token").toString("base64");

        expect(run.login).toEqual({ auths: { [registry]: { auth } } });
        expect(run.dockerfile).toContain('LABEL repo2docker.ref="0123"');
    });

    it("hands over a token that a registry takes as it is where it has no name", () => {
        expect(runWith("").login).toEqual({
            auths: { [registry]: { registrytoken: "a token" } },
        });
    });
});
