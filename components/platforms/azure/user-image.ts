import * as registry from "@pulumi/azure-native/containerregistry";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { ImagesSpec } from "../../model/spec/storage";
import type { HubSite } from "./hub-site";
import { globalName } from "./names";
import { principalOf } from "./owner-tags";
import { grant } from "./role-assignment";

export interface UserImageArgs extends LayerArgs {
    readonly site: HubSite;
    readonly hub: string;
    readonly images: ImagesSpec;
}

/** Sundays, at an hour of few. Tasks of a registry know cron with five fields, in UTC. */
const weekly = "0 5 * * 0";

/**
 * The user image layer on Azure: the registry that the community pushes one hub's images to, and the nodes pull them
 * from. It has an address outside, since communities build outside; nobody gets in without an identity.
 */
export class UserImage extends Layer {
    readonly loginServer: pulumi.Output<string>;

    constructor(name: string, args: UserImageArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:UserImage", name, args, opts);
        const { site, hub, images } = args;
        const { place, controlPlane } = site;
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
        const may = (
            noun: string,
            role: "AcrPull" | "AcrPush",
            principalId: pulumi.Input<string>,
        ) =>
            grant(
                `${name}-${noun}`,
                { subscriptionId, role, scope: made.id, principalId },
                { parent: this },
            );
        grant(
            `${name}-nodes`,
            {
                subscriptionId,
                role: "AcrPull",
                scope: made.id,
                principalId: controlPlane.kubeletIdentity.principalId,
                principalType: "ServicePrincipal",
            },
            { parent: this },
        );
        for (const builder of images.builders) may(builder, "AcrPush", builder);
        this.#forgets(name, resourceGroupName, made, args);
        this.registerOutputs({ loginServer: this.loginServer });
    }

    /** @see https://learn.microsoft.com/azure/container-registry/container-registry-auto-purge */
    #forgets(
        name: string,
        resourceGroupName: pulumi.Output<string>,
        made: registry.Registry,
        { site, images }: UserImageArgs,
    ): void {
        const { location, subscriptionId } = site.place;
        const keep = `acr purge --filter '.*:.*' --ago 0d --keep ${String(images.keep)} --untagged`;
        const steps = `version: v1.1.0\nsteps:\n  - cmd: ${keep}\n    disableWorkingDirectoryOverride: true\n    timeout: 3600\n`;
        const task = new registry.Task(
            `${name}-forgets`,
            {
                resourceGroupName,
                location,
                registryName: made.name,
                taskName: "forget-old-images",
                status: "Enabled",
                identity: { type: "SystemAssigned" },
                platform: { os: "Linux", architecture: "amd64" },
                agentConfiguration: { cpu: 2 },
                timeout: 3600,
                step: {
                    type: "EncodedTask",
                    encodedTaskContent: Buffer.from(steps).toString("base64"),
                },
                trigger: {
                    timerTriggers: [{ name: "weekly", schedule: weekly, status: "Enabled" }],
                },
                credentials: {
                    sourceRegistry: { loginMode: "Default" },
                },
                tags: this.tags(),
            },
            { parent: this },
        );
        grant(
            `${name}-forgets`,
            {
                subscriptionId,
                role: "AcrDelete",
                scope: made.id,
                principalId: principalOf(task.identity),
                principalType: "ServicePrincipal",
            },
            { parent: this },
        );
    }
}
