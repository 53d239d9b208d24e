import { kubernetesStandIn } from "../../../rehearsal/kubernetes/stand-in";
import type { Props } from "../../../rehearsal/provider/values";
import { claim, deployment, kubeconfig, TestCluster, types } from "./cluster";

const named: Props = { metadata: { name: "a" } };
const storageClass = (more: Props = {}): Props => ({
    ...named,
    provisioner: "ebs.csi.aws.com",
    parameters: { type: "gp3" },
    ...more,
});
const binding = (role: string): Props => ({
    ...named,
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role },
});
const data = (value: string): Props => ({ ...named, data: { "a.b": value } });

describe("a difference", () => {
    const replaced: readonly (readonly [string, string, Props, Props, string[], string[]])[] = [
        [
            "the selector of a Deployment",
            types.deployment,
            deployment(
                { selector: { matchLabels: { app: "a", tier: "b" } } },
                {},
                {
                    app: "a",
                    tier: "b",
                },
            ),
            deployment(),
            ["spec.selector", "spec.template"],
            ["spec.selector"],
        ],
        [
            "the parameters of a StorageClass",
            types.storageClass,
            storageClass({ parameters: { type: "gp2" } }),
            storageClass(),
            ["parameters.type"],
            ["parameters"],
        ],
        [
            "the role of a RoleBinding",
            types.roleBinding,
            binding("b"),
            binding("a"),
            ["roleRef.name"],
            ["roleRef"],
        ],
        [
            "the class of a claim",
            types.claim,
            claim("1Gi", { storageClassName: "b" }),
            claim("1Gi", { storageClassName: "a" }),
            ["spec.storageClassName"],
            ["spec.storageClassName"],
        ],
        [
            "the data of a ConfigMap, as the provider does out of the box",
            types.configMap,
            data("2"),
            data("1"),
            ['data["a.b"]'],
            ["data"],
        ],
        [
            "the data of a Secret, likewise",
            types.secret,
            { ...named, stringData: { a: "2" } },
            { ...named, stringData: { a: "1" } },
            ["stringData.a"],
            ["stringData"],
        ],
    ];

    it.each(replaced)("replaces for %s", (_, type, inputs, before, changed, replaces) => {
        const difference = new TestCluster().diff(type, inputs, before);
        expect(difference).toEqual({ changed, replaces, deleteBeforeReplace: true });
    });

    it("deletes first only where the new object needs the old one's place", () => {
        const cluster = new TestCluster();
        const moved = cluster.diff(types.configMap, { metadata: { name: "b" } }, named);
        expect(moved).toEqual({
            changed: ["metadata.name"],
            replaces: ["metadata.name"],
            deleteBeforeReplace: false,
        });
        const itsOwn = cluster.diff(types.configMap, { data: { a: "2" } }, { data: { a: "1" } });
        expect(itsOwn).toEqual({
            changed: ["data.a"],
            replaces: ["data"],
            deleteBeforeReplace: false,
        });
    });

    it("updates labels, pod templates and, where the provider was told so, data", () => {
        const inPlace = (changed: string) => ({
            changed: [changed],
            replaces: [],
            deleteBeforeReplace: false,
        });
        const cluster = new TestCluster();
        const labelled = { metadata: { name: "a", labels: { owner: "b" } } };
        expect(cluster.diff(types.configMap, labelled, named)).toEqual(inPlace("metadata.labels"));
        const pods = deployment({}, {}, { app: "a", owner: "b" });
        expect(cluster.diff(types.deployment, pods, deployment())).toEqual(
            inPlace("spec.template"),
        );
        const mutable = new TestCluster({
            kubeconfig,
            enableConfigMapMutable: "true",
            enableSecretMutable: true,
        });
        expect(mutable.diff(types.configMap, data("2"), data("1"))).toEqual(inPlace('data["a.b"]'));
        const secret = (a: string): Props => ({ ...named, stringData: { a } });
        expect(mutable.diff(types.secret, secret("2"), secret("1"))).toEqual(
            inPlace("stringData.a"),
        );
        const frozen = (value: string): Props => ({ ...data(value), immutable: true });
        expect(mutable.diff(types.configMap, frozen("2"), frozen("1")).replaces).toEqual(["data"]);
        const frozenSecret = (a: string): Props => ({ ...secret(a), immutable: true });
        expect(mutable.diff(types.secret, frozenSecret("2"), frozenSecret("1")).replaces).toEqual([
            "stringData",
        ]);
    });

    it("is none where nothing changed", () => {
        expect(new TestCluster().diff(types.deployment, deployment(), deployment())).toEqual({
            changed: [],
            replaces: [],
            deleteBeforeReplace: false,
        });
    });
});

