import type { KubernetesObject } from "../../../rehearsal/helm/object";
import { objectFailures } from "../../../rehearsal/kubernetes/check";
import { autoscalerValues } from "../../../components/platforms/aws/autoscaler";
import { agentIdentity } from "../../../components/platforms/aws/agent-identity";
import { clusterAutoscaler } from "../../../rehearsal/kubernetes/charts/cluster-autoscaler";
import { daskGateway } from "../../../rehearsal/kubernetes/charts/dask-gateway";
import { homeNfs } from "../../../rehearsal/kubernetes/charts/home-nfs";
import { daskValues } from "../../../components/workloads/jupyterhub/dask-values";
import { jupyterhub } from "../../../rehearsal/kubernetes/charts/jupyterhub";
import { ownerOf } from "../../../components/model/matrix";
import { geolabSpec } from "../../support/stack-file";
import type { ObjectList } from "../../../rehearsal/kubernetes/charts/object";
import type { Props } from "../../../rehearsal/provider/values";

/** The sets were compared with `helm template` of the charts; here the lists only have to stay as they are. */
function objectsOf(list: ObjectList, values: Props): KubernetesObject[] {
    const [version = ""] = list.versions;
    return list.objects({ release: "prod", namespace: "hubs", version, values });
}

const namesOf = (list: ObjectList, values: Props) =>
    objectsOf(list, values)
        .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
        .sort();

const usual = [
    "ClusterRole prod-user-scheduler",
    "ClusterRoleBinding prod-user-scheduler",
    "ConfigMap hub",
    "ConfigMap user-scheduler",
    "DaemonSet continuous-image-puller",
    "Deployment hub",
    "Deployment proxy",
    "Deployment user-scheduler",
    "NetworkPolicy hub",
    "NetworkPolicy proxy",
    "NetworkPolicy singleuser",
    "PersistentVolumeClaim hub-db-dir",
    "PodDisruptionBudget user-placeholder",
    "PodDisruptionBudget user-scheduler",
    "Role hub",
    "RoleBinding hub",
    "Secret hub",
    "Service hub",
    "Service proxy-api",
    "Service proxy-public",
    "ServiceAccount continuous-image-puller",
    "ServiceAccount hub",
    "ServiceAccount user-scheduler",
    "StatefulSet user-placeholder",
];

const letsEncrypt = { enabled: true, hosts: ["a.example.org"] };
const off = { enabled: false };

/** Values, what they add and what they take away. */
const variants: readonly (readonly [string, Props, string[], string[]])[] = [
    ["nothing", {}, [], []],
    [
        "a certificate of Let's Encrypt",
        { proxy: { https: letsEncrypt } },
        [
            "ConfigMap autohttps",
            "Deployment autohttps",
            "NetworkPolicy autohttps",
            "Role autohttps",
            "RoleBinding autohttps",
            "Service proxy-http",
            "ServiceAccount autohttps",
        ],
        [],
    ],
    ["Let's Encrypt without a host", { proxy: { https: { enabled: true } } }, [], []],
    [
        "its own certificate",
        { proxy: { https: { enabled: true, type: "manual", manual: { key: "a", cert: "b" } } } },
        ["Secret proxy-public-manual-tls"],
        [],
    ],
    [
        "priorities",
        { scheduling: { podPriority: { enabled: true } } },
        [
            "PriorityClass prod-default-priority",
            "PriorityClass prod-image-puller-priority",
            "PriorityClass prod-user-placeholder-priority",
        ],
        [],
    ],
    ["an Ingress", { ingress: { enabled: true } }, ["Ingress jupyterhub"], []],
    [
        "a route of a gateway",
        { httpRoute: { enabled: true, gateway: { name: "a" } } },
        ["HTTPRoute jupyterhub"],
        [],
    ],
    [
        "budgets for hub and proxy",
        { hub: { pdb: { enabled: true } }, proxy: { chp: { pdb: { enabled: true } } } },
        ["PodDisruptionBudget hub", "PodDisruptionBudget proxy"],
        [],
    ],
    [
        "files for users",
        { singleuser: { extraFiles: { a: { mountPath: "/a", stringData: "b" } } } },
        ["Secret singleuser"],
        [],
    ],
    [
        "another database",
        { hub: { db: { type: "postgres" } } },
        [],
        ["PersistentVolumeClaim hub-db-dir"],
    ],
    [
        "no scheduler of its own",
        { scheduling: { userScheduler: off } },
        [],
        [
            "ClusterRole prod-user-scheduler",
            "ClusterRoleBinding prod-user-scheduler",
            "ConfigMap user-scheduler",
            "Deployment user-scheduler",
            "PodDisruptionBudget user-scheduler",
            "ServiceAccount user-scheduler",
        ],
    ],
    [
        "no placeholders",
        { scheduling: { userPlaceholder: off } },
        [],
        ["PodDisruptionBudget user-placeholder", "StatefulSet user-placeholder"],
    ],
    [
        "no puller",
        { prePuller: { hook: off, continuous: off } },
        [],
        ["DaemonSet continuous-image-puller", "ServiceAccount continuous-image-puller"],
    ],
    [
        "no network policies",
        {
            hub: { networkPolicy: off },
            proxy: { chp: { networkPolicy: off } },
            singleuser: { networkPolicy: off },
        },
        [],
        ["NetworkPolicy hub", "NetworkPolicy proxy", "NetworkPolicy singleuser"],
    ],
    [
        "no roles",
        { rbac: { create: false } },
        [],
        [
            "ClusterRole prod-user-scheduler",
            "ClusterRoleBinding prod-user-scheduler",
            "Role hub",
            "RoleBinding hub",
        ],
    ],
];

