import { grammarOf } from "../../../rehearsal/aws/published";
import { awsTypes } from "../../../rehearsal/aws/types";
import { accepted, accountBefore, acceptedInputs, types } from "./whole-account";
import { Unknown } from "../../../rehearsal/provider/values";

const whole = accountBefore();

it("takes one of every type that it knows", () => {
    expect(accepted.map(([type]) => type).sort()).toEqual(Object.keys(awsTypes).sort());
});

it.each(accepted.map(([type]) => type))("%s has every output that the SDK computes", (type) => {
    const { outputs } = whole.first(type);
    const missing = (grammarOf(type)?.outputs ?? []).filter((each) => !(each in outputs));
    expect(missing).toEqual([]);
});

it.each(accepted.map(([type]) => type))("%s is unchanged when nothing changed", (type) => {
    const object = whole.first(type);
    expect(whole.diff(object, object.inputs)).toEqual({
        changed: [],
        replaces: [],
        deleteBeforeReplace: false,
    });
});

it.each(accepted.map(([type]) => type))("%s keeps its outputs through an update", (type) => {
    const account = accountBefore();
    const object = account.first(type);
    const updated = account.update(object, object.inputs);
    const moving = { [types.template]: ["latestVersion"], [types.plan]: ["version"] }[type] ?? [];
    for (const key of Object.keys(object.outputs).filter((each) => !moving.includes(each)))
        expect([key, updated.outputs[key]]).toEqual([key, object.outputs[key]]);
});

const seventeen = "[0-9a-f]{17}";
const uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const account = "123456789012";

