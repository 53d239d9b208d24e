import { ownProperty } from "./own-property";

/** One place in a resource's inputs that hands the owner on to what the resource makes by itself. */
export interface SpawnPoint {
    /** What comes into being, in the words of a report. */
    readonly hands: string;
    /** Way through the inputs: `[]` is every element of a list, a trailing `*` every key with that start. */
    readonly path: readonly string[];
    /**
     * What stands there: `keys` a map that holds the owner's keys; `propagate` entries that must propagate;
     * `pair` one `key=value` a string; `pairs` all of them in one, by commas; `flag` true, and the tags of the
     * resource itself are copied; `reference` the resource that hands on in its place; `file` a text of JSON whose
     * `labels` are such a map; `nothing` could, ever.
     */
    readonly holds:
        "keys" | "propagate" | "pair" | "pairs" | "flag" | "reference" | "file" | "nothing";
    /** The layer whose owner is handed on, of the same hub; without it that of the resource itself. */
    readonly layer?: string;
    /** Another way that serves as well. */
    readonly or?: readonly string[];
    /** Only where an input has this value, or any value at all. */
    readonly when?: { readonly path: readonly string[]; readonly is?: string };
    /** Not where one of these inputs is given: then what would be made was made before, as a resource. */
    readonly unless?: readonly (readonly string[])[];
    /** Only on one cloud; a Kubernetes object does not say on which it lives. */
    readonly cloud?: "aws" | "azure";
}

const podTemplate: SpawnPoint = {
    hands: "pods",
    path: ["spec", "template", "metadata", "labels"],
    holds: "keys",
};

const copiesToSnapshots: SpawnPoint = {
    hands: "snapshots",
    path: ["copyTagsToSnapshot"],
    holds: "flag",
};

/** The settings of a Dask gateway and of its controller, which make the clusters that users ask for. */
const daskClusters: SpawnPoint = {
    hands: "Dask clusters",
    path: ["data", "owner.json"],
    holds: "file",
    layer: "user-sessions",
    when: { path: ["metadata", "labels", "app.kubernetes.io/name"], is: "dask-gateway" },
};

/** What BinderHub reads the owner of its build pods from. */
const buildPods: SpawnPoint = {
    hands: "build pods",
    path: ["data", "owner.json"],
    holds: "file",
    layer: "user-image",
    when: { path: ["metadata", "labels", "app.kubernetes.io/name"], is: "binderhub" },
};

const solvers = ["spec", "acme", "solvers", "[]"];

/** For each proof of a domain, and only for its minute. A proof by DNS makes a record, which carries nothing. */
const provesOverHttp: readonly SpawnPoint[] = [
    {
        hands: "routes",
        path: [...solvers, "http01", "gatewayHTTPRoute", "labels"],
        holds: "keys",
        when: { path: [...solvers, "http01"] },
    },
    {
        hands: "pods",
        path: [...solvers, "http01", "gatewayHTTPRoute", "podTemplate", "metadata", "labels"],
        holds: "keys",
        when: { path: [...solvers, "http01"] },
    },
];

/**
 * Resource types that make what the engine never sees. The tags of such a resource stay on it: the JSDoc of
 * @pulumi/aws says so for instances, fleets and launch templates, and that of @pulumi/azure-native that a pool's
 * tags go to its scale set.
 *
 * - EKS: tags of a node group never reach its machines (aws/containers-roadmap#608): the launch template's do.
 * - EBS volumes: https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md
 * - Access points of EFS: https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/README.md
 * - Load balancers on AWS: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 * - Azure disks, files and addresses: https://learn.microsoft.com/azure/aks/use-tags
 * - Pods inherit the labels of their template, never those of the object that holds it.
 * - Dask clusters: `common_labels` of
 *   https://github.com/dask/dask-gateway/blob/2026.3.0/dask-gateway-server/dask_gateway_server/backends/kubernetes/backend.py
 * - Repositories that come with a push:
 *   https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 * - Certificates: https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSecretTemplate and
 *   #acme.cert-manager.io/v1.ACMEChallengeSolverHTTP01GatewayHTTPRoute
 */
