import {
    documentedProblems,
    tagLimits,
    tagProblems,
} from "../../../rehearsal/aws/documented-rules";
import {
    grammarProblems,
    immutableOf,
    missingProblems,
    replacedBy,
} from "../../../rehearsal/aws/grammar";
import {
    expression,
    grammarOf,
    hasService,
    isInstanceType,
    isRegion,
    published,
} from "../../../rehearsal/aws/published";

const cluster = "aws:eks/cluster:Cluster";
const nodeGroup = "aws:eks/nodeGroup:NodeGroup";
const roleArn = "arn:aws:iam::123456789012:role/eks";

/** The problems as "property: reason". */
function said(type: string, inputs: Readonly<Record<string, unknown>>): string[] {
    return grammarProblems(type, inputs).map(({ property, reason }) => `${property}: ${reason}`);
}

describe("the published grammar", () => {
    it("takes the arguments of a cluster and its nodes as a hub has them", () => {
        const vpcConfig = { subnetIds: ["subnet-1"], endpointPrivateAccess: true };
        const encryptionConfig = { provider: { keyArn: "arn:aws:kms:1" }, resources: ["secrets"] };
        const accessConfig = { authenticationMode: "API" };
        const enabledClusterLogTypes = ["api", "audit"];
        expect(
            said(cluster, {
                ...{ name: "geolab", roleArn, version: "1.35", vpcConfig, encryptionConfig },
                ...{ accessConfig, enabledClusterLogTypes, region: "us-east-2" },
                tags: { "owner-role": "cluster-management" },
            }),
        ).toEqual([]);
        expect(
            said(nodeGroup, {
                ...{ clusterName: "geolab", nodeRoleArn: roleArn, subnetIds: ["subnet-1"] },
                scalingConfig: { desiredSize: 0, minSize: 0, maxSize: 10 },
                instanceTypes: ["r5.4xlarge"],
                taints: [
                    { key: "hub.jupyter.org/dedicated", value: "user", effect: "NO_SCHEDULE" },
                ],
            }),
        ).toEqual([]);
    });

    it.each([
        [
            "a length",
            cluster,
            { name: "a".repeat(101) },
            "name: has 101 characters, of at most 100",
        ],
        ["an empty name", cluster, { name: "" }, "name: has 0 characters, of at least 1"],
        [
            "a pattern",
            cluster,
            { name: "geo lab" },
            "name: does not match ^[0-9A-Za-z][A-Za-z0-9\\-_]*$",
        ],
        [
            "an enumeration",
            cluster,
            { accessConfig: { authenticationMode: "IAM" } },
            "accessConfig.authenticationMode: is none of API, API_AND_CONFIG_MAP, CONFIG_MAP",
        ],
        [
            "an element",
            cluster,
            { enabledClusterLogTypes: ["api", "sound"] },
            "enabledClusterLogTypes[1]: is none of api, audit, authenticator, controllerManager, scheduler",
        ],
        [
            "an instance type",
            nodeGroup,
            { instanceTypes: ["r5.4xlarge", "r5.5xlarge"] },
            "instanceTypes[1]: is not an instance type of EC2",
        ],
        [
            "an instance type of a template",
            "aws:ec2/launchTemplate:LaunchTemplate",
            { instanceType: "t3.pico" },
            "instanceType: is not an instance type of EC2",
        ],
        [
            "a range from below",
            nodeGroup,
            { scalingConfig: { minSize: -1 } },
            "scalingConfig.minSize: is -1, less than 0",
        ],
        [
            "a range from above",
            "aws:kms/key:Key",
            { deletionWindowInDays: 31 },
            "deletionWindowInDays: is 31, more than 30",
        ],
        [
            "a number out of a list",
            "aws:cloudwatch/logGroup:LogGroup",
            { retentionInDays: 8 },
            "retentionInDays: is 8, none of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180 and 11 more",
        ],
        [
            "a field in a list of blocks",
            "aws:backup/plan:Plan",
            { rules: [{ ruleName: "every day" }] },
            "rules[0].ruleName: does not match ^[a-zA-Z0-9\\-_\\.]{1,50}$",
        ],
        [
            "too many elements",
            "aws:efs/mountTarget:MountTarget",
            { securityGroups: new Array(101).fill("sg-0123abcd") },
            "securityGroups: has 101 elements, of at most 100",
        ],
        [
            "too few elements",
            "aws:acm/certificate:Certificate",
            { subjectAlternativeNames: [] },
            "subjectAlternativeNames: has 0 elements, of at least 1",
        ],
        [
            "a text for a number",
            "aws:ebs/volume:Volume",
            { size: "large" },
            "size: is not a number",
        ],
        [
            "a text for a switch",
            "aws:ebs/volume:Volume",
            { encrypted: "yes" },
            "encrypted: is not true or false",
        ],
        [
            "a list for a text",
            "aws:ebs/volume:Volume",
            { availabilityZone: ["us-east-2a"] },
            "availabilityZone: is not a string",
        ],
        [
            "a text for a list",
            cluster,
            { enabledClusterLogTypes: "api" },
            "enabledClusterLogTypes: is not a list",
        ],
        ["a text for a map", "aws:ec2/vpc:Vpc", { tags: "owner" }, "tags: is not a map"],
        [
            "a list for a block",
            cluster,
            { vpcConfig: ["subnet-1"] },
            "vpcConfig: is not a block of arguments",
        ],
        [
            "a text for a block whose fields nobody publishes",
            cluster,
            { kubeSchedulerConfig: { nodeResourcesFit: { scoringStrategy: "most" } } },
            "kubeSchedulerConfig.nodeResourcesFit.scoringStrategy: is not a block of arguments",
        ],
        [
            "a long name of what may also be a resource",
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            { role: "r".repeat(65) },
            "role: has 65 characters, of at most 64",
        ],
        [
            "the key of a map",
            nodeGroup,
            { labels: { ["k".repeat(64)]: "a" } },
            `labels.${"k".repeat(64)}: the key has 64 characters, of at most 63`,
        ],
        [
            "a value of a map",
            nodeGroup,
            { labels: { a: "v".repeat(64) } },
            "labels.a: has 64 characters, of at most 63",
        ],
        [
            "an argument the type does not have",
            "aws:ec2/vpc:Vpc",
            { cidr: "10.0.0.0/16" },
            "cidr: is no argument of this type",
        ],
        [
            "a field the block does not have",
            cluster,
            { vpcConfig: { subnets: [] } },
            "vpcConfig.subnets: is no argument of this type",
        ],
        ["a region", "aws:ec2/vpc:Vpc", { region: "us-east-9" }, "region: is not a region of AWS"],
    ])("refuses %s", (_what, type, inputs, problem) => {
        expect(said(type, inputs)).toEqual([problem]);
    });

    it("takes what the provider writes otherwise than the API", () => {
        expect(said("aws:ebs/volume:Volume", { size: "20", encrypted: "true" })).toEqual([]);
        const policy = { assumeRolePolicy: { Version: "2012-10-17", Statement: [] } };
        expect(said("aws:iam/role:Role", policy)).toEqual([]);
        const versioning = { versioningConfiguration: { status: "Disabled" } };
        expect(said("aws:s3/bucketVersioning:BucketVersioning", versioning)).toEqual([]);
        expect(said("aws:ec2/vpc:Vpc", { __defaults: [] })).toEqual([]);
    });

    it("passes over what is not known yet", () => {
        const unknown = Symbol("unknown");
        const inputs = { name: unknown, vpcConfig: unknown, enabledClusterLogTypes: [unknown] };
        expect(said(cluster, inputs)).toEqual([]);
    });

    it("never repeats a value: some are secret", () => {
        const inputs = { password: "sh/rt", username: "1-me" };
        expect(said("aws:rds/instance:Instance", inputs).join()).not.toMatch(/sh\/rt|1-me/);
        expect(said("aws:rds/instance:Instance", inputs)).toHaveLength(2);
    });

    it("has nothing to say of a type that was not extracted", () => {
        expect(said("aws:lambda/function:Function", { name: 1 })).toEqual([]);
        expect(grammarOf("toString")).toBeUndefined();
    });

    it("covers every type in full: arguments, patterns that compile, immutables that exist", () => {
        const { types } = published();
        const patterns = JSON.stringify(types).match(/"pattern":"(?:[^"\\]|\\.)*"/g) ?? [];
        for (const found of patterns) {
            expression((JSON.parse(`{${found}}`) as { pattern: string }).pattern);
        }
        const astray = Object.entries(types).flatMap(
            ([type, { immutable, required, properties }]) =>
                [...immutable, ...required]
                    .filter((path) => properties[path.split(".")[0] ?? ""] === undefined)
                    .map((path) => `${type} ${path}`),
        );
        expect(astray).toEqual([]);
        // Sizes are held of lists alone: a map with one would need a rule for it.
        const maps = JSON.stringify(types).match(/\{[^{}]*"kind":"map"[^{}]*/g) ?? [];
        expect([maps.length > 0, maps.filter((map) => /"(min|max)Items"/.test(map))]).toEqual([
            true,
            [],
        ]);
        expect([Object.keys(types).length, patterns.length]).toEqual([94, 139]);
    });
});