it.each([
    [types.vpc, "id", `vpc-${seventeen}`],
    [types.vpc, "arn", `arn:aws:ec2:us-east-2:${account}:vpc/vpc-${seventeen}`],
    [types.vpc, "defaultSecurityGroupId", `sg-${seventeen}`],
    [types.subnet, "id", `subnet-${seventeen}`],
    [types.subnet, "availabilityZoneId", "use2-az1"],
    [types.gateway, "id", `igw-${seventeen}`],
    [types.address, "id", `eipalloc-${seventeen}`],
    [types.address, "publicIp", "198\\.1[89]\\.\\d+\\.\\d+"],
    [types.nat, "id", `nat-${seventeen}`],
    [types.nat, "publicIp", "198\\.1[89]\\.\\d+\\.\\d+"],
    [types.table, "id", `rtb-${seventeen}`],
    [types.route, "id", `r-rtb-${seventeen}\\d+`],
    [types.association, "id", `rtbassoc-${seventeen}`],
    [types.group, "id", `sg-${seventeen}`],
    [types.ingress, "id", `sgr-${seventeen}`],
    [types.template, "id", `lt-${seventeen}`],
    [types.template, "latestVersion", "1"],
    [types.key, "id", uuid],
    [types.key, "arn", `arn:aws:kms:us-east-2:${account}:key/${uuid}`],
    [types.alias, "arn", `arn:aws:kms:us-east-2:${account}:alias/geolab`],
    [types.alias, "targetKeyArn", `arn:aws:kms:us-east-2:${account}:key/${uuid}`],
    [types.role, "arn", `arn:aws:iam::${account}:role/everyone`],
    [types.role, "uniqueId", "AROA[A-Z2-7]{17}"],
    [types.policy, "id", `arn:aws:iam::${account}:policy/reader`],
    [types.oidc, "arn", `arn:aws:iam::${account}:oidc-provider/oidc\\.eks.+/id/A`],
    [types.bucket, "arn", "arn:aws:s3:::geolab-scratch"],
    [types.bucket, "bucketRegionalDomainName", "geolab-scratch\\.s3\\.us-east-2\\.amazonaws\\.com"],
    [types.topic, "id", `arn:aws:sns:us-east-2:${account}:alerts`],
    [types.subscription, "arn", `arn:aws:sns:us-east-2:${account}:alerts:${uuid}`],
    [types.subscription, "pendingConfirmation", "true"],
    [types.queue, "id", `https://sqs\\.us-east-2\\.amazonaws\\.com/${account}/jobs`],
    [types.logs, "arn", `arn:aws:logs:us-east-2:${account}:log-group:/hub/logs`],
    [types.cluster, "id", "geolab"],
    [types.cluster, "arn", `arn:aws:eks:us-east-2:${account}:cluster/geolab`],
    [types.cluster, "endpoint", "https://[0-9A-F]{32}\\.gr7\\.us-east-2\\.eks\\.amazonaws\\.com"],
    [
        types.cluster,
        "identities.oidcs.issuer",
        "https://oidc\\.eks\\.us-east-2\\.amazonaws\\.com/id/[0-9A-F]{32}",
    ],
    [types.cluster, "vpcConfig.clusterSecurityGroupId", `sg-${seventeen}`],
    [types.cluster, "vpcConfig.vpcId", `vpc-${seventeen}`],
    [types.nodes, "id", "geolab:core"],
    [types.nodes, "arn", `arn:aws:eks:us-east-2:${account}:nodegroup/geolab/core/${uuid}`],
    [types.nodes, "resources.autoscalingGroups.name", `eks-core-${uuid}`],
    [types.addon, "id", "geolab:vpc-cni"],
    [types.podIdentity, "associationId", `a-${seventeen}`],
    [types.volume, "id", `vol-${seventeen}`],
    [types.fileSystem, "dnsName", `fs-${seventeen}\\.efs\\.us-east-2\\.amazonaws\\.com`],
    [types.alarm, "arn", `arn:aws:cloudwatch:us-east-2:${account}:alarm:full`],
    [types.vault, "arn", `arn:aws:backup:us-east-2:${account}:backup-vault:daily`],
    [types.plan, "id", uuid],
    [types.budget, "id", `${account}:monthly`],
    [types.zone, "id", "Z0[0-9A-F]{19}"],
    [types.record, "fqdn", "www\\.hub\\.example\\.org"],
    [types.detector, "id", "[0-9a-f]{32}"],
    [types.databaseSubnets, "vpcId", `vpc-${seventeen}`],
    [types.database, "id", "db-[0-9A-F]{26}"],
    [types.database, "arn", `arn:aws:rds:us-east-2:${account}:db:hub`],
    [types.database, "endpoint", "hub\\.[0-9a-f]{12}\\.us-east-2\\.rds\\.amazonaws\\.com:5432"],
    [types.database, "engineVersionActual", "17\\.6"],
    [
        types.repository,
        "repositoryUrl",
        `${account}\\.dkr\\.ecr\\.us-east-2\\.amazonaws\\.com/user-image`,
    ],
])("%s: %s looks like %s", (type, path, pattern) => {
    expect(whole.text(type, path)).toMatch(new RegExp(`^${pattern}$`));
});

it("shows the CA of a cluster as base64 of a certificate", () => {
    const data = Buffer.from(whole.text(types.cluster, "certificateAuthority.data"), "base64");
    expect(data.toString()).toContain("-----BEGIN CERTIFICATE-----");
});

it("repeats tags as tagsAll", () => {
    expect(whole.first(types.vpc).outputs["tagsAll"]).toEqual({ "owner-role": "sre" });
});

it("knows in a preview what the inputs say, and nothing that AWS makes up", () => {
    const { vpcConfig, ...rest } = whole.preview(
        types.cluster,
        { ...acceptedInputs(types.cluster, whole), name: "other" },
        "b",
    );
    const [subnetIds, securityGroupIds] = ["subnetIds", "securityGroupIds"].map(
        (key) => (whole.first(types.cluster).inputs["vpcConfig"] as Record<string, unknown>)[key],
    );
    expect(vpcConfig).toEqual({
        subnetIds,
        securityGroupIds,
        vpcId: Unknown,
        clusterSecurityGroupId: Unknown,
        endpointPrivateAccess: Unknown,
        endpointPublicAccess: Unknown,
        publicAccessCidrs: Unknown,
    });
    expect([rest["arn"], rest["endpoint"], rest["version"], rest["name"], rest["region"]]).toEqual([
        Unknown,
        Unknown,
        "1.34",
        "other",
        "us-east-2",
    ]);
});
