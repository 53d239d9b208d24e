import { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { layerArgs } from "../../layer-args";
import { defaultRole, findLayer } from "../../model/layers";
import type { Owner } from "../../model/matrix";
import type { RoleSlug } from "../../model/roles";
import type { AzureClusterSpec, AzureCommcareSpec } from "../../model/spec";
import { dueGroups, groupName } from "./due-groups";

/**
 * The resource group of one role. A resource cannot change its group, so that of a layer follows from the book's role
 * for it and never from the stack file: another owner replaces nothing. See docs/adr/0017-resource-groups.md.
 */
class RoleGroup extends Layer {
    readonly group: ResourceGroup;

    constructor(
        role: RoleSlug,
        args: LayerArgs & { readonly clusterName: string; readonly location: string },
        opts: pulumi.ComponentResourceOptions,
    ) {
        super("steward:azure:RoleGroup", role, args, opts);
        this.group = new ResourceGroup(
            `${role}-group`,
            {
                resourceGroupName: groupName(args.clusterName, role),
                location: args.location,
                tags: this.tags(),
            },
            { parent: this },
        );
        this.registerOutputs({ id: this.group.id });
    }
}

/** The resource groups of a cluster. */
export class ResourceGroups {
    readonly all: ReadonlyMap<RoleSlug, { readonly group: ResourceGroup; readonly owner: Owner }>;
    readonly #workload: "jupyterhub" | "commcare";

    constructor(spec: AzureClusterSpec | AzureCommcareSpec, opts: pulumi.ComponentResourceOptions) {
        const [clusterName, location] = [spec.name, spec.region];
        this.#workload = spec.workload.kind;
        this.all = new Map(
            dueGroups(spec.workload.kind).map(({ role, layer, perHub }) => {
                const owned = layerArgs(spec, layer, perHub ? spec.matrix.hubs[0] : undefined);
                const { group, owner } = new RoleGroup(
                    role,
                    { ...owned, clusterName, location },
                    opts,
                );
                return [role, { group, owner }];
            }),
        );
    }

    /**
     * The group of a layer's resources.
     *
     * @throws Error for a layer that has none in the cloud.
     */
    of(layer: string): ResourceGroup {
        const known = findLayer(this.#workload, layer);
        const role = known === undefined ? null : defaultRole(known, "azure");
        const found = role === null ? undefined : this.all.get(role);
        if (found === undefined) throw new Error(`${layer} has no resource group`);
        return found.group;
    }
}
