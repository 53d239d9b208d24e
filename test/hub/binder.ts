import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Owner } from "../../components/model/matrix";
import { ownerOf } from "../../components/model/matrix";
import type { HubSpec } from "../../components/model/spec/jupyterhub";
import { binderEnvironment } from "../../components/workloads/jupyterhub/builds/binder";
import { registryClient as ecrClient } from "../../components/platforms/aws/registry-client";
import { registryClient as acrClient } from "../../components/platforms/azure/registry-client";
import {
    binderFiles,
    binderSettings,
} from "../../components/workloads/jupyterhub/builds/binder-config";
import { projectRoot } from "../../rehearsal/project-root";
import { stackSpec } from "../support/stack-file";
import { describeHub, python } from "./hub";

/** A checkout of BinderHub's repository: no package index has what is newer than 2018. */
const { STEWARD_BINDERHUB: source = "" } = process.env;

const ecr = "123456789012.dkr.ecr.us-east-2.amazonaws.com";
const acr = "utorontobuilds.azurecr.io";

/** What BinderHub is told of a registry: that of account 123456789012 of AWS, and one of Azure. */
export const registries = {
    ecr: {
        imagePrefix: `${ecr}/geolab/binder/builds/`,
        client: ecrClient,
        settings: {
            url: `https://${ecr}`,
            region: "us-east-2",
            push_role: "arn:aws:iam::123456789012:role/push",
            repositories: "arn:aws:ecr:us-east-2:123456789012:repository",
            actions: ["ecr:PutImage"],
        },
    },
    acr: {
        imagePrefix: `${acr}/binder/builds/`,
        client: acrClient,
        settings: { url: `https://${acr}` },
    },
} as const;

export interface Asked {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    /** The header of authorization that AWS's own library writes for the same request. */
    readonly signature?: string;
}

/** What a registry of Azure, or Entra, was asked. */
export interface AskedAzure {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
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
    readonly azure: readonly AskedAzure[];
    /** Tags that the registry of Azure has, and whether they are locked. */
    readonly locked: Readonly<Record<string, boolean>>;
    readonly commands: readonly (readonly string[])[];
    readonly sources: readonly string[];
}

/** The hub of a stack file whose users have environments built, and who answers for these. */
export function hubWithBuilds() {
    const { matrix, workload } = stackSpec("jupyterhub-aws");
    const hub = workload.jupyterhub.hubs.find(({ name }) => name === "binder");
    const images = ownerOf(matrix, "user-image", "binder");
    if (hub?.builds === undefined || images === undefined)
        throw new Error("the stack file lost it");
    return { hub, images, builds: hub.builds };
}

/** What whoever asks for a build is told of it, each once. */
export const phasesOf = (answer: Builds["answers"][number] | undefined): unknown[] => [
    ...new Set(answer?.events.map(({ phase }) => phase)),
];

/** The same where it is built and a server started in it. */
export const wholeBuild = ["waiting", "building", "built", "launching", "ready"];

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
 * @param kind Of the registry.
 * @param built Images that are in it, each as repository and tag.
 */
export function askBinder(
    hub: HubSpec,
    images: Owner,
    asks: readonly { readonly path: string; readonly token?: string }[],
    {
        kind = "ecr",
        built = [],
    }: { kind?: keyof typeof registries; built?: readonly string[] } = {},
): Builds {
    const { builds } = hub;
    if (builds === undefined) throw new Error(`${hub.name} builds nothing`);
    const folder = mkdtempSync(join(tmpdir(), "steward-binder-"));
    try {
        const files = {
            ...binderFiles(images, registries[kind].client),
            "settings.json": binderSettings(hub, builds, registries[kind]),
        };
        const environment = binderEnvironment(hub);
        return JSON.parse(
            runPython("binder_beside.py", { source, folder, files, environment, asks, built }),
        ) as Builds;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
