import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Owner } from "../../components/model/matrix";
import type { HubSpec } from "../../components/model/spec/jupyterhub";
import { binderEnvironment } from "../../components/workloads/jupyterhub/builds/binder";
import { binderFiles } from "../../components/workloads/jupyterhub/builds/binder-config";
import { projectRoot } from "../../rehearsal/project-root";
import { describeHub, python } from "./hub";

/** A checkout of BinderHub's repository: no package index has what is newer than 2018. */
const { STEWARD_BINDERHUB: source = "" } = process.env;

/** What BinderHub is told of the registry of account 123456789012. */
export const registry = {
    partition: "aws",
    region: "us-east-2",
    accountId: "123456789012",
    prefix: "geolab/binder/builds",
    pushRoleArn: "arn:aws:iam::123456789012:role/push",
    pushActions: ["ecr:PutImage"],
} as const;

export interface Asked {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    /** The header of authorization that AWS's own library writes for the same request. */
    readonly signature?: string;
}

export interface BuildPod {
    readonly namespace: string;
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly spec: Readonly<Record<string, unknown>> & {
        readonly containers: readonly Readonly<Record<string, unknown>>[];
    };
}

export interface Builds {
    readonly answers: readonly {
        readonly status: number;
        readonly to: string | null;
        readonly events: readonly Readonly<Record<string, string>>[];
    }[];
    readonly pods: readonly BuildPod[];
    readonly deleted: readonly string[];
    readonly servers: readonly { readonly user: string; readonly options: object }[];
    readonly aws: readonly Asked[];
    readonly commands: readonly (readonly string[])[];
    readonly sources: readonly string[];
}

/** Tests that need BinderHub's source: left out where it is not here, and said so. */
export function describeBinder(name: string, body: () => void): void {
    if (existsSync(join(source, "binderhub", "build.py"))) {
        describeHub(name, body);
        return;
    }
    process.stderr.write(`STEWARD_BINDERHUB names no checkout, left out: ${name}\n`);
    describe.skip(name, () => {
        it("needs BinderHub's source", () => undefined);
    });
}

/** Runs a Python script of this folder with JSON on its standard input. */
export function runPython(script: string, input: object): string {
    const path = join(projectRoot(), "test", "hub", script);
    const { status, stdout, stderr } = spawnSync(python, ["-B", path], {
        input: JSON.stringify(input),
        encoding: "utf8",
        timeout: 120_000,
    });
    if (status !== 0) throw new Error(stderr.slice(-4_000));
    return stdout;
}

/**
 * Lets people ask the BinderHub of a hub.
 *
 * @param built Images that are in the registry, each as repository and tag.
 */
export function askBinder(
    hub: HubSpec,
    images: Owner,
    asks: readonly { readonly path: string; readonly token?: string }[],
    built: readonly string[] = [],
): Builds {
    const { builds } = hub;
    if (builds === undefined) throw new Error(`${hub.name} builds nothing`);
    const folder = mkdtempSync(join(tmpdir(), "steward-binder-"));
    try {
        const files = binderFiles(hub, builds, { images, registry });
        const environment = binderEnvironment(hub);
        return JSON.parse(
            runPython("binder_beside.py", { source, folder, files, environment, asks, built }),
        ) as Builds;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
