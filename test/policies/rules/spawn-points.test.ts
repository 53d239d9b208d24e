import { spawnPointsHandOn } from "../../../policies/rules/spawn-points";
import { labelsOf, saidOf, tagsOf } from "../../support/stack";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const tags = tagsOf("node-pools");
const labels = labelsOf("hub", "prod");
const kinds = ["instance", "volume", "network-interface"];
const spotRequest = "spot-instances-request";
const specifications = (given: object, names = kinds) =>
    names.map((resourceType) => ({ resourceType, tags: given }));
const list = (propagateAtLaunch: boolean) =>
    Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch }));
const parameters = Object.fromEntries(
    Object.entries(tags).map(([key, value], i) => [`tagSpecification_${i + 1}`, `${key}=${value}`]),
);
const pairs = Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
const lb = "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags";
const service = (annotations: object, type = "LoadBalancer") => ({
    metadata: { annotations },
    spec: { type },
});
const template = (given: object) => ({ spec: { template: { metadata: { labels: given } } } });
const claims = (given: object) => ({
    spec: {
        ...template(labels).spec,
        volumeClaimTemplates: [{ metadata: { labels: given } }],
    },
});

const proof = (given: object, more: object = {}) => ({
    spec: {
        acme: {
            solvers: [
                {
                    http01: {
                        gatewayHTTPRoute: {
                            labels: given,
                            podTemplate: { metadata: { labels: given } },
                            ...more,
                        },
                    },
                },
            ],
        },
    },
});

const daskSettings = (given: object) => ({
    metadata: { labels: { "app.kubernetes.io/name": "dask-gateway" } },
    data: { "owner.json": JSON.stringify(given) },
});

const binderSettings = (given: object) => ({
    metadata: { labels: { "app.kubernetes.io/name": "binderhub" } },
    data: { "settings.json": unknown, "owner.json": JSON.stringify(given) },
});

const pools = ["node-pools"] as const;
const hub = ["hub", "prod"] as const;

const table = [
    [
        "aws:ec2/launchTemplate:LaunchTemplate",
        pools,
        { tagSpecifications: specifications(tags) },
        { tagSpecifications: specifications({ ...tags, "owner-role": unknown }) },
    ],
    [
        "aws:ec2/launchTemplate:LaunchTemplate",
        pools,
        { tagSpecifications: [...specifications(tags), ...specifications(tags, [spotRequest])] },
        { tagSpecifications: [...specifications(tags), ...specifications({}, [spotRequest])] },
    ],
    ["aws:autoscaling/group:Group", pools, { tags: list(true) }, { tags: list(false) }],
    ["aws:ec2/instance:Instance", pools, { volumeTags: tags }, { volumeTags: {} }],
    [
        "aws:ec2/instance:Instance",
        pools,
        { rootBlockDevice: { tags } },
        { rootBlockDevice: { encrypted: true } },
    ],
    ["aws:eks/nodeGroup:NodeGroup", pools, { launchTemplate: { id: unknown } }, { diskSize: 20 }],
    [
        "aws:eks/nodeGroup:NodeGroup",
        pools,
        { capacityType: "SPOT", launchTemplate: { id: unknown } },
        { capacityType: "SPOT", instanceTypes: ["r5.xlarge", "r6i.xlarge"], tags },
    ],
    [
        "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
        pools,
        { resourceTags: tags },
        { resourceTags: { ...tags, "owner-party": unknown } },
    ],
    [
        "aws:rds/instance:Instance",
        pools,
        { copyTagsToSnapshot: true },
        { copyTagsToSnapshot: unknown },
    ],
    [
        "aws:backup/plan:Plan",
        pools,
        { rules: [{ recoveryPointTags: tags }] },
        { rules: [{ recoveryPointTags: tags }, {}] },
    ],
    [
        "kubernetes:storage.k8s.io/v1:StorageClass",
        pools,
        { provisioner: "ebs.csi.aws.com", parameters },
        { provisioner: "ebs.csi.aws.com", parameters: { type: "gp3" } },
    ],
    [
        "kubernetes:storage.k8s.io/v1:StorageClass",
        pools,
        { provisioner: "nfs.csi.k8s.io", parameters },
        { provisioner: "efs.csi.aws.com", parameters },
    ],
    [
        "aws:dlm/lifecyclePolicy:LifecyclePolicy",
        pools,
        { policyDetails: { schedules: [{ tagsToAdd: tags }] } },
        { policyDetails: { schedules: [{ tagsToAdd: tags }, { copyTags: true }] } },
    ],
    [
        "kubernetes:core/v1:Service",
        pools,
        service({ [lb]: pairs }),
        service({ [lb]: "owner-role=x" }),
    ],
    [
        "kubernetes:cert-manager.io/v1:Certificate",
        hub,
        { spec: { secretTemplate: { labels } } },
        { spec: { secretName: "tls" } },
    ],
    ["kubernetes:cert-manager.io/v1:Issuer", hub, proof(labels), proof(labels, { labels: {} })],
    [
        "kubernetes:cert-manager.io/v1:ClusterIssuer",
        hub,
        { spec: { acme: { solvers: [{ dns01: { route53: {} } }] } } },
        proof(labels, { podTemplate: {} }),
    ],
    [
        "kubernetes:core/v1:ConfigMap",
        hub,
        daskSettings({ labels: labelsOf("user-sessions", "prod") }),
        daskSettings({ labels: labelsOf("hub", "prod") }),
    ],
    [
        "kubernetes:core/v1:ConfigMap",
        hub,
        { metadata: { labels }, data: { "policy.json": "{}" } },
        { ...daskSettings({}), data: { "owner.json": "labels: none" } },
    ],
    [
        "kubernetes:core/v1:ConfigMap",
        hub,
        binderSettings({ labels: labelsOf("user-image", "prod") }),
        binderSettings({ labels: labelsOf("hub", "prod") }),
    ],
    ["kubernetes:apps/v1:Deployment", hub, template(labels), template({ app: "hub" })],
    ["kubernetes:apps/v1:StatefulSet", hub, claims(labels), claims({})],
    [
        "kubernetes:batch/v1:CronJob",
        hub,
        { spec: { jobTemplate: template(labels) } },
        { spec: { jobTemplate: template({}) } },
    ],
] as const;

