import * as ssm from "@pulumi/aws/ssm";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { ownerKeys } from "../../../model/tags";
import { findImage } from "../node-image";
import { imageParameter } from "./ubuntu-image";

export interface OperatingSystemArgs extends LayerArgs {
    readonly clusterName: string;
    readonly imageRelease: string | undefined;
}

/**
 * What is on each machine before any service is: Ubuntu's image, and the agent by which machines are reached and patched, kept current; what is installed is listed daily.
 */
export class OperatingSystem extends Layer {
    readonly image: pulumi.Output<string>;

    constructor(name: string, args: OperatingSystemArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:OperatingSystem", name, args, opts);
        const { clusterName } = args;
        this.image = findImage(imageParameter(args.imageRelease), this);
        const targets = [{ key: `tag:${ownerKeys.cluster}`, values: [clusterName] }];
        for (const [noun, document, schedule] of [
            ["agent", "AWS-UpdateSSMAgent", "rate(14 days)"],
            ["inventory", "AWS-GatherSoftwareInventory", "rate(1 day)"],
        ] as const) {
            new ssm.Association(
                `${name}-${noun}`,
                {
                    name: document,
                    associationName: `${clusterName}-${noun}`,
                    scheduleExpression: schedule,
                    targets,
                    // Inventory is a matter of all machines at once, an update of a few at a time.
                    ...(noun === "agent" ? { maxConcurrency: "10%", maxErrors: "10%" } : {}),
                    tags: this.tags(),
                },
                { parent: this },
            );
        }
        this.registerOutputs({ image: this.image });
    }
}
