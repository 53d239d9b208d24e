import * as security from "@pulumi/azure-native/security";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { AzureDetection } from "../../model/spec/azure-watch";
import type { DefenderPlan } from "./defender-plans";
import { plans } from "./defender-plans";
import type { Place } from "./place";

export interface ThreatDetectionArgs extends LayerArgs {
    readonly place: Place;
    readonly detection: AzureDetection;
    readonly plans: readonly DefenderPlan[];
}

/**
 * The layer of what watches for intruders: Defender's plans, of which a subscription has one set. They are switched on
 * and never off, since others may live by them, and one that is on already stays as it is: see docs/adr/0010-account-singletons.md.
 */
export class ThreatDetection extends Layer {
    constructor(name: string, args: ThreatDetectionArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:ThreatDetection", name, args, opts);
        if (args.detection === "create") {
            let last: security.Pricing | undefined;
            for (const plan of args.plans) {
                // One after the other: Defender refuses a second change while it makes one.
                last = new security.Pricing(
                    `${name}-${plan.toLowerCase()}`,
                    {
                        scopeId: `subscriptions/${args.place.subscriptionId}`,
                        pricingName: plan,
                        pricingTier: "Standard",
                        ...plans[plan],
                    },
                    {
                        parent: this,
                        retainOnDelete: true,
                        ...(last === undefined ? {} : { dependsOn: [last] }),
                    },
                );
            }
        }
        this.registerOutputs();
    }
}

/** What is said of it after a deploy. */
export function wordDetection(detection: AzureDetection): string {
    return {
        create: "Microsoft Defender's plans are on for all of the subscription, and stay so",
        adopt: "Microsoft Defender's plans are as somebody else keeps them; its findings reach the owner",
        skip: "left alone, as the stack file says: no finding reaches anybody from here",
    }[detection];
}
