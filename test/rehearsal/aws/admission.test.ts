import { shown } from "../../../rehearsal/aws/look";
import type { Props, Value } from "../../../rehearsal/provider/values";
import { callerArn } from "../../../rehearsal/aws/account";
import { awsTypes } from "../../../rehearsal/aws/types";
import type { TestAccount } from "./account";
import { refusal, withAt } from "./account";
import { accountBefore, acceptedInputs, policy, trust, types } from "./whole-account";

type Change = (account: TestAccount, inputs: Props) => Props;
const at =
    (path: string, value: Value | undefined): Change =>
    (_account, inputs) =>
        withAt(inputs, path, value);

/** What else stands in another network: its subnet and its security group. */
function elsewhere(account: TestAccount) {
    const vpc = account.create(types.vpc, { cidrBlock: "10.9.0.0/16" }, "far");
    const subnet = account.create(types.subnet, { vpcId: vpc.id, cidrBlock: "10.9.0.0/24" }, "far");
    const group = account.create(types.group, { name: "far", vpcId: vpc.id }, "far");
    return { vpc: vpc.id, subnet: subnet.id, group: group.id };
}

function template(account: TestAccount, more: Props): string {
    return account.create(types.template, { name: "second", ...more }, "second").id;
}
const templated =
    (more: Props, change: Props = {}): Change =>
    (account, inputs) => ({
        ...withAt(inputs, "launchTemplate.id", template(account, more)),
        ...change,
    });
/** The image for GPU machines that EKS recommends. */
function imageOf(account: TestAccount, processor: string): string {
    const name = `/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/${processor}/nvidia/recommended/image_id`;
    return shown(account.invoke("aws:ssm/getParameter:getParameter", { name })["value"]);
}
const without = (inputs: Props, ...keys: readonly string[]): Props =>
    keys.reduce((kept, key) => withAt(kept, key, undefined), inputs);

