import * as core from "@pulumi/kubernetes/core/v1";
import * as rbac from "@pulumi/kubernetes/rbac/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { BuildsSpec } from "../../../model/spec/jupyterhub-builds";
import { buildNames, buildsNamespace } from "./names";
import { recipe, recipeFile } from "./recipe";

export interface BuildRoomArgs extends LayerArgs {
    readonly hub: string;
    readonly builds: BuildsSpec;
    /** The hub's, where BinderHub is. */
    readonly hubNamespace: pulumi.Input<string>;
}

/** What BinderHub does in the namespace of the builds, and nowhere else: make pods, follow them, read their logs. */
export const buildRights = [
    {
        apiGroups: [""],
        resources: ["pods"],
        verbs: ["get", "list", "watch", "create", "delete"],
    },
    { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
    {
        apiGroups: [""],
        resources: ["serviceaccounts"],
        resourceNames: [buildNames.buildAccount],
        verbs: ["get"],
    },
] as const;

/** The part of the user image layer where a hub's images are built: a namespace, and who may do what in it. */
export class BuildRoom extends Layer {
    readonly namespace: pulumi.Output<string>;
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: BuildRoomArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:BuildRoom", name, args, opts);
        const { hub, builds, hubNamespace } = args;
        const below = { parent: this };

        const metadata = this.metadata(buildsNamespace(hub));
        const namespace = new core.Namespace(
            `${name}-namespace`,
            {
                metadata: {
                    ...metadata,
                    labels: {
                        ...metadata.labels,
                        // BuildKit without root asks for system calls that `baseline` refuses, and for nothing else.
                        "pod-security.kubernetes.io/enforce": "privileged",
                    },
                },
            },
            below,
        );
        this.namespace = namespace.metadata.name;
        const inside = (called: string) => this.metadata(called, this.namespace);
        const account = new core.ServiceAccount(
            `${name}-account`,
            { metadata: inside(buildNames.buildAccount), automountServiceAccountToken: false },
            below,
        );
        const quota = new core.ResourceQuota(
            `${name}-quota`,
            {
                metadata: inside(buildNames.quota),
                spec: { hard: { pods: String(builds.atOnce) } },
            },
            below,
        );
        const read = new core.ConfigMap(
            `${name}-recipe`,
            { metadata: inside(buildNames.recipe), data: { [recipeFile]: recipe } },
            below,
        );
        const role = new rbac.Role(
            `${name}-role`,
            { metadata: inside("builds-images"), rules: rulesOf() },
            below,
        );
        const binding = new rbac.RoleBinding(
            `${name}-role-binding`,
            {
                metadata: inside("builds-images"),
                roleRef: {
                    apiGroup: "rbac.authorization.k8s.io",
                    kind: "Role",
                    name: role.metadata.name,
                },
                subjects: [
                    {
                        kind: "ServiceAccount",
                        name: buildNames.account,
                        namespace: hubNamespace,
                    },
                ],
            },
            below,
        );
        this.ready = [account, quota, read, binding];
        this.registerOutputs({ namespace: this.namespace });
    }
}

/** Lists that the engine may keep. */
const rulesOf = () =>
    buildRights.map(({ apiGroups, resources, verbs, ...named }) => ({
        apiGroups: [...apiGroups],
        resources: [...resources],
        verbs: [...verbs],
        ...("resourceNames" in named ? { resourceNames: [...named.resourceNames] } : {}),
    }));
