import type { Props, Value } from "../../../rehearsal/provider/values";
import type { TestAccount } from "./account";
import { refusal, withAt } from "./account";
import { siteOf } from "./machine-account";
import { accountBefore, acceptedInputs, policy, types } from "./whole-account";

const whole = accountBefore();
const rule = (more: Record<string, Value>) => [
    { complianceLevel: "HIGH", patchFilters: [{ key: "PRODUCT", values: ["*"] }], ...more },
];
const firewallRule = (more: Record<string, Value>) => ({
    name: "one",
    priority: 5,
    statement: { geoMatchStatement: { countryCodes: ["ZA"] } },
    ...more,
});

/** The content of a command with these steps. */
const command = (mainSteps: readonly Record<string, string>[]) =>
    JSON.stringify({ schemaVersion: "2.2", mainSteps });

/** Type, what is changed about inputs that AWS takes (undefined removes), what is said. */
const wrong: readonly (readonly [string, Record<string, Value | undefined>, string])[] = [
    [types.instance, { ami: undefined }, "is required where there is no launchTemplate"],
    [types.instance, { instanceType: "m6i.huge" }, "m6i.huge"],
    [
        types.instance,
        { volumeTags: { a: "b" }, "rootBlockDevice.tags": { a: "b" } },
        "volumeTags: conflicts with rootBlockDevice.tags",
    ],
    [types.instance, { securityGroups: ["web"] }, "conflicts with vpcSecurityGroupIds"],
    [types.instance, { userData: "a", userDataBase64: "YQ==" }, "conflicts with userDataBase64"],
    [types.instance, { userData: "x".repeat(16385) }, "16385 bytes, of at most 16384"],
    [
        types.instance,
        { vpcSecurityGroupIds: ["sg-1", "sg-2", "sg-3", "sg-4", "sg-5", "sg-6"] },
        "are 6, and an interface takes 5",
    ],
    [types.instance, { "rootBlockDevice.iops": 3000 }, "gp2 takes no iops"],
    [types.instance, { "rootBlockDevice.encrypted": false }, "a volume with kmsKeyId is encrypted"],
    [types.diskOfMachine, { deviceName: "/dev/nvme1n1" }, "is no name such as /dev/sdf"],
    [types.cache, { numCacheClusters: 1 }, "needs numCacheClusters of 2 or more"],
    [types.cache, { automaticFailoverEnabled: false }, "needs automaticFailoverEnabled"],
    [types.cache, { authToken: "0123456789abcdef" }, "needs transitEncryptionEnabled"],
    [
        types.cache,
        { authToken: "short", transitEncryptionEnabled: true },
        "is not 16 to 128 printable characters",
    ],
    [types.cache, { atRestEncryptionEnabled: false }, "must be true with kmsKeyId"],
    [types.cache, { nodeType: "db.t4g.small" }, "is no node type such as cache.t4g.small"],
    [types.cache, { snapshotRetentionLimit: 36 }, "36 days are above 35"],
    [types.cache, { maintenanceWindow: "sunday" }, "is no sun:23:00-mon:01:30"],
    [types.cache, { snapshotWindow: "night" }, "is no 05:00-09:00"],
    [types.certificate, { domainName: undefined }, "is required"],
    [types.certificate, { domainName: "site" }, "site is no domain name"],
    [types.certificate, { domainName: `${"a".repeat(60)}.test` }, "of at most 64"],
    [types.listener, { protocol: "TLS" }, "is required for HTTPS and TLS"],
    [
        types.acl,
        {
            rules: [
                firewallRule({ action: { block: {} } }),
                firewallRule({ name: "two", action: { block: {} } }),
            ],
        },
        "the priority 5 is there twice",
    ],
    [
        types.acl,
        {
            rules: [
                firewallRule({ action: { block: {} } }),
                firewallRule({ priority: 6, action: { block: {} } }),
            ],
        },
        "the name one is there twice",
    ],
    [types.acl, { rules: [firewallRule({})] }, "one takes action and nothing else"],
    [
        types.acl,
        { "rules.overrideAction": undefined, "rules.action": { block: {} } },
        "common takes overrideAction",
    ],
    [
        types.acl,
        { "rules.statement.managedRuleGroupStatement.name": "AWSManagedRulesNone" },
        "AWS manages no rule group",
    ],
    [
        types.acl,
        {
            rules: [
                firewallRule({
                    action: { block: {} },
                    statement: { rateBasedStatement: { limit: 9, aggregateKeyType: "IP" } },
                }),
            ],
        },
        "the limit 9 is not 10",
    ],
    [
        types.acl,
        {
            rules: Array.from({ length: 8 }, (_, at) => ({
                name: `common-${at}`,
                priority: at,
                overrideAction: { none: {} },
                statement: {
                    managedRuleGroupStatement: {
                        name: "AWSManagedRulesCommonRuleSet",
                        vendorName: "AWS",
                    },
                },
            })),
        },
        "5600 units of capacity, of at most 5000",
    ],
    [
        types.aclLogs,
        { logDestinationConfigs: "arn:aws:logs:us-east-2:123456789012:log-group:site" },
        "does not begin with aws-waf-logs-",
    ],
    [types.secret, { name: "a secret" }, "is not 1 to 512 letters"],
    [types.secret, { recoveryWindowInDays: 3 }, "3 is not 0, nor 7 to 30"],
    [types.secretVersion, { secretString: undefined }, "name exactly one of secretString"],
    [types.secretVersion, { secretString: "x".repeat(65537) }, "of at most 65536"],
    [types.baseline, { approvalRules: rule({ approveAfterDays: 7 }) }, "not supported for Ubuntu"],
    [
        types.baseline,
        { operatingSystem: "REDHAT_ENTERPRISE_LINUX", approvalRules: rule({}) },
        "name either approveAfterDays or approveUntilDate",
    ],
    [
        types.baseline,
        { approvalRules: rule({ patchFilters: [{ key: "SEVERITY", values: ["Critical"] }] }) },
        "SEVERITY tells no patches of Ubuntu apart",
    ],
    [
        types.baseline,
        { approvalRules: rule({ patchFilters: [{ key: "PRODUCT", values: ["Ubuntu21.04"] }] }) },
        "Ubuntu21.04 is no PRODUCT of Ubuntu",
    ],
    [types.window, { schedule: "sundays" }, "is no cron(0 2 ? * SUN *)"],
    [types.window, { cutoff: 3 }, "leave no time"],
    [types.windowTarget, { "targets.key": "Name" }, "is none of InstanceIds"],
    [types.windowTask, { taskArn: "AWS-Other" }, "AWS has no document AWS-Other"],
    [types.windowTask, { maxErrors: undefined }, "is required with targets"],
    [types.upkeep, { name: "AWS-Other" }, "AWS has no document AWS-Other"],
    [types.upkeep, { scheduleExpression: "fortnightly" }, "is no rate(7 days)"],
    [types.command, { name: "AWS-Mine" }, "begins as AWS's own documents do"],
    [types.command, { content: "{}" }, 'is no schemaVersion "2.2"'],
    [types.command, { content: command([]) }, "has no mainSteps"],
    [types.command, { content: command([{ action: "aws:run", name: "run" }]) }, "is no action"],
    [
        types.command,
        { content: command([{ action: "aws:runShellScript", name: "a step" }]) },
        "is no name of a step",
    ],
    [
        types.configRule,
        { source: { owner: "AWS", sourceIdentifier: "REQUIRED_TAG" } },
        "REQUIRED_TAG is no managed rule",
    ],
    [types.configRule, { inputParameters: '{"tag7Key":"a"}' }, "REQUIRED_TAGS takes no tag7Key"],
];