describe("what replaces the other kinds", () => {
    const template = { metadata: { labels: { app: "a" } }, spec: { containers: [] } };
    const claims = [{ metadata: { name: "b" } }];
    const apps = "kubernetes:apps/v1";
    const cluster = new TestCluster();
    it.each<[string, Props, Props, string[]]>([
        [
            `${apps}:DaemonSet`,
            { selector: { a: "b" } },
            { selector: { a: "c" } },
            ["spec.selector"],
        ],
        [`${apps}:StatefulSet`, { serviceName: "b" }, { serviceName: "c" }, ["spec.serviceName"]],
        [
            `${apps}:StatefulSet`,
            { volumeClaimTemplates: claims },
            {},
            ["spec.volumeClaimTemplates"],
        ],
        ["kubernetes:batch/v1:Job", { template }, {}, ["spec.template"]],
        ["kubernetes:core/v1:PersistentVolume", { csi: {} }, {}, ["spec.csi"]],
        ["kubernetes:core/v1:PersistentVolume", { nfs: {} }, {}, ["spec.nfs"]],
        ["kubernetes:core/v1:Pod", { nodeName: "a" }, {}, ["spec"]],
        ["kubernetes:core/v1:ResourceQuota", { scopes: ["a"] }, {}, ["spec.scopes"]],
        [types.service, { clusterIP: "None" }, {}, ["spec.clusterIP"]],
    ])("%s with %j", (type, after, before, replaces) => {
        const asked = cluster.request(type, { ...named, spec: after });
        const old = { type, id: "a", urn: "a", inputs: { ...named, spec: before }, outputs: {} };
        expect(kubernetesStandIn.diff({ ...asked, old }).replaces).toEqual(replaces);
    });

    it.each<[string, Props, Props, string]>([
        [
            types.crd,
            { spec: { scope: "Cluster" } },
            { spec: { scope: "Namespaced" } },
            "spec.scope",
        ],
        [types.crd, { spec: { group: "a.org" } }, { spec: { group: "b.org" } }, "spec.group"],
        [
            types.priorityClass,
            { value: 1, preemptionPolicy: "Never" },
            { value: 1 },
            "preemptionPolicy",
        ],
        [
            types.claim,
            { spec: { dataSource: { kind: "VolumeSnapshot", name: "a" } } },
            { spec: {} },
            "spec.dataSource",
        ],
        [
            types.claim,
            { spec: { dataSourceRef: { kind: "VolumeSnapshot", name: "a" } } },
            { spec: {} },
            "spec.dataSourceRef",
        ],
        [
            "kubernetes:batch/v1:Job",
            { spec: { completionMode: "Indexed" } },
            { spec: {} },
            "spec.completionMode",
        ],
        [
            "kubernetes:networking.k8s.io/v1:IngressClass",
            { spec: { controller: "a/b" } },
            { spec: { controller: "a/c" } },
            "spec.controller",
        ],
        [
            "kubernetes:core/v1:PersistentVolume",
            { spec: { volumeMode: "Block" } },
            { spec: {} },
            "spec.volumeMode",
        ],
        [
            types.service,
            { spec: { loadBalancerClass: "a" } },
            { spec: {} },
            "spec.loadBalancerClass",
        ],
    ])("%s is not changed to %j", (type, after, before, path) => {
        const asked = cluster.request(type, { ...named, ...after });
        const old = { type, id: "a", urn: "a", inputs: { ...named, ...before }, outputs: {} };
        const update = () => kubernetesStandIn.update({ ...asked, old, preview: true });
        expect(update).toThrow(`"a": ${path}: field is immutable; name a new object instead`);
    });
});

describe("a change in place", () => {
    const fixed: readonly (readonly [string, string, Props, Props, string])[] = [
        [
            "what a StorageClass does with volumes",
            types.storageClass,
            storageClass({ reclaimPolicy: "Retain" }),
            storageClass({ reclaimPolicy: "Delete" }),
            'StorageClass "a": reclaimPolicy: field is immutable',
        ],
        [
            "when a StorageClass binds",
            types.storageClass,
            storageClass({ volumeBindingMode: "WaitForFirstConsumer" }),
            storageClass(),
            'StorageClass "a": volumeBindingMode: field is immutable',
        ],
        [
            "the value of a PriorityClass",
            types.priorityClass,
            { ...named, value: 2 },
            { ...named, value: 1 },
            'PriorityClass "a": value: field is immutable',
        ],
        [
            "an immutable ConfigMap into a mutable one",
            types.configMap,
            data("1"),
            { ...data("1"), immutable: true },
            'ConfigMap "default/a": immutable: field is immutable when `immutable` is set',
        ],
        [
            "the mode of a claim",
            types.claim,
            claim("1Gi", { storageClassName: "", volumeMode: "Block" }),
            claim("1Gi", { storageClassName: "", volumeMode: "Filesystem" }),
            'PersistentVolumeClaim "default/a": spec.volumeMode: field is immutable',
        ],
        [
            "a claim into a smaller one",
            types.claim,
            claim("500Mi", { storageClassName: "" }),
            claim("1Gi", { storageClassName: "" }),
            "spec.resources.requests.storage: can not be less than its previous value",
        ],
        [
            "the size of a claim on a volume made by hand",
            types.claim,
            claim("2Gi", { storageClassName: "" }),
            claim("1Gi", { storageClassName: "" }),
            "only dynamically provisioned pvc can be resized",
        ],
    ];

    it.each(fixed)("does not turn %s", (_, type, inputs, before, message) => {
        const cluster = new TestCluster();
        const old = cluster.create(type, before);
        expect(() => cluster.update(old, inputs)).toThrow(message);
    });

    it("lets a claim grow where its class lets it", () => {
        const cluster = new TestCluster();
        const grow = (name: string, allowVolumeExpansion: boolean) => {
            const metadata = { name };
            cluster.create(types.storageClass, {
                ...storageClass({ allowVolumeExpansion }),
                metadata,
            });
            const of = (size: string) => ({ ...claim(size, { storageClassName: name }), metadata });
            return () => cluster.update(cluster.create(types.claim, of("1Gi")), of("2Gi"));
        };
        expect(grow("yes", true)()["kind"]).toBe("PersistentVolumeClaim");
        expect(grow("no", false)).toThrow("set allowVolumeExpansion on the class");
    });
});
