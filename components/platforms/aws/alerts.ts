import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as kms from "@pulumi/aws/kms";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { Matrix, Owner } from "../../model/matrix";
import { ownerOf, rowName } from "../../model/matrix";
import type { DueAlarm } from "./alarms";
import { keyPolicy, publishes } from "./key-policy";
import type { DueNotice } from "./notice";
import type { Place } from "./place";
import type { DueTopic } from "../topics";
import { dueTopics, topicKey } from "../topics";

export interface AlertsArgs extends LayerArgs {
    readonly clusterName: string;
    readonly place: Place;
    readonly matrix: Matrix;
    readonly alarms: readonly DueAlarm[];
    readonly notices: readonly DueNotice[];
}

/** Who writes to the topics, beside EventBridge. */
const publishers = ["cloudwatch", "budgets", "backup"].map((service) => `${service}.amazonaws.com`);

/**
 * The monitoring and alerts layer on AWS: one topic for each role, and the alarms that go there.
 *
 * An alarm belongs to this layer, as the book has it, whatever it watches: who answers for monitoring answers
 * for its thresholds. It goes to whom the watched layer belongs.
 */
export class Alerts extends Layer {
    /** Of the key that seals the topics. */
    readonly keyArn: pulumi.Output<string>;

    readonly #name: string;
    readonly #args: AlertsArgs;
    readonly #topics = new Map<string, sns.Topic>();

    constructor(name: string, args: AlertsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:Alerts", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { clusterName, place, matrix } = args;

        const key = new kms.Key(
            `${name}-key`,
            {
                description: `Alarms of ${clusterName}`,
                enableKeyRotation: true,
                deletionWindowInDays: 30,
                policy: keyPolicy(place, ...publishes(place, publishers)),
                tags: this.tags({ Name: `${clusterName}-alerts` }),
            },
            { parent: this },
        );
        this.keyArn = key.arn;
        for (const due of dueTopics(matrix)) {
            this.#topics.set(topicKey(due), this.#topic(due, key));
        }
        for (const due of args.alarms) this.#alarm(due);
        for (const due of args.notices) this.#notice(due);
        this.registerOutputs({ topics: this.topicArns() });
    }

    /** By role, and by party where several fill it. */
    topicArns(): Record<string, pulumi.Output<string>> {
        return Object.fromEntries(
            dueTopics(this.#args.matrix).map((due) => [due.suffix, this.topicOf(due).arn]),
        );
    }

    /**
     * The topic of whoever answers for a layer.
     *
     * @throws Error for an owner that is in no row of the matrix.
     */
    topicOf(owner: Pick<Owner, "role" | "party">): sns.Topic {
        const topic = this.#topics.get(topicKey(owner));
        if (topic === undefined) throw new Error(`${owner.role} (${owner.party}) has no topic`);
        return topic;
    }

    #topic({ suffix, role, party, subscriptions }: DueTopic, key: kms.Key): sns.Topic {
        const { clusterName, place } = this.#args;
        const name = `${clusterName}-${suffix}`;
        const topic = new sns.Topic(
            `${this.#name}-${suffix}`,
            {
                name,
                displayName: `${clusterName}: alarms for the ${role}, ${party}`.slice(0, 100),
                kmsMasterKeyId: key.arn,
                tags: this.tags(),
            },
            { parent: this },
        );
        new sns.TopicPolicy(
            `${this.#name}-${suffix}`,
            { arn: topic.arn, policy: topicPolicy(place, name) },
            { parent: this },
        );
        for (const { protocol, endpoint } of subscriptions) {
            // An e-mail address counts only after its owner confirmed the mail that AWS sends.
            new sns.TopicSubscription(
                `${this.#name}-${suffix}-${endpoint}`,
                { topic: topic.arn, protocol, endpoint },
                { parent: this },
            );
        }
        return topic;
    }

    #alarm({ noun, layer, hub, meaning, alarm, actions = [], whenSilent }: DueAlarm): void {
        const owner = this.#ownerOf(layer, hub);
        const topic = this.topicOf(owner).arn;
        new cloudwatch.MetricAlarm(
            `${this.#name}-${noun}`,
            {
                ...alarm,
                alarmDescription: `${this.#args.clusterName}: ${meaning}. ${rowName(owner)} belongs to the ${owner.role}, ${owner.party} (${owner.contact}).`,
                alarmActions: [...actions, topic],
                okActions: [topic],
                ...(whenSilent === true ? { insufficientDataActions: [topic] } : {}),
                tags: this.tags(),
            },
            { parent: this },
        );
    }

    #notice({ noun, layer, description, when }: DueNotice): void {
        const rule = new cloudwatch.EventRule(
            `${this.#name}-${noun}`,
            {
                description,
                ...("pattern" in when
                    ? { eventPattern: pulumi.jsonStringify(when.pattern) }
                    : { scheduleExpression: when.schedule }),
                tags: this.tags(),
            },
            { parent: this },
        );
        new cloudwatch.EventTarget(
            `${this.#name}-${noun}`,
            {
                rule: rule.name,
                arn: this.topicOf(this.#ownerOf(layer)).arn,
                ...("message" in when ? { input: JSON.stringify(when.message) } : {}),
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

/**
 * Who may publish. EventBridge takes no condition in the policy of a topic: a rule of another account that knows
 * the name could write to it, but could not read, and the key holds it to topics of this account.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
function topicPolicy({ partition, region, accountId }: Place, name: string): string {
    const publish = {
        Effect: "Allow",
        Action: "sns:Publish",
        Resource: `arn:${partition}:sns:${region}:${accountId}:${name}`,
    } as const;
    return JSON.stringify({
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "Publishes",
                ...publish,
                Principal: { Service: publishers },
                Condition: { StringEquals: { "aws:SourceAccount": accountId } },
            },
            { Sid: "PublishesEvents", ...publish, Principal: { Service: "events.amazonaws.com" } },
        ],
    });
}