describe("the JupyterHub chart", () => {
    it.each(variants)("has the objects of the real one with %s", (_, values, more, fewer) => {
        const expected = [...usual, ...more].filter((name) => !fewer.includes(name)).sort();
        expect(namesOf(jupyterhub, values)).toEqual(expected);
    });

    it.each(variants)("has objects that both ends of Kubernetes take with %s", (_, values) => {
        const failures = objectsOf(jupyterhub, values).flatMap((object) => {
            const kind = { apiVersion: object.apiVersion, kind: object.kind };
            return objectFailures(kind, structuredClone(object) as unknown as Props);
        });
        expect(failures).toEqual([]);
    });

    it("is the same every time", () => {
        const values = { proxy: { secretToken: "a" } };
        expect(objectsOf(jupyterhub, values)).toEqual(objectsOf(jupyterhub, values));
    });

    it("labels what the real one labels, and nothing more", () => {
        const own = { owner: "a" };
        const values = {
            hub: { labels: own },
            proxy: { labels: own, service: { labels: own } },
            scheduling: { userScheduler: { labels: own }, userPlaceholder: { labels: own } },
            prePuller: { labels: own },
        };
        const labelled = objectsOf(jupyterhub, values).flatMap(({ kind, metadata, spec }) => {
            const template = (spec as { template?: { metadata: { labels: Props } } } | undefined)
                ?.template;
            return [
                ...(metadata.labels?.["owner"] === "a" ? [`${kind} ${metadata.name}`] : []),
                ...(template?.metadata.labels["owner"] === "a" ? [`pods of ${metadata.name}`] : []),
            ];
        });
        expect(labelled.sort()).toEqual([
            "Service proxy-public",
            "pods of continuous-image-puller",
            "pods of hub",
            "pods of proxy",
            "pods of user-placeholder",
            "pods of user-scheduler",
        ]);
    });

    it("runs the images that the values ask for", () => {
        const values = {
            hub: { image: { name: "quay.io/a/hub", tag: "1" } },
            singleuser: { image: { name: "quay.io/a/user", tag: "2" } },
        };
        const images = objectsOf(jupyterhub, values).flatMap(
            (object) => JSON.stringify(object).match(/"image":"[^"]+"/g) ?? [],
        );
        expect([...new Set(images)].sort()).toEqual([
            '"image":"quay.io/a/hub:1"',
            '"image":"quay.io/a/user:2"',
            '"image":"quay.io/jupyterhub/configurable-http-proxy:5.2.0"',
            '"image":"quay.io/jupyterhub/k8s-network-tools:4.4.0"',
            '"image":"registry.k8s.io/kube-scheduler:v1.30.14"',
            '"image":"registry.k8s.io/pause:3.10.1"',
        ]);
    });

    it("restarts the hub when what it is told about users changes", () => {
        const sums = (values: Props) =>
            objectsOf(jupyterhub, values).flatMap(({ kind, metadata, spec }) =>
                kind === "Deployment" && metadata.name === "hub" ? [JSON.stringify(spec)] : [],
            );
        const labels = (owner: string) => ({ singleuser: { extraLabels: { owner } } });
        expect(sums(labels("a"))).toEqual(sums(labels("a")));
        expect(sums(labels("a"))).not.toEqual(sums(labels("b")));
    });

    it.each([
        ["commonLabels", { commonLabels: {} }],
        ["extraLabels", { extraLabels: {} }],
        ["hub.serviceAccount.labels", { hub: { serviceAccount: { labels: {} } } }],
        ["hub.db.pvc.labels", { hub: { db: { pvc: { labels: {} } } } }],
        ["hub.service.labels", { hub: { service: { labels: {} } } }],
        ["hub.config.authenticator", { hub: { config: { authenticator: {} } } }],
        ["ingress.labels", { ingress: { labels: {} } }],
    ])("refuses %s", (path, values) => {
        expect(jupyterhub.problems(values)).toEqual([`${path}: additional property not allowed`]);
    });

    it("takes the keys that are open", () => {
        const values = {
            global: { commonLabels: { a: "b" } },
            custom: { a: 1 },
            hub: { config: { Authenticator: { admin_users: [] } }, labels: { a: "b" } },
            singleuser: { extraLabels: { a: "b" } },
        };
        expect(jupyterhub.problems(values)).toEqual([]);
    });
});