describe("spawn-points", () => {
    it.each(table)("passes %s that hands its owner on", (type, layer, right) => {
        expect(saidOf(spawnPointsHandOn, [...layer], type, right)).toEqual([]);
    });

    it.each(table)("refuses %s that does not", (type, layer, _right, wrong) => {
        expect(saidOf(spawnPointsHandOn, [...layer], type, wrong)).toEqual([
            expect.stringContaining(`${type} hands no owner on to `),
        ]);
    });

    it("names what lacks which key", () => {
        const { "owner-party": _left, ...rest } = tags;

        expect(
            saidOf(spawnPointsHandOn, pools, "aws:ec2/launchTemplate:LaunchTemplate", {
                tagSpecifications: [...specifications(tags), ...specifications(rest, ["volume"])],
            }),
        ).toEqual([
            "aws:ec2/launchTemplate:LaunchTemplate hands no owner on to instances, volumes and network " +
                "interfaces (tagSpecifications.[].tags): no owner-party=operators",
        ]);
    });

    it("asks a launch template for instances, volumes and network interfaces", () => {
        const type = "aws:ec2/launchTemplate:LaunchTemplate";
        const inputs = { tagSpecifications: specifications(tags, ["instance"]) };

        expect(saidOf(spawnPointsHandOn, pools, type, inputs)).toEqual([
            `${type} hands no owner on to volume, network-interface: no tagSpecifications name them`,
        ]);
        expect(saidOf(spawnPointsHandOn, pools, type, {})).toEqual([
            `${type} hands no owner on to instance, volume, network-interface: no tagSpecifications name them`,
        ]);
    });

    it.each([
        ["a service inside the cluster", "kubernetes:core/v1:Service", service({}, "ClusterIP")],
        [
            "a class of another provisioner",
            "kubernetes:storage.k8s.io/v1:StorageClass",
            { provisioner: "nfs.csi.k8s.io" },
        ],
        ["a stateful set without claims", "kubernetes:apps/v1:StatefulSet", template(tags)],
    ])("asks nothing of %s", (_what, type, inputs) => {
        expect(saidOf(spawnPointsHandOn, pools, type, inputs)).toEqual([]);
    });
});