describe("what is missing", () => {
    it("is what the SDK requires, in blocks too, and not what is unknown", () => {
        expect(missingProblems(cluster, { roleArn: Symbol("unknown") })).toEqual([
            { property: "vpcConfig", reason: "is required and not given" },
        ]);
        const scaled = { clusterName: "a", nodeRoleArn: roleArn, subnetIds: [] };
        const given = { ...scaled, scalingConfig: { minSize: 0, maxSize: null } };
        expect(missingProblems(nodeGroup, given).map(({ property }) => property)).toEqual([
            "scalingConfig.desiredSize",
            "scalingConfig.maxSize",
        ]);
        const rules = [{ ruleName: "daily" }];
        expect(missingProblems("aws:backup/plan:Plan", { rules })).toEqual([
            { property: "rules.targetVaultName", reason: "is required and not given" },
        ]);
    });
});

describe("what forces a replacement", () => {
    it.each([
        [cluster, "name roleArn bootstrapSelfManagedAddons region"],
        [nodeGroup, "subnetIds instanceTypes amiType capacityType launchTemplate.id"],
        ["aws:ec2/subnet:Subnet", "cidrBlock availabilityZone vpcId"],
        ["aws:ec2/vpc:Vpc", "cidrBlock"],
        ["aws:ebs/volume:Volume", "availabilityZone encrypted kmsKeyId snapshotId"],
        ["aws:s3/bucket:Bucket", "bucket bucketPrefix objectLockEnabled"],
        ["aws:efs/fileSystem:FileSystem", "encrypted kmsKeyId creationToken"],
        ["aws:rds/instance:Instance", "engine username storageEncrypted kmsKeyId"],
        ["aws:backup/selection:Selection", "iamRoleArn resources selectionTags planId"],
    ])("of %s", (type, paths) => {
        const immutable = immutableOf(type);
        expect(paths.split(" ").filter((path) => !immutable.has(path))).toEqual([]);
    });

    it("is not what the provider changes in place", () => {
        expect(immutableOf("aws:rds/instance:Instance").has("identifier")).toBe(false);
        expect(immutableOf("aws:ec2/subnet:Subnet").has("ipv6CidrBlock")).toBe(false);
        expect(immutableOf(cluster).has("version")).toBe(false);
        const never = Object.keys(published().types).filter((type) =>
            immutableOf(type).has("tags"),
        );
        expect(never).toEqual([]);
    });

    it("names the arguments that changed, in blocks too", () => {
        const old = { name: "a", version: "1.34", kubernetesNetworkConfig: { ipFamily: "ipv4" } };
        expect(replacedBy(cluster, old, { ...old, version: "1.35", tags: { a: "b" } })).toEqual([]);
        const now = { ...old, name: "b", kubernetesNetworkConfig: { ipFamily: "ipv6" } };
        expect(replacedBy(cluster, old, now)).toEqual(["kubernetesNetworkConfig", "name"]);
        expect(replacedBy(cluster, old, { ...old, name: Symbol("unknown") })).toEqual(["name"]);
    });

    it("names an encryption that is taken away, not one that is added", () => {
        const encryptionConfig = { provider: { keyArn: "arn" }, resources: ["secrets"] };
        expect(replacedBy(cluster, { encryptionConfig }, {})).toEqual(["encryptionConfig"]);
        expect(replacedBy(cluster, {}, { encryptionConfig })).toEqual([]);
    });
});

