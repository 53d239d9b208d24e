import type * as pulumi from "@pulumi/pulumi";

type Field = { readonly field: string; readonly equals: string };

/** Something that somebody is told by the activity log. */
export interface DueNotice {
    readonly noun: string;
    /** The layer it is about; whoever answers for that layer gets it. */
    readonly layer: string;
    readonly description: string;
    /** Ids of a subscription or of resource groups. */
    readonly scopes: pulumi.Input<string>[];
    /** All of it, and of each list one. */
    readonly when: readonly (Field | { readonly anyOf: readonly Field[] })[];
}

const is = (field: string, equals: string): Field => ({ field, equals });

/**
 * A resource of the cluster that Azure itself finds ill. A machine that the autoscaler stopped is well.
 *
 * @see https://learn.microsoft.com/azure/service-health/resource-health-alert-arm-template-guide
 */
export function resourceHealth(layer: string, groups: pulumi.Input<string>[]): DueNotice {
    return {
        noun: "resource-health",
        layer,
        description: "A resource of the cluster is not available, or not all of it",
        scopes: groups,
        when: [
            is("category", "ResourceHealth"),
            {
                anyOf: ["Unavailable", "Degraded"].map((state) =>
                    is("properties.currentHealthStatus", state),
                ),
            },
            {
                anyOf: [
                    is("properties.cause", "PlatformInitiated"),
                    is("properties.cause", "Unknown"),
                ],
            },
        ],
    };
}

/** Incidents, maintenance and endings that Azure announces to the subscription. */
export function serviceHealth(layer: string, subscriptionId: string): DueNotice {
    return {
        noun: "service-health",
        layer,
        description: "Azure announces an incident, maintenance or the end of something in use",
        scopes: [`/subscriptions/${subscriptionId}`],
        when: [is("category", "ServiceHealth")],
    };
}

/** What Microsoft Defender found in the cluster's own resource groups; nobody else's. */
export function findings(layer: string, groups: pulumi.Input<string>[]): DueNotice {
    return {
        noun: "findings",
        layer,
        description: "Microsoft Defender found something in the cluster",
        scopes: groups,
        when: [is("category", "Security")],
    };
}