it.each(wrong)("%s: refuses %j: %s", (type, changes, says) => {
    const inputs = Object.entries(changes).reduce(
        (kept, [path, value]) => withAt(kept, path, value),
        acceptedInputs(type, whole),
    );
    expect(whole.problems(type, acceptedInputs(type, whole))).toEqual([]);
    expect(whole.problems(type, inputs).join("\n")).toContain(says);
});

type Change = (account: TestAccount, inputs: Props) => Props;

/** A security group of another network. */
function farGroup(account: TestAccount): string {
    const vpc = account.create(types.vpc, { cidrBlock: "10.9.0.0/16" }, "far");
    return account.create(types.group, { name: "far", vpcId: vpc.id }, "far").id;
}

const again: (type: string, more?: Props) => Change = (type, more) => (account, inputs) => {
    account.create(type, { ...inputs, ...more }, "first");
    return inputs;
};

function imageFor(account: TestAccount, processor: "amd64" | "arm64"): Value {
    const name = `/aws/service/canonical/ubuntu/server/22.04/stable/current/${processor}/hvm/ebs-gp2/ami-id`;
    return account.invoke("aws:ssm/getParameter:getParameter", { name })["value"] ?? "";
}

/** Type, what is wrong, inputs that are wrong because of something else in the account, what is said. */
const refused: readonly (readonly [string, string, Change, RegExp])[] = [
    [
        types.instance,
        "a security group of another network",
        (a, inputs) => ({ ...inputs, vpcSecurityGroupIds: [farGroup(a)] }),
        /^InvalidGroup.NotFound: vpcSecurityGroupIds/,
    ],
    [
        types.instance,
        "another zone than its subnet's",
        (_a, inputs) => ({ ...inputs, availabilityZone: "us-east-2b" }),
        /^InvalidParameterValue: availabilityZone: us-east-2b, and the subnet is in us-east-2a/,
    ],
    [
        types.instance,
        "an image for another processor",
        (a, inputs) => ({ ...inputs, ami: imageFor(a, "arm64") }),
        /^InvalidParameterValue: ami: The architecture 'arm64' .* does not match m6i.large/,
    ],
    [
        types.diskOfMachine,
        "a volume of another zone",
        (a, inputs) => ({
            ...inputs,
            volumeId: a.create(types.volume, { availabilityZone: "us-east-2b", size: 10 }, "far")
                .id,
        }),
        /^InvalidVolume.ZoneMismatch: .* in us-east-2b/,
    ],
    [
        types.diskOfMachine,
        "a volume that is attached",
        again(types.diskOfMachine, { deviceName: "/dev/sdg" }),
        /^VolumeInUse: /,
    ],
    [
        types.diskOfMachine,
        "a device that is taken",
        (a, inputs) => {
            a.create(types.diskOfMachine, inputs, "first");
            const zone = { availabilityZone: "us-east-2a", size: 10 };
            return { ...inputs, volumeId: a.create(types.volume, zone, "other").id };
        },
        /^InvalidParameterValue: deviceName: \/dev\/sdf is already in use/,
    ],
    [
        types.bastion,
        "a security group of another network",
        (a, inputs) => ({ ...inputs, securityGroupIds: [farGroup(a)] }),
        /^InvalidGroup.NotFound: securityGroupIds/,
    ],
    [
        types.cache,
        "parameters of another family",
        (a, inputs) => ({
            ...inputs,
            parameterGroupName: a.create(types.cacheParameters, { family: "redis6.x" }, "old").id,
        }),
        /^InvalidParameterCombination: parameterGroupName: .* family redis7 .* redis6.x/,
    ],
    [
        types.cache,
        "two zones of one",
        (a, inputs) => {
            const [first = ""] = a.first(types.cacheSubnets).inputs["subnetIds"] as string[];
            const one = { name: "one", subnetIds: [first] };
            return { ...inputs, subnetGroupName: a.create(types.cacheSubnets, one, "one").id };
        },
        /^InvalidParameterCombination: subnetGroupName: Multi-AZ/,
    ],
    [
        types.cache,
        "a security group of another network",
        (a, inputs) => ({ ...inputs, securityGroupIds: [farGroup(a)] }),
        /^InvalidGroup.NotFound: securityGroupIds/,
    ],
    [
        types.validation,
        "a domain that nothing proves",
        (a) => {
            const other = { domainName: "other.example.org", validationMethod: "DNS" };
            return { certificateArn: a.create(types.certificate, other, "other").id };
        },
        /^ValidationTimedOut: .* no record _[0-9a-f]{32}.other.example.org/,
    ],
    [
        types.targetMachine,
        "a machine that is not there",
        (_a, inputs) => ({ ...inputs, targetId: "i-0" }),
        /^InvalidTarget: targetId: there is no instance i-0/,
    ],
    [
        types.targetMachine,
        "a machine of another network",
        (a, inputs) => {
            const vpc = a.create(types.vpc, { cidrBlock: "10.9.0.0/16" }, "far");
            const far = { name: "far", vpcId: vpc.id, protocol: "TCP", port: 80 };
            const arn = a.create(types.targets, far, "far").outputs["arn"] ?? "";
            return { ...inputs, targetGroupArn: arn };
        },
        /^InvalidTarget: targetId: .* is not in the VPC/,
    ],
    [
        types.listener,
        "a certificate where nothing is sealed",
        (a, inputs) => ({
            ...inputs,
            certificateArn: a.create(types.certificate, { domainName: "a.test" }, "a").id,
        }),
        /^ValidationError: certificateArn: a listener of TCP takes no certificate/,
    ],
    [
        types.aclOfBalancer,
        "a network load balancer",
        (a, inputs) => ({ ...inputs, resourceArn: a.text(types.balancer, "arn") }),
        /^WAFInvalidParameterException: resourceArn: /,
    ],
    [
        types.aclOfBalancer,
        "a balancer that has a firewall",
        again(types.aclOfBalancer),
        /^WAFUnavailableEntityException: /,
    ],
    [
        types.patchGroup,
        "a group that has a baseline",
        (a, inputs) => {
            a.create(types.patchGroup, inputs, "first");
            const other = { ...acceptedInputs(types.baseline, a), name: "other" };
            return { ...inputs, baselineId: a.create(types.baseline, other, "other").id };
        },
        /^AlreadyExistsException: /,
    ],
    [
        types.windowTask,
        "a target of another window",
        (a, inputs) => {
            const other = { ...acceptedInputs(types.window, a), name: "other" };
            return { ...inputs, windowId: a.create(types.window, other, "other").id };
        },
        /^InvalidTarget: targets: /,
    ],
    [
        types.trail,
        "a bucket that does not let it write",
        (a, inputs) => ({ ...inputs, s3BucketName: a.text(types.bucket) }),
        /^InsufficientS3BucketPolicyException: /,
    ],
    [
        types.trail,
        "a sixth trail",
        (a, inputs) => {
            for (const at of [1, 2, 3, 4, 5])
                a.create(types.trail, { ...inputs, name: `trail-${at}` }, `trail-${at}`);
            return inputs;
        },
        /^MaximumNumberOfTrailsExceededException: /,
    ],
    [
        types.recorder,
        "a second recorder",
        again(types.recorder),
        /^MaxNumberOfConfigurationRecordersExceededException: /,
    ],
    [
        types.channel,
        "a second channel",
        again(types.channel),
        /^MaxNumberOfDeliveryChannelsExceededException: /,
    ],
    [
        types.channel,
        "no recorder",
        (a, inputs) => {
            a.delete(a.first(types.recorder));
            return inputs;
        },
        /^NoAvailableConfigurationRecorderException: /,
    ],
    [
        types.channel,
        "a bucket that does not let it write",
        (a, inputs) => {
            const closed = policy(
                { Service: "cloudtrail.amazonaws.com" },
                "s3:*",
                "arn:aws:s3:::geolab-closed",
            );
            const { id } = a.create(types.bucket, { bucket: "geolab-closed" }, "closed");
            a.create(types.bucketPolicy, { bucket: id, policy: closed }, "closed");
            return { ...inputs, s3BucketName: id };
        },
        /^InsufficientDeliveryPolicyException: .* config.amazonaws.com s3:GetBucketAcl/,
    ],
    [
        types.recording,
        "no channel",
        (a, inputs) => {
            a.delete(a.first(types.channel));
            return inputs;
        },
        /^NoAvailableDeliveryChannelException: /,
    ],
    [
        types.configRule,
        "no recorder",
        (a, inputs) => {
            a.cloud.drop(types.recorder, "default");
            return inputs;
        },
        /^NoAvailableConfigurationRecorderException: /,
    ],
    [
        types.balancer,
        "one zone, of an application",
        (a, inputs) => ({
            ...inputs,
            loadBalancerType: "application",
            subnets: [a.text(types.subnet)],
        }),
        /^ValidationError: subnets: At least two subnets/,
    ],
];