/** Type, what is wrong, inputs that are wrong because of something else in the account, what is said. */
const refused: readonly (readonly [string, string, Change, RegExp])[] = [
    [
        types.balancer,
        "two subnets of one zone",
        (account, inputs) => {
            const vpcId = account.text(types.vpc);
            const zoned = { vpcId, cidrBlock: "10.0.9.0/24", availabilityZone: "us-east-2a" };
            const { id } = account.create(types.subnet, zoned, "twin");
            return { ...inputs, subnets: [account.text(types.subnet), id] };
        },
        /^InvalidConfigurationRequest: .*same Availability Zone/,
    ],
    [
        types.balancer,
        "a security group of another network",
        (account, inputs) => ({ ...inputs, securityGroups: [elsewhere(account).group] }),
        /^InvalidGroup.NotFound: securityGroups: /,
    ],
    [
        types.balancer,
        "the internet, from a network without a gateway to it",
        (account, inputs) => {
            const { subnet, group } = elsewhere(account);
            return { ...inputs, subnets: [subnet], securityGroups: [group] };
        },
        /^InvalidSubnet: VPC vpc-\w+ has no internet gateway/,
    ],
    [
        types.listener,
        "a protocol of application load balancers",
        at("protocol", "HTTP"),
        /^ValidationError: protocol: HTTP is none/,
    ],
    [
        types.listener,
        "a port that is listened on",
        (account, inputs) => {
            account.create(types.listener, inputs, "first");
            return inputs;
        },
        /^DuplicateListener: .*: 443/,
    ],
    [
        types.subnet,
        "a zone of another region",
        at("availabilityZone", "us-west-2a"),
        /is no zone of us-east-2/,
    ],
    [
        types.subnet,
        "a block outside",
        at("cidrBlock", "10.1.0.0/24"),
        /^InvalidSubnet.Range: cidrBlock: .*outside/,
    ],
    [
        types.subnet,
        "a block that overlaps",
        (a, inputs) => {
            a.create(types.subnet, { ...inputs, cidrBlock: "10.0.0.0/20" }, "first");
            return inputs;
        },
        /^InvalidSubnet.Conflict: cidrBlock: 10\.0\.0\.0\/24 overlaps the subnet 10\.0\.0\.0\/20/,
    ],
    [
        types.databaseSubnets,
        "one zone",
        (a, inputs) => ({ ...inputs, subnetIds: [a.text(types.subnet)] }),
        /^DBSubnetGroupDoesNotCoverEnoughAZs: /,
    ],
    [
        types.databaseSubnets,
        "two networks",
        (a, inputs) => ({ ...inputs, subnetIds: [a.text(types.subnet), elsewhere(a).subnet] }),
        /the subnets are not all in one VPC/,
    ],
    [
        types.database,
        "a security group of another network",
        (a, inputs) => ({ ...inputs, vpcSecurityGroupIds: [elsewhere(a).group] }),
        /^InvalidGroup.NotFound: vpcSecurityGroupIds: .* is in vpc-/,
    ],
    [
        types.database,
        "parameters of another major version",
        at("engineVersion", "16.4"),
        /^InvalidParameterCombination: .*DBParameterGroupFamily postgres17 cannot .*postgres16$/,
    ],
    [
        types.efsPolicy,
        "another file system",
        at("policy", policy({ AWS: "*" }, "elasticfilesystem:ClientMount", "arn:aws:x:y:z:fs/1")),
        /^InvalidPolicyException: policy: arn:aws:x:y:z:fs\/1 is not arn:aws:elasticfilesystem/,
    ],
    [
        types.gateway,
        "a second gateway",
        (a, inputs) => {
            a.create(types.gateway, inputs, "first");
            return inputs;
        },
        /^Resource.AlreadyAssociated: .* has the internet gateway igw-/,
    ],
    [
        types.nat,
        "an address in use",
        (a, inputs) => {
            a.create(types.nat, inputs, "first");
            return inputs;
        },
        /^Resource.AlreadyAssociated: allocationId: .* is associated with nat-/,
    ],
    [
        types.nat,
        "a network without a way out",
        (a, inputs) => {
            a.delete(a.first(types.gateway));
            return inputs;
        },
        /^Gateway.NotAttached: .* has no Internet gateway attached/,
    ],
    [
        types.route,
        "a gateway of another network",
        (a, inputs) => {
            const gateway = a.create(types.gateway, { vpcId: elsewhere(a).vpc }, "far");
            return { ...inputs, gatewayId: gateway.id };
        },
        /^InvalidParameterValue: gatewayId: .* is attached to vpc-/,
    ],
    [
        types.route,
        "a route that is there",
        (a, inputs) => {
            a.create(types.route, inputs, "first");
            return inputs;
        },
        /^RouteAlreadyExists: .*0\.0\.0\.0\/0 already exists in rtb-/,
    ],
    [
        types.association,
        "a table of another network",
        (a, inputs) => {
            const table = a.create(types.table, { vpcId: elsewhere(a).vpc }, "far");
            return { ...inputs, routeTableId: table.id };
        },
        /belong to different networks/,
    ],
    [
        types.association,
        "a second table",
        (a, inputs) => {
            a.create(types.association, inputs, "first");
            return inputs;
        },
        /^Resource.AlreadyAssociated: .* has one route table|^Resource.AlreadyAssociated: subnetId/,
    ],
    [
        types.endpoint,
        "a subnet of another network",
        (a, inputs) => ({ ...inputs, subnetIds: [elsewhere(a).subnet] }),
        /^InvalidParameter: subnetIds: the subnets are in vpc-/,
    ],
    [
        types.endpoint,
        "a group of another network",
        (a, inputs) => ({ ...inputs, securityGroupIds: [elsewhere(a).group] }),
        /^InvalidGroup.NotFound: securityGroupIds: .* is in vpc-/,
    ],
    [
        types.ingress,
        "a rule that is there",
        (a, inputs) => {
            a.create(types.ingress, inputs, "first");
            return inputs;
        },
        /^InvalidPermission.Duplicate: /,
    ],
    [
        types.template,
        "a version to come",
        at("defaultVersion", 3),
        /VersionNotFound: defaultVersion: 3/,
    ],
    [
        types.cluster,
        "one zone",
        (a, inputs) => withAt(inputs, "vpcConfig.subnetIds", [a.text(types.subnet)]),
        /at least two different AZs/,
    ],
    [
        types.cluster,
        "subnets of two networks",
        (a, inputs) => {
            const far = elsewhere(a).vpc;
            const subnet = { vpcId: far, cidrBlock: "10.9.1.0/24", availabilityZone: "us-east-2b" };
            const { id } = a.create(types.subnet, subnet, "farther");
            return withAt(inputs, "vpcConfig.subnetIds", [a.text(types.subnet), id]);
        },
        /the subnets are not all in one VPC/,
    ],
    [
        types.cluster,
        "a group of another network",
        (a, inputs) => withAt(inputs, "vpcConfig.securityGroupIds", [elsewhere(a).group]),
        /^InvalidGroup.NotFound: vpcConfig.securityGroupIds/,
    ],
    [
        types.cluster,
        "services in the network",
        at("kubernetesNetworkConfig.serviceIpv4Cidr", "10.0.128.0/20"),
        /serviceIpv4Cidr: 10\.0\.128\.0\/20 overlaps the VPC/,
    ],
    [
        types.cluster,
        "an asymmetric key",
        (a, inputs) => {
            const key = a.create(types.key, { customerMasterKeySpec: "RSA_2048" }, "rsa");
            return withAt(inputs, "encryptionConfig.provider.keyArn", shown(key.outputs["arn"]));
        },
        /EKS takes a symmetric key, not RSA_2048/,
    ],
    [
        types.nodes,
        "a version of the template to come",
        at("launchTemplate.version", "2"),
        /has no version 2, only 1 to 1/,
    ],
    [
        types.nodes,
        "two instance types",
        templated({ instanceType: "m7i.large" }),
        /names an instance type already/,
    ],
    [
        types.nodes,
        "a profile in the template",
        templated({ iamInstanceProfile: { name: "p" } }),
        /no template with iamInstanceProfile/,
    ],
    [
        types.nodes,
        "a market in the template",
        templated({ instanceMarketOptions: { marketType: "spot" } }),
        /no template with instanceMarketOptions/,
    ],
    [
        types.nodes,
        "a subnet in the template",
        (a, inputs) =>
            templated({ networkInterfaces: [{ subnetId: a.text(types.subnet) }] })(a, inputs),
        /no template with a subnet/,
    ],
    [
        types.nodes,
        "an image and its kind",
        templated({ imageId: "ami-0123456789abcdef0" }),
        /amiType: AL2023_x86_64_STANDARD with an image in the launch template/,
    ],
    [
        types.nodes,
        "an image and a release",
        (a, inputs) =>
            templated({ imageId: "ami-0123456789abcdef0" })(a, without(inputs, "amiType")),
        /version: the launch template names an image/,
    ],
    [
        types.nodes,
        "GPU machines of ARM with NVIDIA's image for x86",
        (a, inputs) => ({
            ...templated({ imageId: imageOf(a, "x86_64") })(
                a,
                without(inputs, "amiType", "version", "releaseVersion"),
            ),
            instanceTypes: ["g4dn.xlarge", "g5g.xlarge"],
        }),
        /^InvalidRequestException: instanceTypes: g5g\.xlarge: The architecture 'arm64' .* does not match the architecture 'x86_64'/,
    ],
    [
        types.nodes,
        "plain user data",
        templated({ userData: Buffer.from("#!/bin/sh\n").toString("base64") }),
        /^Ec2LaunchTemplateInvalidConfiguration: .*MIME multipart/,
    ],
    [
        types.nodes,
        "subnets of another network",
        (a, inputs) => ({ ...inputs, subnetIds: [elsewhere(a).subnet] }),
        /subnetIds: the subnets are in vpc-.*, the cluster in vpc-/,
    ],
    [
        types.nodes,
        "nodes newer than the cluster",
        (_a, inputs) => ({ ...without(inputs, "releaseVersion"), version: "1.35" }),
        /nodes of 1\.35 do not fit a cluster of 1\.34/,
    ],
    [
        types.nodes,
        "nodes much older than the cluster",
        (_a, inputs) => ({ ...without(inputs, "releaseVersion"), version: "1.30" }),
        /nodes of 1\.30 do not fit a cluster of 1\.34/,
    ],
    [
        types.entry,
        "a cluster without access entries",
        (a, inputs) => {
            const cluster = a.first(types.cluster);
            const outputs = {
                ...cluster.outputs,
                accessConfig: { authenticationMode: "CONFIG_MAP" },
            };
            a.keep({ ...cluster, outputs });
            return inputs;
        },
        /authentication mode must be set to one of \[API, API_AND_CONFIG_MAP\]/,
    ],
    [
        types.entry,
        "the creator, whom EKS let in",
        (a, inputs) => {
            const cluster = a.first(types.cluster);
            a.keep({
                ...cluster,
                outputs: { ...cluster.outputs, accessConfig: { authenticationMode: "API" } },
            });
            return { ...inputs, principalArn: callerArn };
        },
        /already in use on this cluster: .* the creator of the cluster/,
    ],
    [
        types.entry,
        "the role of the nodes, which EKS let in",
        (a, inputs) => ({ ...inputs, principalArn: a.text(types.role, "arn") }),
        /already in use on this cluster: .* the role of its nodes/,
    ],
    [
        types.access,
        "someone without an entry",
        at("principalArn", "arn:aws:iam::123456789012:role/Other"),
        /could not be found; create its access entry first/,
    ],
    [
        types.attachment,
        "an eleventh policy",
        (a, inputs) => {
            const known = ["Cluster", "WorkerNode", "_CNI_", "Service"].map((n) =>
                n === "_CNI_" ? "AmazonEKS_CNI_Policy" : `AmazonEKS${n}Policy`,
            );
            const more = [
                "AmazonS3FullAccess",
                "AmazonS3ReadOnlyAccess",
                "AmazonEC2FullAccess",
                "AmazonSNSFullAccess",
                "AmazonSQSFullAccess",
                "ReadOnlyAccess",
            ];
            for (const name of [...known, ...more])
                a.create(
                    types.attachment,
                    { ...inputs, policyArn: `arn:aws:iam::aws:policy/${name}` },
                    name,
                );
            return inputs;
        },
        /^LimitExceeded: .*PoliciesPerRole: 10/,
    ],
    [
        types.rolePolicy,
        "more policy than a role carries",
        (a, inputs) => {
            const wide = policy(undefined, "s3:GetObject", `arn:aws:s3:::${"x".repeat(6000)}`);
            a.create(types.rolePolicy, { ...inputs, name: "wide", policy: wide }, "wide");
            return { ...inputs, policy: wide };
        },
        /^LimitExceeded: Maximum policy size of 10240 bytes exceeded for role everyone/,
    ],
    [
        types.bucketPolicy,
        "another bucket's objects",
        at("policy", policy({ AWS: "*" }, "s3:GetObject", "arn:aws:s3:::other/*")),
        /^MalformedPolicy: .*arn:aws:s3:::other/,
    ],
    [
        types.bucketPolicy,
        "a public policy behind a block",
        at("policy", policy({ AWS: "*" }, "s3:GetObject", "arn:aws:s3:::geolab-scratch/*")),
        /^AccessDenied: policy: public policies are blocked/,
    ],
    [
        types.alarm,
        "a topic of another region",
        (a, inputs) => {
            const topic = a.create(types.topic, { name: "far", region: "us-west-2" }, "far");
            return { ...inputs, alarmActions: [topic.id] };
        },
        /^ValidationError: Invalid region in arn:aws:sns:us-west-2/,
    ],
    [
        types.logs,
        "a key that logs cannot use",
        (a, inputs) => ({ ...inputs, kmsKeyId: a.text(types.key, "arn") }),
        /^AccessDeniedException: kmsKeyId: .*logs\.us-east-2\.amazonaws\.com/,
    ],
    [
        types.target,
        "a sixth target",
        (a, inputs) => {
            for (const name of ["1", "2", "3", "4", "5"])
                a.create(types.target, { ...inputs, targetId: name }, name);
            return inputs;
        },
        /^LimitExceededException: rule: nightly has five targets already/,
    ],
    [
        types.mount,
        "a second one in a zone",
        (a, inputs) => {
            a.create(types.mount, inputs, "first");
            return inputs;
        },
        /^MountTargetConflict: .* in us-east-2a/,
    ],
    [
        types.mount,
        "another network",
        (a, inputs) => {
            a.create(types.mount, inputs, "first");
            const vpcId = elsewhere(a).vpc;
            const subnet = { vpcId, cidrBlock: "10.9.1.0/24", availabilityZone: "us-east-2b" };
            const { id } = a.create(types.subnet, subnet, "farther");
            return { ...without(inputs, "securityGroups"), subnetId: id };
        },
        /^MountTargetConflict: .* is mounted in another VPC/,
    ],
    [
        types.mount,
        "a group of another network",
        (a, inputs) => ({ ...inputs, securityGroups: [elsewhere(a).group] }),
        /^InvalidGroup.NotFound: securityGroups: /,
    ],
    [
        types.record,
        "a name outside its zone",
        at("name", "www.example.net"),
        /^InvalidChangeBatch: .*www\.example\.net/,
    ],
    [
        types.detector,
        "a second one",
        (a, inputs) => {
            a.create(types.detector, inputs, "first");
            return inputs;
        },
        /^BadRequestException: .* a detector already exists/,
    ],
];

