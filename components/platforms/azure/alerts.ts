import * as alertsmanagement from "@pulumi/azure-native/alertsmanagement";
import * as monitor from "@pulumi/azure-native/monitor";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { Matrix, Owner } from "../../model/matrix";
import { ownerOf, rowName } from "../../model/matrix";
import type { DueTopic } from "../topics";
import { dueTopics, topicKey } from "../topics";
import type { DueAlarm } from "./alarms";
import type { DueNotice } from "./notices";
import type { Place } from "./place";

/** Alerts that a service raises by itself, and that go to nobody unless somebody is named. */
export interface DueRoute {
    readonly noun: string;
    readonly layer: string;
    readonly description: string;
    /** The id of what raises them. */
    readonly scope: pulumi.Input<string>;
}

export interface AlertsArgs extends LayerArgs {
    readonly place: Place;
    readonly resourceGroupName: pulumi.Input<string>;
    readonly matrix: Matrix;
    readonly alarms: readonly DueAlarm[];
    readonly notices: readonly DueNotice[];
    readonly routes: readonly DueRoute[];
}

/** How often Azure looks, by how far back it does: it takes few pairs. */
const every: Readonly<Record<string, string>> = {
    PT5M: "PT1M",
    PT15M: "PT5M",
    PT30M: "PT5M",
    PT1H: "PT5M",
    PT6H: "PT1H",
};

/**
 * The monitoring and alerts layer on Azure: one action group for each role, and the alerts that go there.
 *
 * An alert belongs to this layer, as the book has it, whatever it watches: who answers for monitoring answers
 * for its thresholds. It goes to whom the watched layer belongs.
 */
export class Alerts extends Layer {
    readonly #name: string;
    readonly #args: AlertsArgs;
    readonly #groups = new Map<string, monitor.ActionGroup>();

    constructor(name: string, args: AlertsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:Alerts", name, args, opts);
        this.#name = name;
        this.#args = args;
        for (const due of dueTopics(args.matrix)) {
            this.#groups.set(topicKey(due), this.#group(due));
        }
        for (const due of args.alarms) this.#alarm(due);
        for (const due of args.notices) this.#notice(due);
        for (const due of args.routes) this.#route(due);
        this.registerOutputs({ groups: this.groupIds() });
    }

    /** By role, and by party where several fill it. */
    groupIds(): Record<string, pulumi.Output<string>> {
        return Object.fromEntries(
            dueTopics(this.#args.matrix).map((due) => [due.suffix, this.groupOf(due).id]),
        );
    }

    /**
     * The action group of whoever answers for a layer.
     *
     * @throws Error for an owner that is in no row of the matrix.
     */
    groupOf(owner: Pick<Owner, "role" | "party">): monitor.ActionGroup {
        const group = this.#groups.get(topicKey(owner));
        if (group === undefined)
            throw new Error(`${owner.role} (${owner.party}) has no action group`);
        return group;
    }

    #group({ suffix, role, party, subscriptions }: DueTopic): monitor.ActionGroup {
        const { place, resourceGroupName } = this.#args;
        const named = subscriptions.map(({ protocol, endpoint }, at) => {
            return { protocol, endpoint, name: at === 0 ? "contact" : "escalation" };
        });
        return new monitor.ActionGroup(
            `${this.#name}-${suffix}`,
            {
                resourceGroupName,
                location: "global",
                actionGroupName: `${place.clusterName}-${suffix}`,
                groupShortName: shortName(role, party),
                enabled: true,
                emailReceivers: named
                    .filter(({ protocol }) => protocol === "email")
                    .map(({ name, endpoint }) => ({
                        name,
                        emailAddress: endpoint,
                        useCommonAlertSchema: true,
                    })),
                webhookReceivers: named
                    .filter(({ protocol }) => protocol === "https")
                    .map(({ name, endpoint }) => ({
                        name,
                        serviceUri: endpoint,
                        useCommonAlertSchema: true,
                    })),
                tags: this.tags(),
            },
            { parent: this },
        );
    }

    #alarm({ noun, layer, hub, meaning, when }: DueAlarm): void {
        const { place, resourceGroupName } = this.#args;
        const owner = this.#ownerOf(layer, hub);
        const { scope, namespace, metric, aggregation, operator, threshold, window, only } = when;
        new monitor.MetricAlert(
            `${this.#name}-${noun}`,
            {
                resourceGroupName,
                location: "global",
                ruleName: `${place.clusterName}-${noun}`,
                description: `${place.clusterName}: ${meaning}. ${rowName(owner)} belongs to the ${owner.role}, ${owner.party} (${owner.contact}).`,
                severity: 2, // warning; 0 is critical
                enabled: true,
                autoMitigate: true,
                scopes: [scope],
                evaluationFrequency: every[window] ?? window,
                windowSize: window,
                criteria: {
                    odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
                    allOf: [
                        {
                            criterionType: "StaticThresholdCriterion",
                            name: noun,
                            metricNamespace: namespace,
                            metricName: metric,
                            timeAggregation: aggregation,
                            operator,
                            threshold,
                            dimensions: Object.entries(only ?? {}).map(([dimension, values]) => ({
                                name: dimension,
                                operator: "Include",
                                values: [...values],
                            })),
                            // A metric that nothing was written to yet is one as well.
                            skipMetricValidation: true,
                        },
                    ],
                },
                actions: [{ actionGroupId: this.groupOf(owner).id }],
                tags: this.tags(),
            },
            { parent: this },
        );
    }

    #notice({ noun, layer, description, scopes, when }: DueNotice): void {
        const { place, resourceGroupName } = this.#args;
        new monitor.ActivityLogAlert(
            `${this.#name}-${noun}`,
            {
                resourceGroupName,
                location: "global",
                activityLogAlertName: `${place.clusterName}-${noun}`,
                description: `${description}: ${place.clusterName}`,
                enabled: true,
                scopes,
                condition: {
                    allOf: when.map((each) =>
                        "anyOf" in each ? { anyOf: [...each.anyOf] } : { ...each },
                    ),
                },
                actions: {
                    actionGroups: [{ actionGroupId: this.groupOf(this.#ownerOf(layer)).id }],
                },
                tags: this.tags(),
            },
            { parent: this },
        );
    }

    #route({ noun, layer, description, scope }: DueRoute): void {
        const { place, resourceGroupName } = this.#args;
        new alertsmanagement.AlertProcessingRuleByName(
            `${this.#name}-${noun}`,
            {
                resourceGroupName,
                location: "Global",
                alertProcessingRuleName: `${place.clusterName}-${noun}`,
                properties: {
                    description,
                    enabled: true,
                    scopes: [scope],
                    actions: [
                        {
                            actionType: "AddActionGroups",
                            actionGroupIds: [this.groupOf(this.#ownerOf(layer)).id],
                        },
                    ],
                },
                tags: this.tags(),
            },
            { parent: this },
        );
    }

    #ownerOf(layer: string, hub?: string): Owner {
        const owner = ownerOf(this.#args.matrix, layer, hub);
        if (owner === undefined) throw new Error(`nobody answers for ${layer}`);
        return owner;
    }
}

/** What stands before a message, of at most twelve characters: the initials of the role, and of the party what fits. */
export function shortName(role: string, party: string): string {
    const initials = role
        .split("-")
        .map((word) => word.charAt(0))
        .join("");
    return `${initials} ${party}`.slice(0, 12).trim();
}
