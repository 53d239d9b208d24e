import type { AzureClusterSpec } from "../../../../components/model/spec";
import type { Finding } from "../check";
import type { AzureCheck } from "./azure";

const id = "kubernetes-version";

interface Version {
    readonly version?: string;
    readonly isPreview?: boolean | null;
    readonly capabilities?: { readonly supportPlan?: readonly string[] };
}

/** Of the plain plan; the other is long-term support, which is another tier. */
const plainPlan = "KubernetesOfficial";

/**
 * Whether AKS makes a cluster of the version in the region, at the tier that the stack asks for.
 *
 * @see https://learn.microsoft.com/rest/api/aks/managed-clusters/list-kubernetes-versions
 */
export const azureKubernetesVersionCheck: AzureCheck<AzureClusterSpec> = {
    id,
    title: "Kubernetes version",
    needs: "region",
    async run({ spec, caller: { arm } }) {
        const { version } = spec.platform.azure.kubernetes;
        const path = `/providers/Microsoft.ContainerService/locations/${spec.region}/kubernetesVersions`;
        const { values = [] } = await arm.get<{ values?: readonly Version[] }>(
            arm.inSubscription(path),
            "2024-09-01",
        );
        return [judge(version, values)];
    },
};

function judge(version: string, known: readonly Version[]): Finding {
    const found = known.find((each) => each.version === version);
    const isPlain = ({ capabilities }: Version) =>
        capabilities?.supportPlan?.includes(plainPlan) === true;
    const fresh = known
        .filter((each) => isPlain(each) && each.isPreview !== true)
        .map((each) => each.version ?? "")
        .sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
    const fix = `take one of: ${fresh.join(", ")}`;
    if (found === undefined) {
        return { id, status: "lacking", message: `AKS makes no cluster of ${version} here`, fix };
    }
    if (!isPlain(found)) {
        const message = `${version} is in long-term support alone, which another tier has`;
        return { id, status: "lacking", message, fix };
    }
    if (found.isPreview === true) {
        return { id, status: "warning", message: `${version} is a preview of AKS`, fix };
    }
    const message = `${version} is one of ${fresh.join(", ")}`;
    if (version !== fresh[0] || fresh.length === 1) return { id, status: "ok", message };
    const next = `plan the way to ${fresh.slice(1).join(" or ")}: one minor version at a time`;
    return { id, status: "warning", message: `${version} is the oldest of AKS`, fix: next };
}
