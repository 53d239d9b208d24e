import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownerOf } from "../../components/model/matrix";
import { agentIdentity } from "../../components/platforms/aws/agent-identity";
import type { HubSpec } from "../../components/model/spec/jupyterhub";
import { accessPolicy, classes } from "../../components/workloads/jupyterhub/sign-in";
import { hubValues } from "../../components/workloads/jupyterhub/values";
import { cacheFolder } from "../../rehearsal/engine/cache-folder";
import { isExecutable } from "../../rehearsal/engine/executable";
import { projectRoot } from "../../rehearsal/project-root";
import { geolabSpec } from "../support/stack-file";

/** Who comes to the hub, by what its identity provider says of them, and the servers they ask for. */
export interface Person {
    readonly userinfo: Readonly<Record<string, unknown>>;
    /** What the provider answers besides the token, such as the scopes granted. */
    readonly token?: Readonly<Record<string, unknown>>;
    readonly organisations?: readonly string[];
    readonly teams?: readonly unknown[];
    /** Servers asked for: by the page's form, or with options of one's own by the API. */
    readonly asks?: readonly Ask[];
}

export type Ask =
    | { readonly form: Readonly<Record<string, string>> }
    | { readonly options: Readonly<Record<string, string>> };

export interface Page {
    readonly status: number;
    /** The fields of its form, each with the values it offers. */
    readonly fields: Readonly<Record<string, readonly (string | null)[]>>;
    readonly words: string;
}

/** A pod as the hub asked Kubernetes for it. */
export interface Pod {
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly spec: Readonly<Record<string, unknown>> & { readonly containers: readonly object[] };
}

export interface Visit {
    readonly entered: boolean;
    /** As the hub knows this person. */
    readonly name?: string;
    readonly scope: string;
    readonly refusal?: Page;
    readonly form?: Page;
    readonly asks?: readonly (Page & { readonly pods: readonly Pod[] })[];
}

export interface Visits {
    readonly people: Readonly<Record<string, Visit>>;
    /** Who the hub knows afterwards. */
    readonly users: Readonly<Record<string, { admin: boolean; groups: readonly string[] }>>;
    readonly authenticator: string;
    readonly by: "chart" | "values";
    /** With a Dask gateway beside the hub: what each server was answered, and what became of each cluster. */
    readonly dask?: {
        readonly answers: readonly (readonly Answer[])[];
        readonly made: readonly Made[];
    };
}

export interface Answer {
    readonly cluster?: string;
    readonly refused?: string;
}

export type Made = Readonly<
    Record<"cluster" | "scheduler" | "worker" | "secret" | "service" | "route" | "tcpRoute", Pod>
>;

/** Python with the packages of the hub's image; `.ci/run` installs them. */
export const python = join(cacheFolder(process.env), "hub", "bin", "python3");

/** What the images begin with that a hub with builds takes. */
export const builtImages = "123456789012.dkr.ecr.us-east-2.amazonaws.com/geolab/binder/builds/";

/** Tests that need the hub's packages: left out where they are not here, and said so; never where CI runs. */
export function describeHub(name: string, body: () => void): void {
    if (isExecutable(python) || process.env["STEWARD_ALL_TESTS"] !== undefined) {
        describe(name, body);
        return;
    }
    process.stderr.write(`the hub's packages are not here, left out: ${name} (see .ci/run)\n`);
    describe.skip(name, () => {
        it("needs the packages of test/hub/requirements.txt", () => undefined);
    });
}

/**
 * Lets people come to a hub that runs with what Steward configures.
 *
 * @param dask What a Dask gateway beside it is told, and what each server asks of it.
 */
export function visit(
    hub: HubSpec,
    people: Readonly<Record<string, Person>>,
    dask?: object,
): Visits {
    if (!isExecutable(python)) throw new Error(`${python} is not here: see .ci/run`);
    const { matrix } = geolabSpec();
    const sessions = ownerOf(matrix, "user-sessions", "prod");
    if (sessions === undefined) throw new Error("the stack file lost its hub");
    const values = hubValues(hub, {
        sessions,
        serviceAccount: "user-sa",
        identity: agentIdentity,
        buckets: {},
        database: { kind: "claim" },
        nodeSelector: { "steward/hub": hub.name },
        proxyToken: "ab".repeat(32),
        cookieSecret: "cd".repeat(32),
        authStateKey: "ef".repeat(32),
        metricsKey: "98".repeat(32),
        oauthClientDigest: "12345678",
        dask: dask && { token: "01".repeat(32) },
        binder: hub.builds && { token: "23".repeat(32), imagePrefix: builtImages },
    });
    const input = {
        values,
        policy: accessPolicy(hub),
        section: classes[hub.authenticator.class],
        people: Object.fromEntries(
            Object.entries(people).map(([name, person]) => [name, { token: {}, ...person }]),
        ),
        dask,
    };
    const folder = mkdtempSync(join(tmpdir(), "steward-hub-"));
    try {
        const script = join(projectRoot(), "test", "hub", "hub.py");
        const { status, stdout, stderr } = spawnSync(python, ["-B", script], {
            input: JSON.stringify({ ...input, folder, chart: chartSource(folder) }),
            encoding: "utf8",
            timeout: 120_000,
        });
        if (status !== 0) throw new Error(stderr.slice(-4_000));
        return JSON.parse(stdout) as Visits;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** The source of the chart out of its archive, where STEWARD_CHARTS has it. */
function chartSource(folder: string): string | null {
    const charts = process.env["STEWARD_CHARTS"];
    const archive = join(charts ?? "", "jupyterhub-4.4.0.tgz");
    if (charts === undefined || !existsSync(archive)) return null;
    const { status } = spawnSync("tar", ["-xzf", archive, "-C", folder]);
    if (status !== 0) throw new Error(`${archive} cannot be unpacked`);
    return join(folder, "jupyterhub");
}
