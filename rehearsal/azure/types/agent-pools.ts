import { uuid } from "../../provider/identifiers";
import { blocksAt, flagAt, isGiven, numberAt, textsAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
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

const poolNames = (props: Props): readonly string[] =>
    blocksAt(props, "agentPoolProfiles").flatMap((pool) => text(pool, "name") ?? []);

/** A pool beside the cluster's own: two of one name are one, and each undoes what the other says. */
function admitPool({ id, inputs, cloud }: Admission): void {
    const owner = findById(cloud, id.replace(/\/agentPools\/[^/]+$/i, ""));
    const name = text(inputs, "agentPoolName") ?? "";
    if (owner !== undefined && poolNames(owner.inputs).includes(name))
        refuse("Conflict", `agentPoolName: ${name} is one of the cluster's own agentPoolProfiles`);
    for (const subnet of textsAt(inputs, "vnetSubnetID")) enterSubnet(cloud, subnet);
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
        made: () => ({
            currentOrchestratorVersion: "1.34.0",
            eTag: uuid(),
            nodeImageVersion: "AKSUbuntu-2204gen2containerd-202611.01.0",
        }),
    },
};
