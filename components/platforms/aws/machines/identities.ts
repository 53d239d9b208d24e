import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { BucketPurpose } from "../../../model/commcare/bucket-names";
import { bucketName } from "../../../model/commcare/bucket-names";
import { hqMachines } from "../../../model/commcare/app-services";
import type { HostGroup } from "../../../model/commcare/group-rules";
import { secretsPrefix } from "../../../model/commcare/secret-names";
import type { ServiceSlug } from "../../../model/commcare/services";
import { bucketArn } from "../bucket";
import { dataKey } from "../data-key";
import type { Statement } from "../key-policy";
import type { Place } from "../place";
import { managedPolicy } from "../place";
import { grantsKeys, readsBucket, writesBucket } from "../user-policy";
import { metricsNamespace } from "./metrics";

export interface IdentitiesArgs extends LayerArgs {
    readonly clusterName: string;
    readonly place: Place;
    /** Those of machines get an identity each. */
    readonly groups: readonly HostGroup[];
}

/** Services that write copies of their data to object storage by themselves. */
const copying: readonly ServiceSlug[] = ["postgresql", "couchdb"];

/** Nodes that write snapshots of the search index: all of them look at its place when it is registered. */
const searching: readonly ServiceSlug[] = [
    "elasticsearch",
    "elasticsearch-data",
    "elasticsearch-master",
];

/**
 * The identities and keys of a cluster: for each kind of machine a role that may what its services need, and no
 * more; the keys of disks, of data, and of secrets.
 */
export class Identities extends Layer {
    /** Of root disks. */
    readonly diskKey: kms.Key;
    /** Of whatever data services keep, but for what has a key of its own. */
    readonly dataKey: kms.Key;
    readonly secretsKey: kms.Key;

    readonly #name: string;
    readonly #args: IdentitiesArgs;
    readonly #profiles = new Map<string, iam.InstanceProfile>();

    constructor(name: string, args: IdentitiesArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:Identities", name, args, opts);
        this.#name = name;
        this.#args = args;
        this.diskKey = this.#key("disks", "Root disks");
        this.dataKey = this.#key("data", "Data");
        this.secretsKey = this.#key("secrets", "Secrets");
        for (const group of args.groups.filter(({ kind }) => kind === "machines")) {
            this.#profiles.set(group.name, this.#profile(group));
        }
        this.registerOutputs();
    }

    /**
     * The instance profile of a kind of machine.
     *
     * @throws Error for a name that is no group of machines.
     */
    profileOf(group: string): pulumi.Output<string> {
        const found = this.#profiles.get(group);
        if (found === undefined) throw new Error(`${group} has no identity`);
        return found.name;
    }

    #key(noun: string, what: string): kms.Key {
        const { clusterName, place } = this.#args;
        const tags = this.tags({ Name: `${clusterName}-${noun}` });
        const description = `${what} of ${clusterName}`;
        return dataKey(`${this.#name}-${noun}`, { place, description, tags }, this);
    }

    #profile({ name: group, services }: HostGroup): iam.InstanceProfile {
        const { clusterName, place } = this.#args;
        const name = `${this.#name}-${group}`;
        const role = new iam.Role(
            `${name}-role`,
            {
                namePrefix: `${clusterName.slice(0, 18)}-${group.slice(0, 18)}-`, // IAM adds 26 of its 64 characters
                description: `Machines of ${clusterName}: ${group}`,
                assumeRolePolicy: trust,
                tags: this.tags(),
            },
            { parent: this },
        );
        // Sessions, patches and inventory by Systems Manager, instead of a port for SSH.
        new iam.RolePolicyAttachment(
            `${name}-sessions`,
            { role: role.name, policyArn: managedPolicy(place, "AmazonSSMManagedInstanceCore") },
            { parent: this },
        );
        new iam.RolePolicy(
            `${name}-metrics`,
            { role: role.name, policy: tells(clusterName) },
            { parent: this },
        );
        const policy = this.#policyOf(services);
        if (policy !== undefined) {
            new iam.RolePolicy(`${name}-needs`, { role: role.name, policy }, { parent: this });
        }
        return new iam.InstanceProfile(
            `${name}-profile`,
            {
                namePrefix: `${clusterName.slice(0, 18)}-${group.slice(0, 18)}-`,
                role: role.name,
                tags: this.tags(),
            },
            { parent: this },
        );
    }

    /** What machines with these services may do in the cloud; undefined where it is nothing. */
    #policyOf(services: readonly ServiceSlug[]): pulumi.Output<string> | undefined {
        const { clusterName, place } = this.#args;
        const arn = (purpose: BucketPurpose) =>
            bucketArn(place, bucketName(clusterName, purpose, place.accountId));
        const runs = (...slugs: readonly ServiceSlug[]) =>
            slugs.some((slug) => services.includes(slug));
        const hq = runs(...hqMachines);
        const control = runs("control");
        const statements: Statement[] = [
            ...(hq ? [...writesBucket(arn("blobs")), ...readsBucket(arn("releases"))] : []),
            ...(runs(...copying) ? writesBucket(arn("backups")) : []),
            ...(runs(...searching) ? writesBucket(arn("search")) : []),
            ...(control ? [...writesBucket(arn("releases")), ...controls(place, clusterName)] : []),
        ];
        if (statements.length === 0) return undefined;
        const sealed = hq || control || runs(...copying, ...searching);
        return pulumi.all([this.dataKey.arn, this.secretsKey.arn]).apply(([data, secrets]) =>
            JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    ...statements,
                    ...grantsKeys(sealed ? [data] : [], control ? [secrets] : []),
                ],
            }),
        );
    }
}

const trust = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
        {
            Effect: "Allow",
            Principal: { Service: "ec2.amazonaws.com" },
            Action: "sts:AssumeRole",
        },
    ],
});

/**
 * Its own measurements, among those of its cluster.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
 */
function tells(clusterName: string): string {
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Action: "cloudwatch:PutMetricData",
                Resource: "*", // it takes no resource
                Condition: {
                    StringEquals: { "cloudwatch:namespace": metricsNamespace(clusterName) },
                },
            },
        ],
    });
}

/** What commcare-cloud asks for on the control machine: the secrets of its environment, and where machines are. */
function controls({ partition, region, accountId }: Place, clusterName: string): Statement[] {
    const prefix = secretsPrefix(clusterName);
    return [
        {
            Effect: "Allow",
            Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
            Resource: `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${prefix}/*`,
        },
        {
            Effect: "Allow",
            Action: ["ec2:DescribeInstances", "elasticache:DescribeReplicationGroups"],
            Resource: "*", // lists take no resource
        },
    ];
}
