import { vpcCidrProblem } from "./cidr";
import type { Problem } from "./grammar";

/** Rules that AWS documents in prose only: no published model has them. Each with where it is written. */

/** @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export const tagLimits = { count: 50, keyLength: 128, valueLength: 256 } as const;
const tagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const reservedPrefix = /^aws:/i;

interface Rule {
    readonly property: string;
    readonly source: string;
    /** What is wrong with the value, or undefined. */
    problem(value: string, inputs: Readonly<Record<string, unknown>>): string | undefined;
}

function mustMatch(pattern: RegExp, otherwise: string) {
    return (value: string) => (pattern.test(value) ? undefined : otherwise);
}

function bucketProblem(value: string): string | undefined {
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value)) {
        return "is not 3 to 63 lower-case letters, digits, dots and hyphens that begin and end with a letter or digit";
    }
    if (value.includes("..")) return "has two dots in a row";
    if (/^\d+\.\d+\.\d+\.\d+$/.test(value)) return "has the form of an IP address";
    const prefix = ["xn--", "sthree-", "amzn-s3-demo-"].find((each) => value.startsWith(each));
    if (prefix !== undefined) return `begins with ${prefix}, which is reserved`;
    const suffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];
    const suffix = suffixes.find((each) => value.endsWith(each));
    return suffix === undefined ? undefined : `ends with ${suffix}, which is reserved`;
}

function queueOrTopic(length: number, flag: string) {
    return (value: string, inputs: Readonly<Record<string, unknown>>) => {
        const plain = value.replace(/\.fifo$/, "");
        if (value.length > length || !/^[A-Za-z0-9_-]+$/.test(plain)) {
            return `is not 1 to ${length} ASCII letters, digits, underscores and hyphens`;
        }
        const fifo = inputs[flag] === true;
        if (value.endsWith(".fifo") === fifo) return undefined;
        return fifo ? "does not end with .fifo" : `ends with .fifo without ${flag}`;
    };
}

const balancer = mustMatch(
    /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/,
    "is not 1 to 32 letters, digits and inner hyphens, or begins with internal-",
);
const vpcBlock: Rule = {
    property: "cidrBlock",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    problem: vpcCidrProblem,
};

const rules: Readonly<Record<string, readonly Rule[]>> = {
    "aws:ec2/vpc:Vpc": [vpcBlock],
    "aws:ec2/subnet:Subnet": [vpcBlock],
    "aws:ec2/securityGroup:SecurityGroup": [
        {
            property: "name",
            source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
            problem: mustMatch(
                /^(?!sg-)[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
                "is not 1 to 255 letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, or begins with sg-",
            ),
        },
    ],
    "aws:s3/bucket:Bucket": [
        {
            property: "bucket",
            source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
            problem: bucketProblem,
        },
    ],
    "aws:sns/topic:Topic": [
        {
            property: "name",
            source: "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html",
            problem: queueOrTopic(256, "fifoTopic"),
        },
    ],
    "aws:sqs/queue:Queue": [
        {
            property: "name",
            source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
            problem: queueOrTopic(80, "fifoQueue"),
        },
    ],
    "aws:kms/alias:Alias": [
        {
            property: "name",
            source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html",
            problem: mustMatch(
                /^alias\/(?!aws\/)./,
                "does not begin with alias/, or begins with alias/aws/",
            ),
        },
    ],
    "aws:rds/instance:Instance": [
        {
            property: "identifier",
            source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
            problem: mustMatch(
                /^[a-z](-?[a-z0-9]){0,62}$/,
                "is not 1 to 63 lower-case letters, digits and single inner hyphens that begin with a letter",
            ),
        },
        {
            property: "password",
            source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
            problem: mustMatch(
                /^[!#-.0-?A-~]{8,128}$/,
                'is not 8 to 128 printable ASCII characters without /, ", @ and space',
            ),
        },
    ],
    "aws:rds/subnetGroup:SubnetGroup": [
        {
            property: "name",
            source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html",
            problem: mustMatch(
                /^(?!default$)[a-z][a-z0-9 ._-]{0,254}$/,
                "is not 1 to 255 lower-case letters, digits, dots, underscores, spaces and hyphens that begin with a letter, or is default",
            ),
        },
    ],
    "aws:elasticache/replicationGroup:ReplicationGroup": [
        {
            property: "replicationGroupId",
            source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
            problem: mustMatch(
                /^(?=.{1,40}$)[A-Za-z](-?[A-Za-z0-9])*$/,
                "is not 1 to 40 letters, digits and single inner hyphens that begin with a letter",
            ),
        },
    ],
    "aws:lb/loadBalancer:LoadBalancer": [
        {
            property: "name",
            source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
            problem: balancer,
        },
    ],
    "aws:lb/targetGroup:TargetGroup": [
        {
            property: "name",
            source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html",
            problem: mustMatch(
                /^[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/,
                "is not 1 to 32 letters, digits and inner hyphens",
            ),
        },
    ],
};

/** What the documented rules of a type say against its inputs. Values are never repeated: some are secret. */
export function documentedProblems(
    type: string,
    inputs: Readonly<Record<string, unknown>>,
): Problem[] {
    const found: Problem[] = [];
    for (const rule of rules[type] ?? []) {
        const value = inputs[rule.property];
        const reason = typeof value === "string" ? rule.problem(value, inputs) : undefined;
        if (reason !== undefined)
            found.push({ property: rule.property, reason: `${reason} (${rule.source})` });
    }
    return found;
}

function tagProblem(key: string, value: unknown): string | undefined {
    if (reservedPrefix.test(key)) return "begins with aws:, which is reserved";
    const length = Array.from(key).length;
    if (length < 1 || length > tagLimits.keyLength) {
        return `the key has ${length} characters, not 1 to ${tagLimits.keyLength}`;
    }
    if (!tagCharacters.test(key))
        return "the key has other characters than letters, digits, spaces and _.:/=+-@";
    if (typeof value !== "string") return undefined;
    if (Array.from(value).length > tagLimits.valueLength) {
        return `the value has ${Array.from(value).length} characters, of at most ${tagLimits.valueLength}`;
    }
    if (!tagCharacters.test(value))
        return "the value has other characters than letters, digits, spaces and _.:/=+-@";
    return undefined;
}

/**
 * What AWS refuses about one set of tags: more than 50, keys over 128 and values over 256 characters, other
 * characters than it takes, the prefix aws: in any case.
 *
 * @param property Where the tags stand, such as tagSpecifications[0].tags.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function tagProblems(property: string, tags: Readonly<Record<string, unknown>>): Problem[] {
    const entries = Object.entries(tags);
    const found: Problem[] = [];
    if (entries.length > tagLimits.count) {
        found.push({
            property,
            reason: `has ${entries.length} tags, of at most ${tagLimits.count}`,
        });
    }
    for (const [key, value] of entries) {
        const reason = tagProblem(key, value);
        if (reason !== undefined) found.push({ property: `${property}.${key}`, reason });
    }
    return found;
}
