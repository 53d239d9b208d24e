import { kubernetesStandIn } from "../../../rehearsal/kubernetes/stand-in";
import { Ledger } from "../../../rehearsal/provider/ledger";
import type { Props } from "../../../rehearsal/provider/values";
import { Unknown } from "../../../rehearsal/provider/values";
import { claim, deployment, kubeconfig, TestCluster, types } from "./cluster";

const named: Props = { metadata: { name: "a" } };
const main = { name: "main", image: "a" };
const withLabels = (labels: Props): Props => ({ metadata: { name: "a", labels } });

describe("what an object says of itself", () => {
    const subdomain =
        'at most 253 of a to z, 0 to 9, "-" and ".", letters or digits around each "."';
    const word = 'letters, digits, "-", "_" and ".", letters or digits at both ends';
    const refused: readonly (readonly [string, string, Props, string])[] = [
        [
            "a field that no version has",
            types.configMap,
            { ...named, files: {} },
            "files: is no field of this kind",
        ],
        [
            "a name with capitals",
            types.configMap,
            { metadata: { name: "A" } },
            `metadata.name: "A" is no RFC 1123 subdomain: ${subdomain}`,
        ],
        [
            "a Service that begins with a digit",
            types.service,
            { metadata: { name: "2i2c" }, spec: { ports: [{ port: 80 }] } },
            'metadata.name: "2i2c" is no RFC 1035 label: at most 63 of a to z, 0 to 9 and "-", from a letter to a letter or digit',
        ],
        [
            "a Namespace with a dot",
            types.namespace,
            { metadata: { name: "a.b" } },
            'metadata.name: "a.b" is no RFC 1123 label: at most 63 of a to z, 0 to 9 and "-", letters or digits at both ends',
        ],
        [
            "a namespace that can be none",
            types.configMap,
            { metadata: { name: "a", namespace: "A" } },
            'metadata.namespace: "A" is no RFC 1123 label: at most 63 of a to z, 0 to 9 and "-", letters or digits at both ends',
        ],
        [
            "a RoleBinding with a slash",
            types.roleBinding,
            {
                metadata: { name: "a/b" },
                roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "a" },
            },
            'metadata.name: "a/b" is empty, ".", ".." or has a "/" or "%" in it',
        ],
        [
            "a label value with a blank",
            types.configMap,
            withLabels({ owner: "a b" }),
            `metadata.labels: the value "a b" of "owner" is not at most 63 ${word}`,
        ],
        [
            "a label key with a colon",
            types.configMap,
            withLabels({ "2i2c:hub": "a" }),
            `metadata.labels: the key "2i2c:hub" is not 1 to 63 ${word}, after at most one prefix and "/"`,
        ],
        [
            "a label prefix that is no DNS name",
            types.configMap,
            withLabels({ "A_b/c": "a" }),
            'metadata.labels: the key "A_b/c" has a prefix that is no DNS name',
        ],
        [
            "labels of pods",
            types.deployment,
            deployment({}, {}, { app: "a", b: "-" }),
            `spec.template.metadata.labels: the value "-" of "b" is not at most 63 ${word}`,
        ],
        [
            "labels to select by",
            types.deployment,
            deployment(
                { selector: { matchLabels: { app: "a", tier: Unknown, "A_b/c": Unknown } } },
                {},
                { app: "a", tier: Unknown },
            ),
            'spec.selector.matchLabels: the key "A_b/c" has a prefix that is no DNS name',
        ],
        [
            "annotations of pods",
            types.deployment,
            deployment({
                template: {
                    metadata: { labels: { app: "a" }, annotations: { "a:b": "c" } },
                    spec: { containers: [main] },
                },
            }),
            `spec.template.metadata.annotations: the key "a:b" is not 1 to 63 ${word}, after at most one prefix and "/"`,
        ],
        [
            "annotations of more than 256 KiB",
            types.configMap,
            { metadata: { name: "a", annotations: { b: "c".repeat(262_144) } } },
            "metadata.annotations: 262145 bytes of annotations; all together take at most 262144",
        ],
        [
            "a selector that its own pods do not match",
            types.deployment,
            deployment({}, {}, { app: "b" }),
            "spec.template.metadata.labels: selector does not match template labels: the selector wants app=a",
        ],
        [
            "a selector of nothing",
            types.deployment,
            deployment({ selector: {} }),
            "spec.selector: selects nothing; name labels of the pod template",
        ],
        [
            "a mount without a volume",
            types.deployment,
            deployment(
                {},
                { containers: [{ ...main, volumeMounts: [{ name: "x", mountPath: "/x" }] }] },
            ),
            'spec.template.spec.containers[0].volumeMounts[0].name: no volume of the pod is called "x"',
        ],
        [
            "two containers of one name",
            types.deployment,
            deployment({}, { containers: [main, main] }),
            'spec.template.spec.containers[1].name: "main" is there twice',
        ],
        [
            "requests above limits",
            types.deployment,
            deployment(
                {},
                {
                    containers: [
                        {
                            ...main,
                            resources: { requests: { memory: "2Gi" }, limits: { memory: "1G" } },
                        },
                    ],
                },
            ),
            "spec.template.spec.containers[0].resources.requests: memory: 2Gi is more than its limit 1G",
        ],
        [
            "an amount that is none",
            types.deployment,
            deployment(
                {},
                { containers: [{ ...main, resources: { requests: { cpu: "2 cores" } } }] },
            ),
            "spec.template.spec.containers[0].resources: cpu: 2 cores is no quantity, such as 500m or 2Gi",
        ],
        [
            "a claim of nothing",
            types.claim,
            claim("0"),
            "spec.resources.requests.storage: is no amount above 0, such as 10Gi",
        ],
        [
            "more data than a ConfigMap holds",
            types.configMap,
            { ...named, data: { a: "b".repeat(1_048_577) } },
            "data: 1048577 bytes; a ConfigMap holds at most 1048576",
        ],
        [
            "more data than a Secret holds",
            types.secret,
            { ...named, stringData: { a: "b".repeat(1_048_577) } },
            "data: 1048577 bytes; a Secret holds at most 1048576",
        ],
    ];

    it.each(refused)("refuses %s", (_, type, inputs, expected) => {
        expect(new TestCluster().problems(type, inputs)).toEqual([expected]);
    });

    it("refuses a kind that Kubernetes does not have and nobody can define", () => {
        const [problem] = new TestCluster().problems("kubernetes:apps/v1:Deploymnt", named);
        expect(problem).toMatch(/^: no matches for kind "Deploymnt" in version "apps\/v1": /);
    });

    it("refuses types that are no objects", () => {
        const file = "add it to rehearsal/kubernetes/stand-in.ts";
        expect(new TestCluster().problems("kubernetes:helm.sh/v3:Release", {})).toEqual([
            `: the rehearsal does not know kubernetes:helm.sh/v3:Release; ${file}`,
        ]);
        const asked = new TestCluster().request("kubernetes:helm.sh/v3:Release", {});
        const old = { type: asked.type, id: "a", urn: "a", inputs: {}, outputs: {} };
        const acts = [
            () => kubernetesStandIn.create({ ...asked, preview: false }),
            () => kubernetesStandIn.update({ ...asked, old, preview: false }),
            () => kubernetesStandIn.diff({ ...asked, old }),
            () => {
                kubernetesStandIn.delete({ ...asked, old });
            },
        ];
        for (const act of acts) expect(act).toThrow(`the rehearsal does not know ${asked.type}`);
        expect(() =>
            kubernetesStandIn.invoke("kubernetes:yaml:decode", {}, {}, new Ledger()),
        ).toThrow("the rehearsal of kubernetes answers no kubernetes:yaml:decode");
    });

    it("passes over what is not known yet, and nothing else", () => {
        const cluster = new TestCluster();
        const unknown = deployment({ replicas: Unknown }, {}, { app: "a", owner: Unknown });
        expect(cluster.problems(types.deployment, unknown)).toEqual([]);
        expect(cluster.problems(types.claim, claim("1Gi", { volumeName: Unknown }))).toEqual([]);
        const wrong = deployment({ replicas: Unknown, paused: "yes" });
        expect(cluster.problems(types.deployment, wrong)).toEqual([
            "spec.paused: is not of type boolean",
        ]);
    });
});

