import { getDetector } from "@pulumi/aws/guardduty/getDetector";
import type { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import type { OnlyAws } from "../../model/spec";
import type { Detection } from "../../model/spec/aws-detection";
import { ownerKeys } from "../../model/tags";

/** The detector of the account in the region, as it stands before this deploy. */
export interface FoundDetector {
    readonly id: string;
    /** Whether it is switched on. */
    readonly enabled: boolean;
    readonly readsAuditLogs: boolean;
    readonly tags: Readonly<Record<string, string>>;
}

/** What becomes of the detector. */
export type DetectorPlan =
    | { readonly kind: "own"; readonly standing?: FoundDetector }
    | { readonly kind: "adopted"; readonly detector: FoundDetector }
    | { readonly kind: "skipped" };

/** How the provider says that there is none: it looks for the single one and takes none for a mistake. */
const noDetector =
    /empty result|couldn't find resource|no detectors? (was |were )?found|no matching/i;

/**
 * Looks for the detector. Changes nothing.
 *
 * @returns undefined where the account has none in the region.
 * @throws RunError when AWS does not let us look: an account that cannot be read is not one without a detector.
 */
export async function findDetector(opts: pulumi.InvokeOptions): Promise<FoundDetector | undefined> {
    try {
        const { id, status, features, tags } = await getDetector({}, opts);
        const audit = features.find(({ name }) => name === "EKS_AUDIT_LOGS");
        return {
            id,
            enabled: status === "ENABLED",
            readsAuditLogs: audit?.status === "ENABLED",
            tags,
        };
    } catch (error) {
        const message = (error as Error).message;
        if (noDetector.test(message)) return undefined;
        throw new pulumi.RunError(
            `steward:aws.detection: cannot be decided, the look at GuardDuty failed (${message}); ` +
                "let the deployer ListDetectors and GetDetector, or write skip",
        );
    }
}

/**
 * Decides what becomes of the detector, the same in every run: one that carries the name of this cluster is its
 * own, whoever wrote the state; any other belongs to somebody else and stays as it is.
 *
 * @throws RunError where one of its own is asked for and another one stands: AWS takes no second.
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html
 */
export function planDetector(
    wanted: Detection,
    clusterName: string,
    found: FoundDetector | undefined,
): DetectorPlan {
    if (wanted === "skip") return { kind: "skipped" };
    if (found === undefined) return { kind: "own" };
    const { tags } = found;
    if (tags[ownerKeys.cluster] === clusterName && tags[ownerKeys.managedBy] === "steward") {
        return { kind: "own", standing: found };
    }
    if (wanted === "adopt") return { kind: "adopted", detector: found };
    throw new pulumi.RunError(
        `steward:aws.detection: is create, and ${wordDetector(found)} stands in the account; ` +
            "an account has one for each region: write adopt, or skip",
    );
}

/** Asked before anything is made: a stack file that wants what the account cannot give stops here. */
export async function planFor(
    { name, platform }: OnlyAws,
    provider: Provider,
): Promise<DetectorPlan> {
    const { detection } = platform.aws;
    const found = detection === "skip" ? undefined : await findDetector({ provider });
    return planDetector(detection, name, found);
}

/** What is said of the detector after a deploy. */
export function wordPlan(plan: DetectorPlan): string {
    switch (plan.kind) {
        case "own":
            return "of this cluster; it reads the audit logs of EKS and outlives the cluster";
        case "skipped":
            return "left alone, as the stack file says: no finding reaches anybody from here";
        case "adopted": {
            const { detector } = plan;
            const adopted = `adopted: ${wordDetector(detector)} is used as it is`;
            if (!detector.enabled) return `${adopted}; it is suspended: ask its owner to resume it`;
            return detector.readsAuditLogs
                ? `${adopted}; it reads the audit logs of EKS`
                : `${adopted}; it does not read the audit logs of EKS: ask its owner for EKS Protection`;
        }
    }
}

export function wordDetector({ id, tags }: FoundDetector): string {
    const { [ownerKeys.cluster]: cluster, [ownerKeys.contact]: contact } = tags;
    if (cluster === undefined) return `the detector ${id}, which names no owner,`;
    return `the detector ${id} of ${cluster}${contact === undefined ? "" : ` (${contact})`}`;
}