it.each(refused)("%s: refuses %s", (type, _what, change, says) => {
    const account = accountBefore(type);
    const inputs = change(account, acceptedInputs(type, account));
    expect(refusal(() => account.create(type, inputs, "second"))).toMatch(says);
});

it("refuses the log group of a cluster that EKS has made already", () => {
    const account = accountBefore(types.nodes);
    const { inputs } = account.first(types.cluster);
    account.delete(account.first(types.cluster));
    const name = "/aws/eks/geolab/cluster";
    account.create(types.cluster, { ...inputs, enabledClusterLogTypes: ["api"] }, "cluster");
    expect(refusal(() => account.create(types.logs, { name }, "late"))).toMatch(
        /^ResourceAlreadyExistsException: .* EKS made \/aws\/eks\/geolab\/cluster/,
    );
});

/** Type, by what no two are alike, AWS's word for it. */
const unique: readonly (readonly [string, string, string])[] = [
    [types.group, "name, vpcId", "InvalidGroup.Duplicate"],
    [types.defaultGroup, "vpcId", "InvalidGroup.Duplicate"],
    [types.mainTable, "defaultRouteTableId", "RouteTableAlreadyExists"],
    [types.template, "name", "InvalidLaunchTemplateName.AlreadyExistsException"],
    [types.cluster, "name", "ResourceInUseException"],
    [types.nodes, "nodeGroupName, clusterName", "ResourceInUseException"],
    [types.addon, "addonName, clusterName", "ResourceInUseException"],
    [types.entry, "principalArn, clusterName", "ResourceInUseException"],
    [types.podIdentity, "serviceAccount, namespace, clusterName", "ResourceInUseException"],
    [types.role, "name", "EntityAlreadyExists"],
    [types.policy, "name", "EntityAlreadyExists"],
    [types.profile, "name", "EntityAlreadyExists"],
    [types.oidc, "url", "EntityAlreadyExists"],
    [types.alias, "name", "AlreadyExistsException"],
    [types.balancer, "name", "DuplicateLoadBalancerName"],
    [types.targets, "name", "DuplicateTargetGroupName"],
    [types.bucket, "bucket", "BucketAlreadyExists"],
    [types.topic, "name", "InvalidParameter"],
    [types.queue, "name", "QueueAlreadyExists"],
    [types.alarm, "name", "ResourceInUse"],
    [types.logs, "name", "ResourceAlreadyExistsException"],
    [types.flowLog, "vpcId, trafficType, logDestination", "FlowLogAlreadyExists"],
    [types.rule, "name, eventBusName", "ResourceAlreadyExistsException"],
    [types.vault, "name", "AlreadyExistsException"],
    [types.restorePlan, "name", "AlreadyExistsException"],
    [types.budget, "name", "DuplicateRecordException"],
    [types.repository, "name", "RepositoryAlreadyExistsException"],
    [types.repositoryTemplate, "prefix", "TemplateAlreadyExistsException"],
    [types.databaseSubnets, "name", "DBSubnetGroupAlreadyExists"],
    [types.parameters, "name", "DBParameterGroupAlreadyExists"],
    [types.database, "identifier", "DBInstanceAlreadyExists"],
    [types.cacheSubnets, "name", "CacheSubnetGroupAlreadyExists"],
    [types.cacheParameters, "name", "CacheParameterGroupAlreadyExists"],
    [types.cache, "replicationGroupId", "ReplicationGroupAlreadyExists"],
    [types.acl, "name, scope", "WAFDuplicateItemException"],
    [types.secret, "name", "ResourceExistsException"],
    [types.command, "name", "DocumentAlreadyExists"],
    [types.trail, "name", "TrailAlreadyExistsException"],
    [types.configRule, "name", "ResourceInUseException"],
];