describe("the name of an object", () => {
    it("is made up like the real provider's and kept from then on", () => {
        const cluster = new TestCluster();
        const first = cluster.checked(types.configMap, {});
        const metadata = first["metadata"] as { name: string };
        expect(metadata.name).toMatch(/^a-[0-9a-f]{8}$/);
        expect(first).toEqual({
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: metadata.name, annotations: { "pulumi.com/autonamed": "true" } },
        });
        expect(cluster.checked(types.configMap, {}, first)).toEqual(first);
        expect(cluster.checked(types.configMap, {}, { metadata: { name: "b" } })).not.toEqual(
            first,
        );
    });
});

describe("the provider's settings", () => {
    const problemsWith = (config: Props) =>
        new TestCluster(config).problems(types.namespace, named);

    it("refuse what leads to no cluster", () => {
        expect(problemsWith({})).toEqual([
            ": the provider's kubeconfig is not given: the real provider would use this machine's own; pass one",
        ]);
        expect(problemsWith({ kubeconfig: "a: [" })).toEqual([
            ": the provider's kubeconfig does not parse as YAML; pass its text",
        ]);
        expect(problemsWith({ kubeconfig: "clusters: [{ name: a, cluster: {} }]" })).toEqual([
            ": the provider's kubeconfig names no server; give clusters[0].cluster.server an https address",
        ]);
    });

    it("may not be known yet", () => {
        expect(problemsWith({ kubeconfig: Unknown })).toEqual([]);
    });

    it("say where objects without a namespace go", () => {
        const cluster = new TestCluster({ kubeconfig, namespace: "kube-system" });
        expect(cluster.create(types.configMap, named).id).toBe("kube-system/a");
        expect(new TestCluster().create(types.configMap, named).id).toBe("default/a");
    });
});
