import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Coverage } from "../../policies/coverage";
import { projectRoot } from "../../rehearsal/project-root";
import { defaultConfig, rehearse, temporaryFolder } from "./steward";

jest.setTimeout(300_000);

const folder = temporaryFolder();

interface Stripped {
    readonly met: number;
    readonly succeeded: boolean;
    readonly coverage: Coverage;
    readonly rules: readonly [string, string][];
}

/** One resource of each shape that carries an owner, and the key that is taken off it. */
const cases = [
    ["aws:ec2/vpc:Vpc", "network-vpc", "tags/owner-role"],
    ["kubernetes:core/v1:Namespace", "hub-prod-namespace", "metadata/labels/owner-party"],
    ["kubernetes:core/v1:ConfigMap", "hub-prod-chart:prod/hub", "metadata/labels/owner-layer"],
] as const;

/** Where somebody else makes resources, the owner is missing on those and not on this one. */
const spawnPoints = [
    ["aws:ec2/launchTemplate:LaunchTemplate", "node-pools-core", "tagSpecifications"],
    ["aws:ec2/launchTemplate:LaunchTemplate", "node-pools-prod-dask", "tagSpecifications"],
    [
        "kubernetes:apps/v1:Deployment",
        "hub-prod-chart:prod/hub",
        "spec/template/metadata/labels/owner-role",
    ],
] as const;

it("one key less on one resource of each shape is one uncovered more, and blocks", async () => {
    const base = await rehearse(folder, defaultConfig());
    expect([base.code, base.result.coverage.uncovered]).toEqual([0, 0]);
    const { stdout } = await promisify(execFile)(
        process.execPath,
        ["test/engine/stripped.mjs", folder, JSON.stringify([...cases, ...spawnPoints])],
        { cwd: projectRoot(), maxBuffer: 64 * 1024 * 1024 },
    );
    const stripped = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Stripped[];
    const { total } = base.result.coverage;
    expect(
        stripped.map(({ met, succeeded, coverage, rules }) => [
            met,
            succeeded,
            coverage.total,
            coverage.uncovered,
            rules,
        ]),
    ).toEqual([
        ...cases.map(([, name]) => [1, false, total, 1, [["owner-carried", name]]]),
        ...spawnPoints.map(([, name]) => [1, false, total, 0, [["spawn-points", name]]]),
    ]);
});
