import * as registry from "@pulumi/azure-native/containerregistry";
import type * as pulumi from "@pulumi/pulumi";
import { principalOf } from "./owner-tags";
import type { Place } from "./place";
import { grant } from "./role-assignment";

export interface PurgeArgs {
    readonly place: Place;
    readonly resourceGroupName: pulumi.Input<string>;
    readonly registry: registry.Registry;
    readonly taskName: string;
    /** Cron with five fields, in UTC. */
    readonly schedule: { readonly name: string; readonly cron: string };
    /** What a container of the registry's own tools is told. */
    readonly command: string;
    readonly tags: Readonly<Record<string, string>>;
}

/** What a registry does by the clock to forget. @see https://learn.microsoft.com/azure/container-registry/container-registry-auto-purge */
export function purge(name: string, args: PurgeArgs, parent: pulumi.Resource): void {
    const { schedule } = args;
    const { location, subscriptionId } = args.place;
    const steps = `version: v1.1.0\nsteps:\n  - cmd: ${args.command}\n    disableWorkingDirectoryOverride: true\n    timeout: 3600\n`;
    const task = new registry.Task(
        name,
        {
            resourceGroupName: args.resourceGroupName,
            location,
            registryName: args.registry.name,
            taskName: args.taskName,
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
                timerTriggers: [
                    { name: schedule.name, schedule: schedule.cron, status: "Enabled" },
                ],
            },
            credentials: {
                sourceRegistry: { loginMode: "Default" },
            },
            tags: { ...args.tags },
        },
        { parent },
    );
    grant(
        name,
        {
            subscriptionId,
            role: "AcrDelete",
            scope: args.registry.id,
            principalId: principalOf(task.identity),
            principalType: "ServicePrincipal",
        },
        { parent },
    );
}