it.each(refused)("%s: refuses %s", (type, _what, change, says) => {
    const account = accountBefore(type);
    const inputs = change(account, acceptedInputs(type, account));
    expect(refusal(() => account.create(type, inputs, "second"))).toMatch(says);
});

it("takes a patch group's second baseline for another system", () => {
    const account = accountBefore();
    const other = {
        name: "debian",
        operatingSystem: "DEBIAN",
        approvalRules: rule({ approveAfterDays: 0 }),
    };
    const { id } = account.create(types.baseline, other, "debian");
    const inputs = { baselineId: id, patchGroup: "data" };
    expect(refusal(() => account.create(types.patchGroup, inputs, "second"))).toBeUndefined();
});

it("ends no machine that is protected, but for the engine that says so", () => {
    const account = accountBefore();
    const inputs = { ...acceptedInputs(types.instance, account), disableApiTermination: true };
    const kept = account.create(types.instance, inputs, "kept");
    expect(
        refusal(() => {
            account.delete(kept);
        }),
    ).toMatch(/^OperationNotPermitted: /);
    const forced = account.update(kept, { ...inputs, forceDestroy: true });
    expect(
        refusal(() => {
            account.delete(forced);
        }),
    ).toBeUndefined();
});

it("takes no channel away from a recorder that runs", () => {
    const account = accountBefore();
    const channel = account.first(types.channel);
    expect(
        refusal(() => {
            account.delete(channel);
        }),
    ).toMatch(/^LastDeliveryChannelDeleteFailedException: /);
});

