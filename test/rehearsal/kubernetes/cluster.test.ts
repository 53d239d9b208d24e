import { kubernetesStandIn } from "../../../rehearsal/kubernetes/stand-in";
import type { Props } from "../../../rehearsal/provider/values";
import { Unknown } from "../../../rehearsal/provider/values";
import { claim, TestCluster, types } from "./cluster";

const named: Props = { metadata: { name: "a" } };
const gp3 = (more: Props = {}, annotations: Props = {}): Props => ({
    metadata: { name: "gp3", annotations },
    provisioner: "ebs.csi.aws.com",
    ...more,
});
const isDefault = { "storageclass.kubernetes.io/is-default-class": "true" };

const crd: Props = {
    metadata: { name: "issuers.cert-manager.io" },
    spec: {
        group: "cert-manager.io",
        names: { kind: "Issuer", plural: "issuers" },
        scope: "Cluster",
        versions: [
            {
                name: "v1",
                served: true,
                storage: true,
                schema: {
                    openAPIV3Schema: {
                        type: "object",
                        properties: {
                            spec: { type: "object", properties: { days: { type: "integer" } } },
                        },
                    },
                },
            },
        ],
    },
};
const issuer = "kubernetes:cert-manager.io/v1:Issuer";

describe("what a cluster takes", () => {
    it("refuses an object whose namespace is not there", () => {
        const cluster = new TestCluster();
        const inputs = { metadata: { name: "a", namespace: "prod" } };
        expect(() => cluster.create(types.configMap, inputs)).toThrow(
            'ConfigMap "a": namespaces "prod" not found; create the Namespace first and let this object depend on it',
        );
        cluster.create(types.namespace, { metadata: { name: "prod" } });
        expect(cluster.create(types.configMap, inputs).id).toBe("prod/a");
    });

    it.each(["default", "kube-node-lease", "kube-public", "kube-system"])("has %s", (namespace) => {
        const cluster = new TestCluster();
        const inputs = { metadata: { name: "a", namespace } };
        expect(cluster.create(types.configMap, inputs).id).toBe(`${namespace}/a`);
        expect(() => cluster.create(types.namespace, { metadata: { name: namespace } })).toThrow(
            `Namespace "${namespace}" already exists`,
        );
    });

    it("refuses a second object of a kind, namespace and name", () => {
        const cluster = new TestCluster();
        cluster.create(types.configMap, named);
        cluster.create(types.secret, named);
        cluster.create(types.configMap, { metadata: { name: "a", namespace: "kube-public" } });
        expect(() => cluster.create(types.configMap, named)).toThrow(
            'ConfigMap "default/a" already exists; choose another name or import the object',
        );
    });

    it("refuses a claim on a class that is not there", () => {
        const cluster = new TestCluster();
        const wanting = claim("1Gi", { storageClassName: "gp3" });
        expect(() => cluster.create(types.claim, wanting)).toThrow(
            'PersistentVolumeClaim "a" would stay Pending: storageclass.storage.k8s.io "gp3" not found; create the StorageClass first',
        );
        cluster.create(types.storageClass, gp3());
        expect(cluster.create(types.claim, wanting).id).toBe("default/a");
    });

    it("refuses a claim that leaves the class open where none is the default", () => {
        const cluster = new TestCluster();
        expect(() => cluster.create(types.claim, claim("1Gi"))).toThrow(
            'it names no storageClassName and no StorageClass of the cluster is annotated storageclass.kubernetes.io/is-default-class: "true"; name a class',
        );
        cluster.create(types.storageClass, gp3({}, isDefault));
        expect(cluster.create(types.claim, claim("1Gi")).id).toBe("default/a");
    });

    it("takes a claim on a volume made by hand, and one that nobody waits for", () => {
        const cluster = new TestCluster();
        const byHand = claim("1Gi", { storageClassName: "", volumeName: "b" });
        expect(cluster.create(types.claim, byHand).id).toBe("default/a");
        const skipped = { name: "c", annotations: { "pulumi.com/skipAwait": "true" } };
        const unawaited = { ...claim("1Gi"), metadata: skipped };
        expect(cluster.create(types.claim, unawaited).id).toBe("default/c");
    });

    it("has the class gp2 on EKS, and not as the default", () => {
        const cluster = new TestCluster();
        const eks = { type: "aws:eks/cluster:Cluster", id: "a", urn: "a", inputs: {}, outputs: {} };
        cluster.cloud.put(eks);
        const wanting = claim("1Gi", { storageClassName: "gp2" });
        expect(cluster.create(types.claim, wanting).id).toBe("default/a");
        const open = { ...claim("1Gi"), metadata: { name: "b" } };
        expect(() => cluster.create(types.claim, open)).toThrow("would stay Pending");
        const again = { ...gp3(), metadata: { name: "gp2" } };
        expect(() => cluster.create(types.storageClass, again)).toThrow(
            'StorageClass "gp2" already exists',
        );
    });
});

