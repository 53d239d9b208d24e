import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { accountId } from "../../rehearsal/aws/account";
import { projectRoot } from "../../rehearsal/project-root";
import { temporaryFolder } from "./steward";

jest.setTimeout(120_000);

const folder = temporaryFolder();

/** What a run leaves behind where each provider answers for its own region. */
function standing(regions: Readonly<Record<string, string>>): unknown {
    const entries = Object.entries(regions);
    return {
        succeeded: true,
        errors: [],
        topics: Object.fromEntries(
            entries.map(([name, region]) => [name, `arn:aws:sns:${region}:${accountId}:costs`]),
        ),
        asked: regions,
    };
}

// What it does not prove: that names which AWS keeps apart by region may be the same in two of them where the
// name is also the id, as with log groups.
it("tells two providers of one package in one program apart", async () => {
    const run = promisify(execFile);
    const cwd = projectRoot();
    await run(process.execPath, ["scripts/build.mjs"], { cwd });
    const { stdout } = await run(process.execPath, ["test/engine/regions.mjs", folder], { cwd });
    expect(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "")).toEqual({
        first: standing({ costs: "us-east-1", cluster: "us-east-2" }),
        moved: standing({ costs: "us-east-1", cluster: "eu-west-1" }),
    });
});