export const spawnPoints: Readonly<Record<string, readonly SpawnPoint[]>> = {
    "aws:autoscaling/group:Group": [
        { hands: "instances", path: ["tags", "[]"], holds: "propagate" },
    ],
    "aws:ec2/launchTemplate:LaunchTemplate": [
        {
            hands: "instances, volumes and network interfaces",
            path: ["tagSpecifications", "[]", "tags"],
            holds: "keys",
        },
    ],
    "aws:ec2/instance:Instance": [
        { hands: "volumes", path: ["volumeTags"], or: ["rootBlockDevice", "tags"], holds: "keys" },
    ],
    "aws:eks/nodeGroup:NodeGroup": [
        {
            hands: "instances, volumes and network interfaces",
            path: ["launchTemplate", "id"],
            or: ["launchTemplate", "name"],
            holds: "reference",
        },
    ],
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": [
        { hands: "repositories of images", path: ["resourceTags"], holds: "keys" },
    ],
    "aws:rds/instance:Instance": [copiesToSnapshots],
    "aws:rds/cluster:Cluster": [copiesToSnapshots],
    "aws:backup/plan:Plan": [
        { hands: "recovery points", path: ["rules", "[]", "recoveryPointTags"], holds: "keys" },
    ],
    "aws:dlm/lifecyclePolicy:LifecyclePolicy": [
        {
            hands: "snapshots",
            path: ["policyDetails", "schedules", "[]", "tagsToAdd"],
            holds: "keys",
        },
    ],
    "azure-native:containerservice:ManagedCluster": [
        {
            hands: "a resource group with a balancer, addresses, a security group and identities",
            path: ["tags"],
            holds: "keys",
        },
        {
            hands: "scale sets, machines and disks",
            path: ["agentPoolProfiles", "[]", "tags"],
            holds: "keys",
        },
    ],
    "azure-native:containerservice:AgentPool": [
        { hands: "a scale set, machines and disks", path: ["tags"], holds: "keys" },
    ],
    "kubernetes:apps/v1:DaemonSet": [podTemplate],
    "kubernetes:apps/v1:Deployment": [{ ...podTemplate, hands: "replica sets and pods" }],
    "kubernetes:apps/v1:ReplicaSet": [podTemplate],
    "kubernetes:apps/v1:StatefulSet": [
        podTemplate,
        {
            hands: "volume claims",
            path: ["spec", "volumeClaimTemplates", "[]", "metadata", "labels"],
            holds: "keys",
        },
    ],
    "kubernetes:batch/v1:Job": [podTemplate],
    "kubernetes:batch/v1:CronJob": [
        { ...podTemplate, path: ["spec", "jobTemplate", "spec", "template", "metadata", "labels"] },
    ],
    "kubernetes:core/v1:ConfigMap": [daskClusters, buildPods],
    "kubernetes:core/v1:Service": [
        {
            hands: "a load balancer",
            path: [
                "metadata",
                "annotations",
                "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags",
            ],
            holds: "pairs",
            when: { path: ["spec", "type"], is: "LoadBalancer" },
            cloud: "aws",
        },
        {
            hands: "a public address",
            path: ["metadata", "annotations", "service.beta.kubernetes.io/azure-pip-tags"],
            holds: "pairs",
            when: { path: ["spec", "type"], is: "LoadBalancer" },
            unless: [
                "azure-pip-name",
                "azure-load-balancer-ipv4",
                "azure-load-balancer-internal",
            ].map((key) => ["metadata", "annotations", `service.beta.kubernetes.io/${key}`]),
            cloud: "azure",
        },
    ],
    "kubernetes:cert-manager.io/v1:Certificate": [
        {
            hands: "the Secret of the certificate",
            path: ["spec", "secretTemplate", "labels"],
            holds: "keys",
        },
    ],
    "kubernetes:cert-manager.io/v1:ClusterIssuer": provesOverHttp,
    "kubernetes:cert-manager.io/v1:Issuer": provesOverHttp,
    "kubernetes:storage.k8s.io/v1:StorageClass": [
        {
            hands: "volumes",
            path: ["parameters", "tagSpecification_*"],
            holds: "pair",
            when: { path: ["provisioner"], is: "ebs.csi.aws.com" },
            cloud: "aws",
        },
        // The driver writes the same tags for all classes, by a flag of its own.
        {
            hands: "access points",
            path: ["parameters"],
            holds: "nothing",
            when: { path: ["provisioner"], is: "efs.csi.aws.com" },
            cloud: "aws",
        },
        {
            hands: "disks",
            path: ["parameters", "tags"],
            holds: "pairs",
            when: { path: ["provisioner"], is: "disk.csi.azure.com" },
            cloud: "azure",
        },
        {
            hands: "storage accounts",
            path: ["parameters", "tags"],
            holds: "pairs",
            when: { path: ["provisioner"], is: "file.csi.azure.com" },
            cloud: "azure",
        },
    ],
};

/** Whether a condition of a spawn point holds for the inputs of a resource; it does where there is none. */
export function holdsFor(when: SpawnPoint["when"], inputs: object): boolean {
    return (
        when === undefined ||
        valuesAt(inputs, when.path).some((value) =>
            when.is === undefined ? value !== undefined : value === when.is,
        )
    );
}

/**
 * Where a resource hands its owner on.
 *
 * @param platform Of the cluster; undefined where it is not known, and then no spawn point is left out for it.
 */
export function spawnPointsOf(
    { type, inputs }: { readonly type: string; readonly inputs: object },
    platform: string | undefined,
): readonly SpawnPoint[] {
    const all = Object.hasOwn(spawnPoints, type) ? (spawnPoints[type] ?? []) : [];
    return all.filter(
        ({ cloud, when, unless = [] }) =>
            (cloud === undefined || platform === undefined || cloud === platform) &&
            holdsFor(when, inputs) &&
            !unless.some((path) => holdsFor({ path }, inputs)),
    );
}

function step(holder: unknown, segment: string): unknown[] {
    if (segment === "[]") {
        return Array.isArray(holder) ? Object.keys(holder).map((i) => ownProperty(holder, i)) : [];
    }
    if (!segment.endsWith("*")) return [ownProperty(holder, segment)];
    if (typeof holder !== "object" || holder === null) return [];
    const start = segment.slice(0, -1);
    return Object.keys(holder)
        .filter((key) => key.startsWith(start))
        .map((key) => ownProperty(holder, key));
}

/**
 * What stands at a path of a resource's inputs, in their order; reads behind the proxy of a policy without
 * making it throw. An unknown value comes back as the engine's placeholder: a UUID, never an owner's slug.
 *
 * @returns one value for each element the path fans out to, none for a list or a start of keys that is absent;
 *     undefined where a plain step leads nowhere.
 */
export function valuesAt(props: object, path: readonly string[]): unknown[] {
    return path.reduce<unknown[]>(
        (found, segment) => found.flatMap((v) => step(v, segment)),
        [props],
    );
}
