import type { ClusterVersionInformation } from "@aws-sdk/client-eks";
import { forTarget } from "../aws-client";
import type { CloudCheck, Finding } from "../check";

const id = "kubernetes-version";

/** Ninety days: time for one upgrade, and about when EKS itself announces the end. */
const soonMs = 90 * 24 * 60 * 60 * 1000;

/** Whether EKS still supports the version at the plain price. https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
export const kubernetesVersionCheck: CloudCheck = {
    id,
    title: "Kubernetes version",
    needs: "region",
    async run(target) {
        const { version } = target.spec.platform.aws.kubernetes;
        const sdk = await import("@aws-sdk/client-eks");
        const client = new sdk.EKSClient(forTarget(target));
        const known: ClusterVersionInformation[] = [];
        const input = { includeAll: true };
        for await (const page of sdk.paginateDescribeClusterVersions({ client }, input)) {
            known.push(...(page.clusterVersions ?? []));
        }
        return [judgeVersion(version, known)];
    },
};

function judgeVersion(version: string, known: readonly ClusterVersionInformation[]): Finding {
    const found = known.find(({ clusterVersion }) => clusterVersion === version);
    const fresh = known
        .filter(({ versionStatus }) => versionStatus === "STANDARD_SUPPORT")
        .map(({ clusterVersion = "" }) => clusterVersion)
        .sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
    const fix = `take one of: ${fresh.join(", ")}`;
    const day = (date: Date | undefined) => date?.toISOString().slice(0, 10) ?? "an unknown day";
    switch (found?.versionStatus) {
        case "STANDARD_SUPPORT": {
            const ends = found.endOfStandardSupportDate;
            const message = `${version} is supported until ${day(ends)}`;
            const newer = fresh.slice(fresh.indexOf(version) + 1);
            const soon = ends !== undefined && ends.getTime() - Date.now() < soonMs;
            if (!soon || newer.length === 0) return { id, status: "ok", message };
            const next = `plan the way to ${newer.join(" or ")}: one minor version at a time`;
            return { id, status: "warning", message: `${message}, then it costs more`, fix: next };
        }
        case "EXTENDED_SUPPORT": {
            const message =
                `${version} is in extended support, which costs more and ends on ` +
                day(found.endOfExtendedSupportDate);
            return { id, status: "warning", message, fix };
        }
        default:
            return { id, status: "lacking", message: `EKS makes no cluster of ${version}`, fix };
    }
}
