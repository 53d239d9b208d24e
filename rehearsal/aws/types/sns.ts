import { accountId, arnOf } from "../account";
import type { AwsType } from "../aws-type";
import { uuid } from "../identifiers";
import { flagAt, textAt } from "../look";
import { key, topicType } from "./ec2-references";

/** What each protocol takes. @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
const endpoints: Readonly<Record<string, readonly [RegExp, string]>> = {
    email: [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "an e-mail address"],
    "email-json": [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "an e-mail address"],
    http: [/^http:\/\/[^\s/]+/, "a URL that begins with http://"],
    https: [/^https:\/\/[^\s/]+/, "a URL that begins with https://"],
    sms: [/^\+?[0-9]{7,15}$/, "a telephone number such as +14155550100"],
    sqs: [/^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+(\.fifo)?$/, "the ARN of a queue"],
    lambda: [/^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:.+/, "the ARN of a function"],
    firehose: [/^arn:aws[a-z-]*:firehose:.+/, "the ARN of a delivery stream"],
    application: [/^arn:aws[a-z-]*:sns:.+:endpoint\/.+/, "the ARN of an endpoint"],
};

/** Topics of SNS. */
export const snsTypes: Readonly<Record<string, AwsType>> = {
    [topicType]: {
        autoname: {
            property: "name",
            maxLength: 256,
            prefixProperty: "namePrefix",
            after: (inputs) => (flagAt(inputs, "fifoTopic") === true ? ".fifo" : ""),
        },
        defaults: { fifoTopic: false, contentBasedDeduplication: false },
        documents: [{ path: "policy", kind: "resource", maxLength: 30720 }],
        references: [key("kmsMasterKeyId", "KMSNotFound")],
        unique: [{ by: ["name"], code: "InvalidParameter", within: "region" }],
        id: ({ inputs, region }) => arnOf("sns", region, String(textAt(inputs, "name"))),
        made: ({ id }) => ({ arn: id, owner: accountId, beginningArchiveTime: "" }),
    },
    "aws:sns/topicPolicy:TopicPolicy": {
        documents: [{ path: "policy", kind: "resource", maxLength: 30720 }],
        references: [{ path: "arn", to: [topicType], by: ["arn"], code: "NotFound" }],
        id: ({ inputs }) => String(textAt(inputs, "arn")),
        made: () => ({ owner: accountId }),
    },
    "aws:sns/topicSubscription:TopicSubscription": {
        defaults: {
            confirmationTimeoutInMinutes: 1,
            endpointAutoConfirms: false,
            rawMessageDelivery: false,
        },
        documents: [
            { path: "filterPolicy", kind: "json" },
            { path: "redrivePolicy", kind: "json" },
        ],
        references: [{ path: "topic", to: [topicType], by: ["arn"], code: "NotFound" }],
        *inputProblems(inputs) {
            const protocol = textAt(inputs, "protocol");
            const endpoint = textAt(inputs, "endpoint");
            if (protocol === undefined) return;
            const known = Object.hasOwn(endpoints, protocol) ? endpoints[protocol] : undefined;
            if (known === undefined) {
                const reason = `${protocol} is none of ${Object.keys(endpoints).join(", ")}`;
                yield { property: "protocol", reason };
            } else if (endpoint !== undefined && !known[0].test(endpoint)) {
                yield { property: "endpoint", reason: `for ${protocol} it must be ${known[1]}` };
            }
        },
        id: ({ inputs }) => `${String(textAt(inputs, "topic"))}:${uuid()}`,
        made({ id, inputs }) {
            const itself = ["sqs", "lambda", "firehose"].includes(textAt(inputs, "protocol") ?? "");
            return {
                arn: id,
                ownerId: accountId,
                confirmationWasAuthenticated: itself,
                pendingConfirmation: !itself,
            };
        },
    },
};