it("has a secret's new value there before the old version goes", () => {
    const account = accountBefore();
    const version = account.first(types.secretVersion);
    expect(account.diff(version, { ...version.inputs, secretString: '"other"' })).toMatchObject({
        replaces: ["secretString"],
        deleteBeforeReplace: false,
    });
});

it("keeps the versions of a cache going up", () => {
    const account = accountBefore();
    const cache = account.first(types.cache);
    const parameters = account.create(types.cacheParameters, { family: "redis6.x" }, "old").id;
    const older = { ...cache.inputs, engineVersion: "6.2", parameterGroupName: parameters };
    expect(refusal(() => account.update(cache, older))).toMatch(
        /Downgrading is not possible|family/,
    );
});

it("gives each machine of a subnet an address of its own, after those that AWS keeps", () => {
    const account = accountBefore(types.instance);
    const inputs = acceptedInputs(types.instance, account);
    const addresses = ["a", "b", "c"].map(
        (name) => account.create(types.instance, inputs, name).outputs["privateIp"],
    );
    expect(addresses).toEqual(["10.0.0.4", "10.0.0.5", "10.0.0.6"]);
});

it("finds Ubuntu's image by release, the newest one in each run, and one for each processor", () => {
    const account = accountBefore(types.vpc);
    const ask = (release: string, processor: string) =>
        account.invoke("aws:ssm/getParameter:getParameter", {
            name: `/aws/service/canonical/ubuntu/server/22.04/stable/${release}/${processor}/hvm/ebs-gp2/ami-id`,
        })["value"];
    expect(ask("current", "amd64")).toBe(ask("current", "amd64"));
    expect(ask("20260105", "amd64")).not.toBe(ask("20260112", "amd64"));
    expect(ask("20260105", "amd64")).not.toBe(ask("20260105", "arm64"));
    expect(siteOf(accountBefore()).outputs["arn"]).toContain(":loadbalancer/app/site/");
});
