import * as core from "@pulumi/kubernetes/core/v1";
import * as helm from "@pulumi/kubernetes/helm/v4/chart";
import * as rbac from "@pulumi/kubernetes/rbac/v1";
import type * as pulumi from "@pulumi/pulumi";
import { inTurn } from "../../in-turn";
import { labelChildren } from "../../label-children";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { HubSpec } from "../../model/spec/jupyterhub";
import type { DaskGatewaySpec } from "../../model/spec/jupyterhub-dask";
import { restrictPods } from "../../restrict-pods";
import { sealSecrets } from "../../seal-secrets";
import { daskNames, daskRelease } from "./dask-names";
import { handOnToClusters } from "./dask-owner";
import { daskRights, daskSight } from "./dask-rights";
import type { DaskContext } from "./dask-values";
import { daskValues } from "./dask-values";

export interface DaskGatewayArgs extends LayerArgs {
    readonly hub: HubSpec;
    readonly dask: DaskGatewaySpec;
    readonly namespace: pulumi.Input<string>;
    /** Release of the chart, https://helm.dask.org */
    readonly chartVersion: string;
    readonly context: DaskContext;
    /** What its pods need before they start: the kinds, the hub with its Secret, the policies around both. */
    readonly ready: readonly pulumi.Resource[];
}

/** Number of the user that the images of the chart are made for, Traefik's among them. */
const imageUser = 1_000;

/**
 * The part of the hub layer that starts Dask clusters: the three pods of the chart, and what they may do. The clusters
 * are the users', and carry the owner of the session layer.
 */
export class DaskGateway extends Layer {
    constructor(name: string, args: DaskGatewayArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:DaskGateway", name, args, opts);

        const rights = (["gateway", "controller", "proxy"] as const).flatMap((account) =>
            this.#rights(`${name}-${account}`, account, args),
        );
        new helm.Chart(
            `${name}-chart`,
            {
                name: daskRelease(args.hub.name),
                chart: "dask-gateway",
                version: args.chartVersion,
                repositoryOpts: { repo: "https://helm.dask.org" },
                namespace: args.namespace,
                skipCrds: true, // kinds are the cluster's: see DaskKinds
                values: daskValues(args.hub, args.dask, args.context),
            },
            {
                parent: this,
                transforms: [
                    inTurn(
                        labelChildren(this.owner),
                        handOnToClusters(args.context.sessions, args.context.identity.podLabels),
                        restrictPods(imageUser),
                        sealSecrets,
                    ),
                ],
                dependsOn: [...rights, ...args.ready],
            },
        );

        this.registerOutputs();
    }

    #rights(
        name: string,
        account: keyof typeof daskNames.accounts,
        { hub, namespace }: DaskGatewayArgs,
    ): pulumi.Resource[] {
        const called = daskNames.accounts[account];
        const subjects = [{ kind: "ServiceAccount", name: called, namespace }];
        const roleRef = (kind: string, role: pulumi.Input<string>) => ({
            apiGroup: "rbac.authorization.k8s.io",
            kind,
            name: role,
        });
        const metadata = this.metadata(called, namespace);
        const made: pulumi.Resource[] = [
            new core.ServiceAccount(`${name}-account`, { metadata }, { parent: this }),
        ];
        const role = new rbac.Role(
            `${name}-role`,
            { metadata, rules: rulesOf(daskRights[account]) },
            { parent: this },
        );
        made.push(
            new rbac.RoleBinding(
                `${name}-role-binding`,
                { metadata, subjects, roleRef: roleRef("Role", role.metadata.name) },
                { parent: this },
            ),
        );
        const sight = daskSight[account];
        if (sight === undefined) return made;
        const everywhere = this.metadata(`${hub.name}-${called}`);
        const seeing = new rbac.ClusterRole(
            `${name}-sight`,
            { metadata: everywhere, rules: rulesOf(sight) },
            { parent: this },
        );
        made.push(
            new rbac.ClusterRoleBinding(
                `${name}-sight-binding`,
                {
                    metadata: everywhere,
                    subjects,
                    roleRef: roleRef("ClusterRole", seeing.metadata.name),
                },
                { parent: this },
            ),
        );
        return made;
    }
}

/** Lists that the engine may keep. */
const rulesOf = (rules: (typeof daskRights)["gateway"]) =>
    rules.map(({ apiGroups, resources, verbs }) => ({
        apiGroups: [...apiGroups],
        resources: [...resources],
        verbs: [...verbs],
    }));