describe("the chart of the home directories", () => {
    const eks = { fullnameOverride: "", eks: { enabled: true, volumeId: "vol-1" } };

    it("has the objects of the real one", () => {
        const shared = [
            "ConfigMap home-nfs-ganesha-config",
            "Deployment home-nfs",
            "PersistentVolumeClaim home-nfs",
            "Secret home-nfs",
            "Service home-nfs",
        ];
        expect(namesOf(homeNfs, {})).toEqual(shared);
        expect(namesOf(homeNfs, eks)).toEqual([...shared, "PersistentVolume prod-home-nfs"].sort());
    });

    it("leads to the disk of the platform", () => {
        const volume = objectsOf(homeNfs, eks).find(({ kind }) => kind === "PersistentVolume");
        const { csi, persistentVolumeReclaimPolicy } = volume?.["spec"] as Props;
        expect(csi).toEqual({ driver: "ebs.csi.aws.com", fsType: "xfs", volumeHandle: "vol-1" });
        expect(persistentVolumeReclaimPolicy).toBe("Retain");
    });

    it("has objects that both ends of Kubernetes take", () => {
        const failures = objectsOf(homeNfs, eks).flatMap((object) => {
            const kind = { apiVersion: object.apiVersion, kind: object.kind };
            return objectFailures(kind, structuredClone(object) as unknown as Props);
        });
        expect(failures).toEqual([]);
    });

    it("refuses keys that the real one ignores", () => {
        expect(homeNfs.problems({ eks: { volume: "a" }, labels: {} })).toEqual([
            "eks.volume: additional property not allowed",
            "labels: additional property not allowed",
        ]);
    });
});

describe("the chart of the autoscaler", () => {
    const values = autoscalerValues("geolab", "us-east-2", "1.34") as unknown as Props;

    // Equal to `helm template` of the released chart's source in every field, with these values.
    it("has the objects of the real one", () => {
        expect(namesOf(clusterAutoscaler, values)).toEqual([
            "ClusterRole cluster-autoscaler",
            "ClusterRoleBinding cluster-autoscaler",
            "Deployment cluster-autoscaler",
            "PodDisruptionBudget cluster-autoscaler",
            "Role cluster-autoscaler",
            "RoleBinding cluster-autoscaler",
            "Service cluster-autoscaler",
            "ServiceAccount cluster-autoscaler",
        ]);
    });

    it("starts it as the values say", () => {
        const found = objectsOf(clusterAutoscaler, values).find(
            ({ kind }) => kind === "Deployment",
        );
        const { template } = found?.["spec"] as { template: { spec: Props } };
        expect(template.spec["nodeSelector"]).toEqual({ "hub.jupyter.org/node-purpose": "core" });
        expect(template.spec["priorityClassName"]).toBe("system-cluster-critical");
        expect(template.spec["securityContext"]).toMatchObject({ runAsNonRoot: true });
        expect(template.spec["containers"]).toMatchObject([
            {
                image: "registry.k8s.io/autoscaling/cluster-autoscaler:v1.34.4",
                command: [
                    "./cluster-autoscaler",
                    "--cloud-provider=aws",
                    "--namespace=hubs",
                    "--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/geolab",
                    "--balance-similar-node-groups=true",
                    "--expander=least-waste",
                    "--logtostderr=true",
                    "--stderrthreshold=info",
                    "--v=4",
                ],
                resources: { limits: { memory: "1Gi" } },
            },
        ]);
    });

    it("has objects that both ends of Kubernetes take", () => {
        const failures = objectsOf(clusterAutoscaler, values).flatMap((object) => {
            const kind = { apiVersion: object.apiVersion, kind: object.kind };
            return objectFailures(kind, structuredClone(object) as unknown as Props);
        });
        expect(failures).toEqual([]);
    });

    it("refuses keys that the real one ignores, and those that the list does not follow", () => {
        expect(clusterAutoscaler.problems(values)).toEqual([]);
        expect(
            clusterAutoscaler.problems({
                labels: {},
                awsSecretAccessKey: "a",
                image: { tags: "" },
            }),
        ).toEqual([
            "labels: additional property not allowed",
            "awsSecretAccessKey: additional property not allowed",
            "image.tags: additional property not allowed",
        ]);
    });
});