it("lists everything that is declared unique", () => {
    const declared = Object.entries(awsTypes).flatMap(([type, { unique: rules = [] }]) =>
        rules.map(({ by, code }) => `${type} ${by.join(", ")} ${code}`),
    );
    expect(unique.map((each) => each.join(" ")).sort()).toEqual(declared.sort());
});

it.each(unique)("%s: refuses a second one of the same %s: %s", (type, by, code) => {
    const account = accountBefore(type);
    const inputs = acceptedInputs(type, account);
    account.create(type, inputs, "first");
    const message = refusal(() => account.create(type, inputs, "second"));
    expect(message).toMatch(new RegExp(`^${code}: ${by}: .* is taken by another`));
});

it.each([
    types.bucketPolicy,
    types.versioning,
    types.lifecycle,
    types.publicBlock,
    types.encryption,
    types.ownership,
    types.attachment,
    types.access,
    types.groupTag,
    types.topicPolicy,
    types.efsBackup,
    types.vaultLock,
    types.record,
    types.repositoryPolicy,
    types.repositoryAccess,
    types.efsPolicy,
])("%s: refuses a second one in the place of the first", (type) => {
    const account = accountBefore(type);
    const inputs = acceptedInputs(type, account);
    account.create(type, inputs, "first");
    expect(refusal(() => account.create(type, inputs, "second"))).toMatch(/^EntityAlreadyExists: /);
});

