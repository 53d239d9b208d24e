import { carrierOf } from "../../../../components/model/carriers";
import { layersOf } from "../../../../components/model/layers";
import { ownerOf } from "../../../../components/model/matrix";
import { ownerLabels, ownerTags } from "../../../../components/model/tags";
import type { Recorded } from "../../../support/record-resources";
import type { Built } from "./geolab";
import { build, geolab } from "./geolab";

const spec = geolab();
let built: Built;
beforeAll(async () => {
    built = await build(spec);
});

/** The layer that a resource says it belongs to by its name: `<layer>-<noun>`, `<layer>-<hub>-<noun>`. */
function ownerByName({ name }: Recorded) {
    const [layer] = layersOf("jupyterhub", "aws")
        .filter(([slug]) => name === slug || name.startsWith(`${slug}-`))
        .sort(([one], [other]) => other.length - one.length)[0] ?? [""];
    return ownerOf(spec.matrix, layer) ?? ownerOf(spec.matrix, layer, "prod");
}

describe("the foundation of GeoLab on AWS", () => {
    it("registers these types, so many of each", () => {
        const counts: Record<string, number> = {};
        for (const { type } of built.resources) counts[type] = (counts[type] ?? 0) + 1;
        expect(counts).toEqual({
            "steward:index:Cluster": 1,
            "pulumi:providers:aws": 1,
            "pulumi:providers:kubernetes": 1,
            "steward:aws:Network": 1,
            "steward:aws:ControlPlane": 1,
            "steward:aws:DeployIdentity": 1,
            "steward:aws:NodePools": 1,
            "steward:aws:ClusterAddOns": 1,
            "steward:aws:Autoscaler": 1,
            "steward:aws:GpuPlugin": 1,
            "steward:aws:HomeStorage": 1,
            "steward:aws:HubDatabase": 1,
            "steward:aws:ObjectStorage": 1,
            "steward:aws:Backups": 1,
            "steward:aws:ThreatDetection": 1,
            "steward:aws:Alerts": 1,
            "steward:aws:Monitoring": 1,
            "steward:aws:BudgetBilling": 1,
            "steward:aws:LoadBalancer": 1,
            "aws:autoscaling/attachment:Attachment": 2,
            "aws:autoscaling/tag:Tag": 100,
            "aws:backup/plan:Plan": 1,
            "aws:backup/restoreTestingPlan:RestoreTestingPlan": 1,
            "aws:backup/restoreTestingSelection:RestoreTestingSelection": 1,
            "aws:backup/selection:Selection": 1,
            "aws:backup/vault:Vault": 1,
            "aws:budgets/budget:Budget": 1,
            "aws:cloudwatch/eventRule:EventRule": 5,
            "aws:cloudwatch/eventTarget:EventTarget": 5,
            "aws:cloudwatch/logGroup:LogGroup": 4,
            "aws:cloudwatch/metricAlarm:MetricAlarm": 10,
            "aws:ebs/volume:Volume": 1,
            "aws:ec2/defaultRouteTable:DefaultRouteTable": 1,
            "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": 1,
            "aws:ec2/eip:Eip": 3,
            "aws:ec2/flowLog:FlowLog": 1,
            "aws:ec2/internetGateway:InternetGateway": 1,
            "aws:ec2/launchTemplate:LaunchTemplate": 6,
            "aws:ec2/natGateway:NatGateway": 3,
            "aws:ec2/route:Route": 4,
            "aws:ec2/routeTable:RouteTable": 5,
            "aws:ec2/routeTableAssociation:RouteTableAssociation": 9,
            "aws:ec2/securityGroup:SecurityGroup": 1,
            "aws:ec2/subnet:Subnet": 9,
            "aws:ec2/vpc:Vpc": 1,
            "aws:ec2/vpcEndpoint:VpcEndpoint": 1,
            "aws:eks/accessEntry:AccessEntry": 3,
            "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": 3,
            "aws:eks/addon:Addon": 6,
            "aws:eks/cluster:Cluster": 1,
            "aws:eks/nodeGroup:NodeGroup": 6,
            "aws:eks/podIdentityAssociation:PodIdentityAssociation": 6,
            "aws:guardduty/detector:Detector": 1,
            "aws:guardduty/detectorFeature:DetectorFeature": 5,
            "aws:iam/role:Role": 10,
            "aws:iam/rolePolicy:RolePolicy": 8,
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 7,
            "aws:kms/key:Key": 8,
            "aws:lb/listener:Listener": 2,
            "aws:lb/loadBalancer:LoadBalancer": 1,
            "aws:lb/targetGroup:TargetGroup": 2,
            "aws:s3/bucket:Bucket": 1,
            "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 1,
            "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 1,
            "aws:s3/bucketPolicy:BucketPolicy": 1,
            "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 1,
            "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 1,
            "aws:sns/topic:Topic": 5,
            "aws:sns/topicPolicy:TopicPolicy": 4,
            "aws:sns/topicSubscription:TopicSubscription": 6,
            "kubernetes:apps/v1:DaemonSet": 1,
            "kubernetes:helm.sh/v4:Chart": 1,
            "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": 3,
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": 5,
            "kubernetes:storage.k8s.io/v1:StorageClass": 2,
        });
    });

    it("puts the owner of its layer on everything that takes tags", () => {
        const taggable = built.resources.filter(({ type }) => carrierOf(type) === "map");
        const wrong = taggable.filter((resource) => {
            const owner = ownerByName(resource);
            const tags = resource.inputs["tags"] as Record<string, string> | undefined;
            return (
                owner === undefined ||
                Object.entries({ ...spec.tags, ...ownerTags(owner) }).some(
                    ([key, value]) => tags?.[key] !== value,
                )
            );
        });
        expect(wrong.map(({ type, name }) => [type, name])).toEqual([]);
        expect(taggable).toHaveLength(117);
    });

    it("puts the owner of its layer on every Kubernetes object", () => {
        const metadata = (name: string, layer: string, scope?: string) => {
            const owner = ownerOf(spec.matrix, layer, scope);
            if (owner === undefined) throw new Error(`nobody owns ${layer}`);
            const annotations = { "steward/owner-contact": "support@example.org" };
            return { name, labels: ownerLabels(owner), annotations };
        };
        const objects = built.resources.filter(({ type }) => carrierOf(type) === "labels");
        expect(
            Object.fromEntries(objects.map(({ name, inputs }) => [name, inputs["metadata"]])),
        ).toEqual({
            "node-pools-gpu-plugin": {
                ...metadata("nvidia-device-plugin", "node-pools"),
                namespace: "kube-system",
            },
            "hub-database-prod-class": metadata("steward-prod", "hub-database", "prod"),
            "monitoring-alerts-class": metadata("steward-monitoring", "monitoring-alerts"),
        });
    });

    it("registers the cluster first and the provider next, which refuses any other account", () => {
        expect(built.resources.slice(0, 2).map(({ type, name }) => [type, name])).toEqual([
            ["steward:index:Cluster", "geolab"],
            ["pulumi:providers:aws", "aws"],
        ]);
        expect(built.resources[1]?.inputs).toMatchObject({
            region: "us-east-2",
            allowedAccountIds: '["123456789012"]',
        });
    });

    it("keeps the names that a provider completes within what AWS takes", () => {
        const tooLong = built
            .ofType("aws:eks/nodeGroup:NodeGroup")
            .filter(({ inputs }) => String(inputs["nodeGroupNamePrefix"]).length + 26 > 63);
        const roles = built.ofType("aws:iam/role:Role").filter(({ name, inputs }) => {
            const prefix = inputs["namePrefix"] as string | undefined;
            return (prefix === undefined ? name.length + 8 : prefix.length + 26) > 64;
        });
        expect([...tooLong, ...roles]).toEqual([]);
    });

    it("names the storage class without waiting for it: a new owner replaces the class, never a claim", async () => {
        const { database } = built.foundation.hubs["prod"] ?? {};
        const storageClass = database?.kind === "claim" ? database.storageClass : undefined;
        const name = await new Promise((resolve) => storageClass?.apply(resolve));
        expect(name).toBe("steward-prod");
        expect(await resourcesBehind(storageClass)).toBe(0);
        expect(await resourcesBehind(built.foundation.kubernetes.id)).toBeGreaterThan(0);
    });
});

/** How many resources the engine would see a property of this value depend on. */
async function resourcesBehind(value: unknown): Promise<number> {
    const { allResources } = value as { allResources: () => Promise<Set<unknown>> };
    return (await allResources.call(value)).size;
}
