import type { Matrix } from "../../../../components/model/matrix";
import { Inventory } from "../../../../policies/inventory";
import { textOf } from "../../../../policies/plain";
import type { StateResource } from "../../../../policies/report/state";
import { objectOf } from "../whereabouts";

/** Where in Azure to ask for what the engine never made, and what it made: all out of the state. */
export interface AzureWhereabouts {
    readonly matrix: Matrix;
    readonly subscriptionId: string;
    readonly tenantId: string;
    readonly region: string;
    /** Groups that the stack made; Azure deletes them with everything in them. */
    readonly groups: readonly string[];
    /** Those that stay, with the zones in them. */
    readonly staying: readonly string[];
    /** The group that AKS made for machines, which goes with the cluster. */
    readonly nodeGroup: string | undefined;
    /** Ids of what the engine made, in lower case: Azure spells them as it likes. */
    readonly made: ReadonlySet<string>;
    /** Objects in Kubernetes that the engine made: `Service prod/hub`. */
    readonly objects: ReadonlySet<string>;
    readonly kubeconfig: string | undefined;
}

/** @returns undefined for a state without a cluster, or one of no subscription. */
export function azureWhereaboutsOf(
    resources: readonly StateResource[],
): AzureWhereabouts | undefined {
    const matrix = new Inventory(resources).matrix();
    const ofType = (type: string) => resources.filter((each) => each.type === type);
    const [azure] = ofType("pulumi:providers:azure-native");
    const subscriptionId = textOf(azure?.inputs["subscriptionId"]);
    const tenantId = textOf(azure?.inputs["tenantId"]);
    if (matrix === undefined || subscriptionId === undefined || tenantId === undefined) {
        return undefined;
    }
    const groups = ofType("azure-native:resources:ResourceGroup");
    const [aks] = ofType("azure-native:containerservice:ManagedCluster");
    const [kubernetes] = ofType("pulumi:providers:kubernetes");
    return {
        matrix,
        subscriptionId,
        tenantId,
        region: textOf(groups[0]?.inputs["location"]) ?? "",
        groups: namesOf(groups.filter(({ retained }) => retained !== true)),
        staying: namesOf(groups.filter(({ retained }) => retained === true)),
        nodeGroup: textOf(aks?.inputs["nodeResourceGroup"]),
        made: new Set(resources.flatMap(({ id }) => id?.toLowerCase() ?? [])),
        objects: new Set(resources.flatMap(objectOf)),
        kubeconfig: textOf(kubernetes?.inputs["kubeconfig"]),
    };
}

const namesOf = (groups: readonly StateResource[]): string[] =>
    groups.flatMap(({ id }) => id?.split("/").at(-1) ?? []);
