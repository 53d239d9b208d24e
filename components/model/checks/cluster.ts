import { entryProblems } from "../carriers/entries";
import { checkAws } from "./aws";
import { checkAwsHubs } from "./aws-hubs";
import { checkAzure } from "./azure";
import { checkCommcare } from "./commcare";
import { checkCoreNodes } from "./core-nodes";
import { checkDatabaseWindows } from "./database-windows";
import { checkDns } from "./dns";
import { checkJupyterhub } from "./jupyterhub";
import { checkStorage } from "./storage";
import { checkVms } from "./vms";
import { checkVmsHubs } from "./vms-hubs";
import { findLayer, layersOf } from "../layers";
import type { Problem } from "../problem";
import { bundles, isBundle, isRole, roles } from "../roles";
import type { StackInput } from "../spec/stack";
import { wordPath } from "../spec/problems";
import { ownerKeys } from "../tags";

/** What the schema cannot see: parts of a stack file that do not fit one another. */
export function checkCluster(input: StackInput): Problem[] {
    return [
        ...checkSections(input),
        ...checkHolders("steward:roles", input.roles),
        ...checkLayers("steward:layers", input.layers, input, () => true),
        ...checkCarriers(input),
        ...checkAccess(input),
        ...checkTags(input),
        ...(input.cluster.platform === "aws" && input.aws !== undefined ? checkAws(input) : []),
        ...(input.cluster.platform === "aws" ? checkAwsHubs(input) : []),
        ...(input.cluster.platform === "azure" ? checkAzure(input) : []),
        ...checkDns(input),
        ...(input.cluster.platform === "aws" ? checkCoreNodes(input) : []),
        ...(input.cluster.platform === "aws" ? checkDatabaseWindows(input) : []),
        ...(input.cluster.workload === "jupyterhub" ? checkJupyterhub(input) : []),
        ...(input.cluster.workload === "jupyterhub" ? checkStorage(input) : []),
        ...(input.cluster.workload === "commcare" ? checkCommcare(input) : []),
        ...(input.cluster.platform === "vms" ? checkVms(input) : []),
        ...(input.cluster.platform === "vms" && input.cluster.workload === "jupyterhub"
            ? checkVmsHubs(input)
            : []),
        ...checkHubs(input),
    ];
}

/** The sections that this version provisions; a section for another cluster is a mistake as well. */
function checkSections(input: StackInput): Problem[] {
    const { workload, platform, region } = input.cluster;
    const problems: Problem[] = [];
    for (const [key, needed] of [
        ["aws", platform === "aws"],
        ["azure", platform === "azure"],
        ["vms", platform === "vms"],
        ["jupyterhub", workload === "jupyterhub"],
        ["commcare", workload === "commcare"],
    ] as const) {
        const there = input[key] !== undefined;
        if (there === needed) continue;
        const path = `steward:${key}`;
        problems.push(
            needed
                ? { path, message: "is missing", fix: `describe the ${key} cluster there` }
                : { path, message: "belongs to another kind of cluster", fix: "remove it" },
        );
    }
    if (platform !== "vms" && region === undefined) {
        const fix = "write the region, such as us-east-2";
        problems.push({ path: "steward:cluster.region", message: "is missing", fix });
    }
    return problems;
}

function checkHolders(path: string, holders: Readonly<Record<string, unknown>>): Problem[] {
    return Object.keys(holders)
        .filter((slug) => !isRole(slug) && !isBundle(slug))
        .map((slug) => ({
            path: `${path}.${slug}`,
            message: "is not a role",
            fix: `take one of: ${[...Object.keys(roles), ...Object.keys(bundles)].join(", ")}`,
        }));
}

function checkLayers(
    path: string,
    said: Readonly<Record<string, unknown>>,
    { cluster: { workload, platform } }: StackInput,
    fits: (layer: string) => boolean,
): Problem[] {
    const known = layersOf(workload, platform).map(([slug]) => slug as string);
    return Object.keys(said)
        .filter((slug) => !known.includes(slug) || !fits(slug))
        .map((slug) => ({
            path: `${path}.${slug}`,
            message: `is not a layer of a ${workload} cluster on ${platform}`,
            fix: `take one of: ${known.filter(fits).join(", ")}`,
        }));
}

function checkHubs(input: StackInput): Problem[] {
    const perHub = (slug: string) => findLayer(input.cluster.workload, slug)?.perHub === true;
    return (input.jupyterhub?.hubs ?? []).flatMap((hub, at) => {
        const path = `steward:jupyterhub.hubs[${String(at)}]`;
        return [
            ...checkHolders(`${path}.roles`, hub.roles ?? {}),
            ...checkLayers(`${path}.layers`, hub.layers ?? {}, input, perHub),
        ];
    });
}

function checkCarriers({ carriers }: StackInput): Problem[] {
    return entryProblems(carriers).map(({ key, message, fix }) => {
        return { path: wordPath(["carriers", key]), message, fix };
    });
}

function checkAccess({ access, cluster }: StackInput): Problem[] {
    const problems: Problem[] = Object.keys(access)
        .filter((slug) => slug !== "deployer" && !isRole(slug))
        .map((slug) => ({
            path: `steward:access.${slug}`,
            message: "is not a role",
            fix: `take deployer or one of: ${Object.keys(roles).join(", ")}`,
        }));
    if (cluster.platform !== "vms" && access["deployer"] === undefined) {
        problems.push({
            path: "steward:access.deployer",
            message: "is missing, and without it nobody may deploy into the cluster",
            fix:
                cluster.platform === "aws"
                    ? "write the ARN of the IAM role that runs `pulumi up`"
                    : "write the object id of the principal that runs `pulumi up`",
        });
    }
    if (cluster.platform !== "aws") return problems;
    const seen = new Map<string, string>();
    for (const [slug, principal] of Object.entries(access)) {
        const other = seen.get(principal);
        seen.set(principal, slug);
        if (other === undefined) continue;
        problems.push({
            path: `steward:access.${slug}`,
            message: `is the principal of ${other} too, and EKS takes each principal once`,
            fix: "give each its own IAM role",
        });
    }
    return problems;
}

function checkTags({ tags }: StackInput): Problem[] {
    const reserved: readonly string[] = Object.values(ownerKeys);
    return Object.keys(tags)
        .filter((key) => reserved.includes(key) || /^(aws|kubernetes\.io|eks):/i.test(key))
        .map((key) => ({
            path: `steward:tags.${key}`,
            message: "is a reserved key",
            fix: "choose another: the owner's keys come from the matrix, aws: belongs to AWS",
        }));
}