describe("instance types, regions and services", () => {
    it("are those that AWS publishes", () => {
        expect([isInstanceType("m5.large"), isInstanceType("m5.huge")]).toEqual([true, false]);
        expect([isRegion("us-east-2"), isRegion("us-gov-west-1"), isRegion("")]).toEqual([
            true,
            false,
            false,
        ]);
        expect(hasService("us-east-2", "eks")).toBe(true);
        expect(hasService("us-east-9", "eks")).toBe(false);
        expect(() => hasService("us-east-2", "quantum")).toThrow("quantum: not extracted");
    });
});

describe("rules that are documented in prose only", () => {
    const bucket = "aws:s3/bucket:Bucket";
    it.each([
        [
            bucket,
            "bucket",
            ["geolab-scratch", "a.b.c", "123"],
            [
                "Geolab",
                "ab",
                "a".repeat(64),
                "a_b",
                "-ab",
                "ab-",
                "a..b",
                "192.168.5.4",
                "xn--a",
                "sthree-a",
                "amzn-s3-demo-a",
                "a-s3alias",
                "a--ol-s3",
                "a.mrap",
                "a--x-s3",
                "a--table-s3",
            ],
        ],
        [
            "aws:sns/topic:Topic",
            "name",
            ["alarms_for-role"],
            ["", "alarms for", "a".repeat(257), "a.b", "alarms.fifo"],
        ],
        ["aws:sqs/queue:Queue", "name", ["spot-events"], ["a".repeat(81), "a b", "events.fifo"]],
        ["aws:kms/alias:Alias", "name", ["alias/hub"], ["hub", "alias/aws/ebs", "alias/"]],
        ["aws:rds/instance:Instance", "identifier", ["commcare-db1"], ["1db", "db-", "a--b", "DB"]],
        [
            "aws:rds/instance:Instance",
            "password",
            ["correct-horse!"],
            ["short", "with/slash-in-it", "with space in it", 'quote"quote'],
        ],
        [
            "aws:rds/subnetGroup:SubnetGroup",
            "name",
            ["data", "default-data"],
            ["default", "Data", "1data"],
        ],
        [
            "aws:elasticache/replicationGroup:ReplicationGroup",
            "replicationGroupId",
            ["redis-1"],
            ["1redis", "redis-", "re--dis", "a".repeat(41)],
        ],
        [
            "aws:lb/loadBalancer:LoadBalancer",
            "name",
            ["hub-proxy"],
            ["internal-hub", "-hub", "hub-", "hub_1", "a".repeat(33)],
        ],
        ["aws:lb/targetGroup:TargetGroup", "name", ["hub"], ["-hub", "hub-", "a".repeat(33)]],
        [
            "aws:ec2/securityGroup:SecurityGroup",
            "name",
            ["nodes of geolab"],
            ["sg-nodes", "nodes<1>", "a".repeat(256)],
        ],
        ["aws:ec2/vpc:Vpc", "cidrBlock", ["10.0.0.0/16"], ["10.0.0.0/8", "10.0.0.1/16", "ten"]],
        ["aws:ec2/subnet:Subnet", "cidrBlock", ["10.0.0.0/28"], ["10.0.0.0/29"]],
    ])("hold for %s %s", (type, property, taken, refused) => {
        const problems = (value: string) => documentedProblems(type, { [property]: value });
        expect(taken.filter((value) => problems(value).length > 0)).toEqual([]);
        expect(refused.filter((value) => problems(value).length === 0)).toEqual([]);
        expect(problems(refused[0] ?? "")[0]?.property).toBe(property);
        expect(grammarProblems(type, { [property]: refused[0] }).length).toBeGreaterThan(0);
    });

    it("tie the ending of a topic's name to its kind", () => {
        const topic = (name: string, fifoTopic: boolean) =>
            documentedProblems("aws:sns/topic:Topic", { name, fifoTopic }).length;
        expect([topic("a.fifo", true), topic("a", true), topic("a.fifo", false)]).toEqual([
            0, 1, 1,
        ]);
    });
});