describe("the chart of Dask gateways", () => {
    const { workload, matrix } = geolabSpec();
    const [hub] = workload.jupyterhub.hubs;
    const sessions = ownerOf(matrix, "user-sessions", "prod");
    if (hub?.daskGateway === undefined || sessions === undefined) throw new Error("lost the hub");
    const context = {
        sessions,
        serviceAccount: "user-sa",
        identity: agentIdentity,
        spotTolerations: [],
    };
    const values = daskValues(hub, hub.daskGateway, context) as unknown as Props;
    const of = (name: string) => ({
        release: `${name}-dask-gateway`,
        namespace: name,
        version: workload.jupyterhub.daskGatewayChartVersion,
        values,
    });

    // Equal to `helm template` of the released chart's source in every field, with these values, but for the chart's
    // own lines of configuration and their checksums.
    it("has the objects of the real one, of the release that the program deploys", () => {
        expect(daskGateway.versions).toEqual([workload.jupyterhub.daskGatewayChartVersion]);
        expect(daskGateway.problems(values)).toEqual([]);
        expect(
            daskGateway
                .objects(of("prod"))
                .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
                .sort(),
        ).toEqual([
            "ConfigMap api-prod-dask-gateway",
            "ConfigMap controller-prod-dask-gateway",
            "Deployment api-prod-dask-gateway",
            "Deployment controller-prod-dask-gateway",
            "Deployment traefik-prod-dask-gateway",
            "IngressRoute api-prod-dask-gateway",
            "Middleware api-prefix-prod-dask-gateway",
            "Middleware clusters-prefix-prod-dask-gateway",
            "Service api-prod-dask-gateway",
            "Service traefik-prod-dask-gateway",
        ]);
    });

    it("has objects that both ends of Kubernetes take", () => {
        const failures = daskGateway.objects(of("prod")).flatMap((object) => {
            const kind = { apiVersion: object.apiVersion, kind: object.kind };
            return kind.apiVersion.startsWith("traefik.io/")
                ? []
                : objectFailures(kind, structuredClone(object) as unknown as Props);
        });
        expect(failures).toEqual([]);
    });

    it("shares no name outside namespaces and no pod between two hubs, and cuts names as labels end", () => {
        const long = "a".repeat(40);
        const objects = daskGateway.objects(of(long));
        const instances = objects.map(
            ({ metadata }) => metadata.labels?.["gateway.dask.org/instance"],
        );

        expect([...new Set(instances)]).toEqual([`${long}-dask-gateway`]);
        expect(objects.map(({ metadata }) => metadata.namespace)).toEqual(objects.map(() => long));
        expect(objects.filter(({ metadata }) => metadata.name.length > 63)).toEqual([]);
        expect(objects.map(({ metadata }) => metadata.name)).toContain(
            `controller-${long}-dask-gatewa`,
        );
    });

    it("starts its gateway anew when what it is told changes, and only then", () => {
        const sums = (told: Props) =>
            daskGateway.objects({ ...of("prod"), values: told }).flatMap(({ kind, spec }) => {
                const template = (spec as { template?: { metadata: Props } } | undefined)?.template;
                return kind === "Deployment" ? [JSON.stringify(template?.metadata)] : [];
            });
        const other = structuredClone(values) as { gateway: { extraConfig: Props } };
        other.gateway.extraConfig["20-options"] = "pass";

        expect(sums(values)).toEqual(sums(structuredClone(values)));
        expect(
            sums(other as unknown as Props).filter((sum) => sums(values).includes(sum)),
        ).toHaveLength(2);
    });

    it("refuses what it does not follow", () => {
        expect(daskGateway.problems({ labels: {}, gateway: { auth: { type: "simple" } } })).toEqual(
            [
                "labels: additional property not allowed",
                "rbac.gateway.serviceAccountName: the list has no roles; name one",
                "rbac.controller.serviceAccountName: the list has no roles; name one",
                "rbac.traefik.serviceAccountName: the list has no roles; name one",
                "gateway.auth.type: is not jupyterhub",
            ],
        );
    });
});
