import * as cfg from "@pulumi/aws/cfg";
import * as cloudtrail from "@pulumi/aws/cloudtrail";
import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { MachinesSpec } from "../../../model/spec/aws-machines";
import { ownerKeys } from "../../../model/tags";
import type { Place } from "../place";
import { managedPolicy } from "../place";
import type { RecorderPlan } from "./recorder";
import type { RecordsBucket } from "./records-bucket";

export interface AccountRecordsArgs extends LayerArgs {
    readonly clusterName: string;
    readonly place: Place;
    readonly trail: MachinesSpec["trail"];
    readonly recorder: RecorderPlan;
    /** What the records go to. */
    readonly records: RecordsBucket;
}

/**
 * The tags without which AWS Config calls a resource non-compliant: the cloud's own backstop, for whatever is made
 * by hand beside the stack. The rule takes six.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/required-tags.html
 */
const demanded = [ownerKeys.role, ownerKeys.party, ownerKeys.layer, ownerKeys.cluster] as const;

/** Types of what a cluster is made from, of those that the rule can look at. */
const watched = [
    "AWS::ACM::Certificate",
    "AWS::EC2::Instance",
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::Subnet",
    "AWS::EC2::VPC",
    "AWS::EC2::Volume",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::RDS::DBInstance",
    "AWS::S3::Bucket",
] as const;

/**
 * Who did what in the account, and what became of it: a trail, and the recorder of AWS Config. Each is made, or left
 * to whoever keeps it for the account already.
 */
export class AccountRecords extends Layer {
    readonly #name: string;
    readonly #args: AccountRecordsArgs;

    constructor(name: string, args: AccountRecordsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:AccountRecords", name, args, opts);
        this.#name = name;
        this.#args = args;
        if (args.trail === "create") this.#trail();
        if (args.recorder.kind !== "skipped") this.#config();
        this.registerOutputs();
    }

    #trail(): void {
        const { clusterName, records } = this.#args;
        new cloudtrail.Trail(
            `${this.#name}-trail`,
            {
                name: clusterName,
                s3BucketName: records.bucket,
                s3KeyPrefix: "trail",
                isMultiRegionTrail: true,
                includeGlobalServiceEvents: true,
                enableLogFileValidation: true,
                tags: this.tags({ Name: clusterName }),
            },
            { parent: this, dependsOn: [records] },
        );
    }

    #config(): void {
        const { clusterName, recorder } = this.#args;
        const recording = recorder.kind === "own" ? [this.#recorder()] : [];
        new cfg.Rule(
            `${this.#name}-owned`,
            {
                name: `${clusterName}-owned`,
                description: `What in the account names no owner; ${clusterName} asks for it`,
                source: { owner: "AWS", sourceIdentifier: "REQUIRED_TAGS" },
                inputParameters: JSON.stringify(
                    Object.fromEntries(demanded.map((key, at) => [`tag${String(at + 1)}Key`, key])),
                ),
                scope: { complianceResourceTypes: [...watched] },
                tags: this.tags(),
            },
            { parent: this, dependsOn: recording },
        );
    }

    #recorder(): pulumi.Resource {
        const { place, clusterName, records } = this.#args;
        const role = new iam.Role(
            `${this.#name}-recorder-role`,
            {
                description: `AWS Config, recording for ${clusterName}`,
                assumeRolePolicy: trust(place),
                tags: this.tags(),
            },
            { parent: this },
        );
        const reads = new iam.RolePolicyAttachment(
            `${this.#name}-recorder-reads`,
            { role: role.name, policyArn: managedPolicy(place, "service-role/AWS_ConfigRole") },
            { parent: this },
        );
        const recorder = new cfg.Recorder(
            `${this.#name}-recorder`,
            {
                name: clusterName, // another's name would change what is another's
                roleArn: role.arn,
                recordingGroup: { allSupported: false, resourceTypes: [...watched] },
            },
            { parent: this, dependsOn: [reads] },
        );
        const channel = new cfg.DeliveryChannel(
            `${this.#name}-recorder`,
            { name: clusterName, s3BucketName: records.bucket, s3KeyPrefix: "config" },
            { parent: this, dependsOn: [recorder, records] },
        );
        return new cfg.RecorderStatus(
            `${this.#name}-recorder`,
            { name: recorder.name, isEnabled: true },
            { parent: this, dependsOn: [channel] },
        );
    }
}

function trust({ accountId }: Place): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: { Service: "config.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: { StringEquals: { "aws:SourceAccount": accountId } },
            },
        ],
    });
}
