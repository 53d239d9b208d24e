import { uuid } from "../../provider/identifiers";
import { blocksAt, flagAt, isGiven, numberAt, textsAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import { normal } from "../arm-id";
import type { Admission, AzureType, Problem } from "../azure-type";
import { refuse } from "../azure-type";
import { agentPoolName } from "../names";
import { findById } from "../references";
import { inGroup } from "./paths";
import { zoneProblems } from "./public-addresses";
import { enterSubnet } from "./subnets";

export const poolType = "azure-native:containerservice:AgentPool";
export const clusterPath = "Microsoft.ContainerService/managedClusters/{resourceName}";

/** @see https://learn.microsoft.com/azure/aks/quotas-skus-regions#service-quotas-and-limits */
const mostNodes = 1000;

/** @see https://learn.microsoft.com/azure/aks/use-system-pools */
export function* poolProblems(path: string, pool: Props): Generator<Problem> {
    const at = (key: string) => (path === "" ? key : `${path}.${key}`);
    const [least, most, count] = ["minCount", "maxCount", "count"].map((key) =>
        numberAt(pool, key),
    );
    if (flagAt(pool, "enableAutoScaling") === true) {
        if (least === undefined || most === undefined)
            yield {
                property: at("minCount"),
                reason: "and maxCount are required with enableAutoScaling",
            };
        else if (least > most || most > mostNodes)
            yield { property: at("maxCount"), reason: `${most} is not ${least} to ${mostNodes}` };
    } else if (least !== undefined || most !== undefined)
        yield { property: at("minCount"), reason: "and maxCount go with enableAutoScaling only" };
    if (text(pool, "mode") === "System" && (least === 0 || count === 0))
        yield {
            property: at("minCount"),
            reason: "is 0, which a pool of the mode System cannot be",
        };
    const spot = text(pool, "scaleSetPriority") === "Spot";
    if (spot && text(pool, "mode") === "System")
        yield {
            property: at("scaleSetPriority"),
            reason: "Spot cannot be a pool of the mode System",
        };
    if (isGiven(pool, "spotMaxPrice") && !spot)
        yield { property: at("spotMaxPrice"), reason: "goes with scaleSetPriority Spot only" };
    for (const taint of textsAt(pool, "nodeTaints"))
        if (!/^[\w./-]+(=[\w.-]*)?:(NoSchedule|PreferNoSchedule|NoExecute)$/.test(taint))
            yield { property: at("nodeTaints"), reason: `${taint} is no key=value:effect` };
    const pods = numberAt(pool, "maxPods");
    if (pods !== undefined && (pods < 10 || pods > 250))
        yield { property: at("maxPods"), reason: `${pods} is not 10 to 250` };
    yield* zoneProblems({ zones: pool["availabilityZones"] ?? [] });
}

const clusterOf = (id: string): string => id.replace(/\/agentPools\/[^/]+$/i, "");

const poolNames = (props: Props): readonly string[] =>
    blocksAt(props, "agentPoolProfiles").flatMap((pool) => text(pool, "name") ?? []);

/** Minor release: 35 of 1.35.2. */
const minorOf = (version: string | undefined): number => Number(version?.split(".")[1] ?? NaN);

/** Machines may be behind the control plane and never ahead. @see https://learn.microsoft.com/azure/aks/manage-node-pools#validation-rules-for-upgrades */
function refuseAhead(pool: Props, cluster: Props): void {
    const [asked, there] = [
        text(pool, "orchestratorVersion"),
        text(cluster, "currentKubernetesVersion"),
    ];
    if (minorOf(asked) > minorOf(there))
        refuse(
            "NodePoolMcVersionIncompatible",
            `orchestratorVersion: ${asked ?? ""} is ahead of the control plane's ${there ?? ""}; raise kubernetesVersion first`,
        );
}

/** A pool beside the cluster's own: two of one name are one, and each undoes what the other says. */
function admitPool({ id, inputs, cloud }: Admission): void {
    const owner = findById(cloud, clusterOf(id));
    const name = text(inputs, "agentPoolName") ?? "";
    if (owner !== undefined && poolNames(owner.inputs).includes(name))
        refuse("Conflict", `agentPoolName: ${name} is one of the cluster's own agentPoolProfiles`);
    if (owner !== undefined) refuseAhead(inputs, owner.outputs);
    for (const subnet of textsAt(inputs, "vnetSubnetID")) enterSubnet(cloud, subnet);
}

/**
 * A request for the cluster names the release of all pools or of none, and no other one than they have or the control
 * plane gets.
 *
 * @see https://github.com/Azure/AKS/issues/4765
 */
export function checkReleases({ id, inputs, cloud, old }: Admission): void {
    if (old === undefined) return;
    const releases = (props: Props) =>
        blocksAt(props, "agentPoolProfiles").map((pool) => text(pool, "orchestratorVersion"));
    const asked = releases(inputs);
    if (asked.every((each) => each === undefined)) return;
    const beside = cloud.all(poolType).some((pool) => normal(pool.id).startsWith(`${normal(id)}/`));
    const allowed = [...releases(old.inputs), text(inputs, "kubernetesVersion")];
    if (!beside && asked.every((each) => each !== undefined && allowed.includes(each))) return;
    refuse(
        "NotAllAgentPoolOrchestratorVersionSpecifiedAndUnchanged",
        "agentPoolProfiles.orchestratorVersion: give it for all pools of the cluster or for none, and raise a pool by itself",
    );
}

/** Pools of machines beside a cluster's own. @see https://learn.microsoft.com/rest/api/aks/agent-pools */
export const agentPoolTypes: Readonly<Record<string, AzureType>> = {
    [poolType]: {
        path: inGroup(`${clusterPath}/agentPools/{agentPoolName}`),
        name: agentPoolName,
        immutable: ["gpuInstanceProfile", "vmSize", "networkProfile.nodePublicIPTags"],
        fixed: [
            "availabilityZones",
            "enableEncryptionAtHost",
            "enableFIPS",
            "kubeletDiskType",
            "osDiskSizeGB",
            "osDiskType",
            "osType",
            "maxPods",
            "scaleSetPriority",
            "scaleSetEvictionPolicy",
            "spotMaxPrice",
            "vnetSubnetID",
        ],
        required: ["vmSize"],
        defaults: { nodeLabels: {}, nodeTaints: [] },
        *inputProblems(inputs) {
            yield* poolProblems("", inputs);
            const name = text(inputs, "agentPoolName");
            if (text(inputs, "osType") === "Windows" && (name ?? "").length > 6)
                yield {
                    property: "agentPoolName",
                    reason: "has more than the 6 characters that Windows takes",
                };
        },
        admit: admitPool,
        computed: ({ inputs, id, cloud }) => {
            const owner = findById(cloud, clusterOf(id))?.outputs ?? {};
            const asked = text(inputs, "orchestratorVersion");
            const version = asked ?? text(owner, "currentKubernetesVersion") ?? "1.34";
            return {
                currentOrchestratorVersion: /^\d+\.\d+$/.test(version) ? `${version}.0` : version,
            };
        },
        made: () => ({
            eTag: uuid(),
            nodeImageVersion: "AKSUbuntu-2204gen2containerd-202611.01.0",
        }),
    },
};