describe("custom kinds", () => {
    it("need their definition first, and follow its schema and scope", () => {
        const cluster = new TestCluster();
        const good = { ...named, spec: { days: 90 } };
        expect(() => cluster.create(issuer, good)).toThrow(
            'no matches for kind "Issuer" in version "cert-manager.io/v1": register its CustomResourceDefinition, or the add-on that brings it, first',
        );
        cluster.create(types.crd, crd);
        expect(cluster.create(issuer, good).id).toBe("a");
        const bad = { metadata: { name: "b" }, spec: { days: "many" } };
        expect(() => cluster.create(issuer, bad)).toThrow("Issuer: spec.days: must be integer");
        const older = "kubernetes:cert-manager.io/v1alpha1:Issuer";
        expect(() => cluster.create(older, good)).toThrow("no matches for kind");
    });

    it("may come with an add-on of the cluster", () => {
        const cluster = new TestCluster();
        const snapshots = "kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshotClass";
        expect(() => cluster.create(snapshots, named)).toThrow("no matches for kind");
        cluster.cloud.put({
            type: "aws:eks/addon:Addon",
            id: "a",
            urn: "a",
            inputs: { addonName: "snapshot-controller" },
            outputs: {},
        });
        expect(cluster.create(snapshots, named).id).toBe("a");
    });
});

describe("what a cluster answers", () => {
    const service = (spec: Props): Props => ({
        ...named,
        spec: { ports: [{ port: 80 }], ...spec },
    });

    it("gives a balancer its name, as AWS does", () => {
        const inputs = service({ type: "LoadBalancer" });
        const { outputs } = new TestCluster().create(types.service, inputs);
        const status = outputs["status"] as unknown as {
            loadBalancer: { ingress: readonly { hostname: string }[] };
        };
        expect(status.loadBalancer.ingress.map(({ hostname }) => hostname)).toEqual([
            expect.stringMatching(/^a[0-9a-f]{31}-\d{10}\.us-east-2\.elb\.amazonaws\.com$/),
        ]);
    });

    it("gives a service an address unless it brings its own or wants none", () => {
        const cluster = new TestCluster();
        const address = (inputs: Props, name: string) => {
            const metadata = { name };
            const { outputs } = cluster.create(types.service, { ...inputs, metadata });
            return (outputs["spec"] as Props)["clusterIP"];
        };
        expect(address(service({}), "b")).toMatch(/^172\.20\.\d+\.\d+$/);
        expect(address(service({ clusterIP: "None" }), "c")).toBe("None");
        const external = { type: "ExternalName", externalName: "a.example.org" };
        expect(address(service(external), "d")).toBeUndefined();
    });

    it("knows no status and no address before the service is there", () => {
        const cluster = new TestCluster();
        const asked = cluster.request(types.service, cluster.checked(types.service, service({})));
        const { outputs } = kubernetesStandIn.create({ ...asked, preview: true });
        expect(outputs).toEqual({
            ...asked.inputs,
            spec: { ports: [{ port: 80 }], clusterIP: Unknown },
            status: Unknown,
        });
    });

    it("keeps the identity of what changes and counts the changes", () => {
        const cluster = new TestCluster();
        const before = cluster.create(types.configMap, named);
        const old = before.outputs["metadata"] as Props;
        const after = cluster.update(before, { ...named, data: { a: "b" } });
        expect(after["data"]).toEqual({ a: "b" });
        expect(after["metadata"]).toEqual({ ...old, generation: 2, resourceVersion: "2" });
    });

    it("keeps the data of Secrets sealed whatever went in", () => {
        expect(kubernetesStandIn.secretOutputs?.(types.secret)).toEqual(["data", "stringData"]);
        expect(kubernetesStandIn.secretOutputs?.(types.configMap)).toEqual([]);
    });
});
