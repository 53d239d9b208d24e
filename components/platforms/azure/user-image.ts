import * as registry from "@pulumi/azure-native/containerregistry";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { ImagesSpec } from "../../model/spec/jupyterhub-images";
import type { HubSite } from "./hub-site";
import { globalName } from "./names";
import { pulledByNodes } from "./registry-pull";
import { purge } from "./registry-purge";
import { grant } from "./role-assignment";

export interface UserImageArgs extends LayerArgs {
    readonly site: HubSite;
    readonly hub: string;
    readonly images: ImagesSpec;
}

/** Sundays, at an hour of few. */
const weekly = { name: "weekly", cron: "0 5 * * 0" };

/**
 * The user image layer on Azure: the registry that the community pushes one hub's images to, and the nodes pull them
 * from. It has an address outside, since communities build outside; nobody gets in without an identity.
 */
export class UserImage extends Layer {
    readonly loginServer: pulumi.Output<string>;

    constructor(name: string, args: UserImageArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:UserImage", name, args, opts);
        const { site, hub, images } = args;
        const { place } = site;
        const { subscriptionId, location } = place;
        const resourceGroupName = site.groupOf("user-image");
        const made = new registry.Registry(
            `${name}-registry`,
            {
                resourceGroupName,
                location,
                registryName: globalName("registry", { ...place, what: hub }),
                sku: { name: "Standard" },
                adminUserEnabled: false,
                anonymousPullEnabled: false,
                tags: this.tags(),
            },
            { parent: this, protect: true },
        );
        this.loginServer = made.loginServer;
        pulledByNodes(name, site, made, { parent: this });
        for (const builder of images.builders) {
            grant(
                `${name}-${builder}`,
                { subscriptionId, role: "AcrPush", scope: made.id, principalId: builder },
                { parent: this },
            );
        }
        const keep = String(images.keep);
        purge(
            `${name}-forgets`,
            {
                place,
                resourceGroupName,
                registry: made,
                taskName: "forget-old-images",
                schedule: weekly,
                command: `acr purge --filter '.*:.*' --ago 0d --keep ${keep} --untagged`,
                tags: this.tags(),
            },
            this,
        );
        this.registerOutputs({ loginServer: this.loginServer });
    }
}
