import * as guardduty from "@pulumi/aws/guardduty";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { DetectorPlan, FoundDetector } from "./detector";

export interface ThreatDetectionArgs extends LayerArgs {
    readonly clusterName: string;
    readonly plan: DetectorPlan;
    /** What a detector of ours is to read: see `readsOfHubs`, `readsOfMachines`. */
    readonly reads: Readonly<Record<Feature, boolean>>;
}

type Feature =
    | "EKS_AUDIT_LOGS"
    | "S3_DATA_EVENTS"
    | "EBS_MALWARE_PROTECTION"
    | "RDS_LOGIN_EVENTS"
    | "LAMBDA_NETWORK_LOGS";

/**
 * What a detector reads for hubs, each named: a new detector switches most of them on by itself, and AWS adds to
 * them. Of those that cost by the event, the audit logs of EKS are what a cluster is watched by; a hub whose users
 * read terabytes from S3 does not pay for every one of those reads without having asked to.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-features-activation-model.html
 */
export const readsOfHubs: ThreatDetectionArgs["reads"] = {
    EKS_AUDIT_LOGS: true,
    S3_DATA_EVENTS: false,
    EBS_MALWARE_PROTECTION: false,
    RDS_LOGIN_EVENTS: false,
    LAMBDA_NETWORK_LOGS: false,
};

/** For machines: who signs in to the database, who reads the attachments, and disks of machines that act oddly. */
export const readsOfMachines: ThreatDetectionArgs["reads"] = {
    EKS_AUDIT_LOGS: false,
    S3_DATA_EVENTS: true,
    EBS_MALWARE_PROTECTION: true,
    RDS_LOGIN_EVENTS: true,
    LAMBDA_NETWORK_LOGS: false,
};

/**
 * The security layer on AWS: the detector of the account, where it is this cluster's to keep. One that belongs to
 * somebody else is used and not touched.
 */
export class ThreatDetection extends Layer {
    constructor(name: string, args: ThreatDetectionArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:ThreatDetection", name, args, opts);
        if (args.plan.kind === "own") this.#detector(name, args, args.plan.standing);
        this.registerOutputs();
    }

    #detector(
        name: string,
        { clusterName, reads }: ThreatDetectionArgs,
        standing: FoundDetector | undefined,
    ): void {
        const tags = this.tags({ Name: clusterName });
        const detector = new guardduty.Detector(
            `${name}-detector`,
            { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES", tags },
            {
                parent: this,
                // Another cluster of the account may rely on it by the time that this one goes.
                retainOnDelete: true,
                // One that an earlier cluster of this name left is taken up again. The engine takes up only what
                // is as the program says; in the state already, it is not taken up but kept.
                ...(standing !== undefined && isTagged(standing, tags)
                    ? { import: standing.id }
                    : {}),
            },
        );
        for (const [feature, on] of Object.entries(reads)) {
            new guardduty.DetectorFeature(
                `${name}-${feature.toLowerCase().replaceAll("_", "-")}`,
                { detectorId: detector.id, name: feature, status: on ? "ENABLED" : "DISABLED" },
                // The provider switches nothing off when it deletes one; this way it is not asked to.
                { parent: this, retainOnDelete: true },
            );
        }
    }
}

function isTagged({ tags }: FoundDetector, wanted: Readonly<Record<string, string>>): boolean {
    const keys = new Set([...Object.keys(tags), ...Object.keys(wanted)]);
    return [...keys].every((key) => tags[key] === wanted[key]);
}