describe("an update", () => {
    it.each([
        [types.cluster, { version: "1.36" }, /minor version update from 1\.34 to 1\.36/],
        [types.cluster, { version: "1.33" }, /minor version update from 1\.34 to 1\.33/],
        [
            types.cluster,
            {
                accessConfig: {
                    authenticationMode: "CONFIG_MAP",
                    bootstrapClusterCreatorAdminPermissions: false,
                },
            },
            /authentication mode update from API to CONFIG_MAP/,
        ],
        [types.volume, { size: 50 }, /New size cannot be smaller than existing size: 100 GiB/],
        [types.database, { engineVersion: "18" }, /DBParameterGroupFamily postgres18$/],
        [
            types.database,
            { engineVersion: "18", parameterGroupName: "default.postgres18" },
            /The AllowMajorVersionUpgrade flag must be present/,
        ],
        [
            types.versioning,
            { versioningConfiguration: { status: "Disabled" } },
            /Suspended, not Disabled/,
        ],
    ])("of %s is refused: %j", (type, change, says) => {
        const account = accountBefore();
        const object = account.first(type);
        expect(refusal(() => account.update(object, { ...object.inputs, ...change }))).toMatch(
            says,
        );
    });

    it("of a cluster keeps its key and its network", () => {
        const account = accountBefore();
        const cluster = account.first(types.cluster);
        const key = account.create(types.key, {}, "other");
        const path = "encryptionConfig.provider.keyArn";
        const inputs = withAt(cluster.inputs, path, shown(key.outputs["arn"]));
        expect(refusal(() => account.update(cluster, inputs))).toMatch(
            /the key of a cluster never changes/,
        );
        const { vpc, subnet } = elsewhere(account);
        const more = { vpcId: vpc, cidrBlock: "10.9.1.0/24", availabilityZone: "us-east-2b" };
        const { id } = account.create(types.subnet, more, "farther");
        const moved = withAt(cluster.inputs, "vpcConfig", { subnetIds: [subnet, id] });
        expect(refusal(() => account.update(cluster, moved))).toMatch(/a cluster stays in vpc-/);
    });

    it("of a database makes its disk larger, never smaller", () => {
        const account = accountBefore();
        const database = account.first(types.database);
        const sized = (allocatedStorage: number) => ({ ...database.inputs, allocatedStorage });
        const larger = account.update(database, sized(40));
        expect(larger.outputs["allocatedStorage"]).toBe(40);
        expect(refusal(() => account.update(larger, sized(30)))).toMatch(
            /^InvalidParameterValue: allocatedStorage: 30 GiB is less than 40/,
        );
    });

    it("takes one minor version at a time", () => {
        const account = accountBefore();
        const cluster = account.first(types.cluster);
        const updated = account.update(cluster, { ...cluster.inputs, version: "1.35" });
        expect(updated.outputs["version"]).toBe("1.35");
    });

    it("of a launch template makes the next version", () => {
        const account = accountBefore();
        const old = account.first(types.template);
        const updated = account.update(old, { ...old.inputs, ebsOptimized: "true" });
        expect([updated.outputs["latestVersion"], updated.outputs["defaultVersion"]]).toEqual([
            2, 1,
        ]);
        const inputs = { ...old.inputs, updateDefaultVersion: true };
        const followed = account.update(updated, inputs);
        expect([followed.outputs["latestVersion"], followed.outputs["defaultVersion"]]).toEqual([
            3, 3,
        ]);
    });
});

it("has a trust policy that the other tests rely on", () => {
    expect(trust).toContain("pods.eks.amazonaws.com");
});