describe("tags", () => {
    const vpc = (tags: unknown) => said("aws:ec2/vpc:Vpc", { tags });

    it("may be as many, as long and of such characters as AWS takes", () => {
        const most = Array.from({ length: tagLimits.count }, (_, index) => [`key-${index}`, "v"]);
        expect(vpc(Object.fromEntries(most))).toEqual([]);
        expect(vpc({ ["k".repeat(128)]: "v".repeat(256) })).toEqual([]);
        expect(vpc({ "Zuständig für": "a_b.c:d/e=f+g-h@i 1", empty: "" })).toEqual([]);
        expect(vpc({ "kubernetes.io/cluster/geolab": "owned", awsome: "yes" })).toEqual([]);
    });

    it.each([
        [
            "a 51st",
            Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, ""])),
            "tags: has 51 tags, of at most 50",
        ],
        [
            "a long key",
            { ["k".repeat(129)]: "" },
            `tags.${"k".repeat(129)}: the key has 129 characters, not 1 to 128`,
        ],
        ["an empty key", { "": "a" }, "tags.: the key has 0 characters, not 1 to 128"],
        [
            "a long value",
            { a: "v".repeat(257) },
            "tags.a: the value has 257 characters, of at most 256",
        ],
        [
            "a character in a key",
            { "a#": "" },
            "tags.a#: the key has other characters than letters, digits, spaces and _.:/=+-@",
        ],
        [
            "a character in a value",
            { a: "1,2" },
            "tags.a: the value has other characters than letters, digits, spaces and _.:/=+-@",
        ],
        [
            "the reserved prefix",
            { "aws:owner": "a" },
            "tags.aws:owner: begins with aws:, which is reserved",
        ],
        [
            "the reserved prefix in capitals",
            { "AWS:owner": "a" },
            "tags.AWS:owner: begins with aws:, which is reserved",
        ],
    ])("may not have %s", (_what, tags, problem) => {
        expect(vpc(tags)).toEqual([problem]);
    });

    it("are held to it in every shape they come in", () => {
        const tags = { "aws:a": "b" };
        const template = { tagSpecifications: [{ resourceType: "instance", tags }] };
        const [, listed] = [0, { key: "aws:a", value: "b", propagateAtLaunch: true }];
        const problem = "begins with aws:, which is reserved";
        expect(said("aws:ec2/launchTemplate:LaunchTemplate", template)).toEqual([
            `tagSpecifications[0].tags.aws:a: ${problem}`,
        ]);
        expect(said("aws:autoscaling/group:Group", { tags: [listed] })).toEqual([
            `tags.aws:a: ${problem}`,
        ]);
        expect(said("aws:autoscaling/tag:Tag", { tag: listed })).toEqual([`tag.aws:a: ${problem}`]);
        expect(said("aws:backup/plan:Plan", { rules: [{ recoveryPointTags: tags }] })).toEqual([
            `rules[0].recoveryPointTags.aws:a: ${problem}`,
        ]);
        expect(tagProblems("tags", { a: Symbol("unknown") })).toEqual([]);
    });
});
