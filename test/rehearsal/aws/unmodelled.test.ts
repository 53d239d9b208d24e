import { grammarOf } from "../../../rehearsal/aws/published";
import { awsStandIn } from "../../../rehearsal/aws/stand-in";
import { awsTypes } from "../../../rehearsal/aws/types";
import { withAt } from "./account";
import { acceptedInputs, accountBefore, types } from "./whole-account";

interface Unmodelled {
    readonly required: readonly string[];
    readonly immutable: readonly string[];
}

const rule = ["fromPort", "protocol", "securityGroupId", "toPort", "type"];
const sources = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "self", "sourceSecurityGroupId"];
const notifications = ["backupVaultEvents", "backupVaultName", "snsTopicArn"];

/**
 * What the provider demands and what it replaces for, of types that exist in the provider alone: AWS publishes
 * no operation of their name to take it from. The region is every type's own.
 *
 * @see the JSDoc and the arguments of the classes in @pulumi/aws
 */
const unmodelled: Readonly<Record<string, Unmodelled>> = {
    [types.vaultNotifications]: { required: notifications, immutable: notifications },
    [types.vaultPolicy]: {
        required: ["backupVaultName", "policy"],
        immutable: ["backupVaultName"],
    },
    [types.mainTable]: { required: ["defaultRouteTableId"], immutable: ["defaultRouteTableId"] },
    [types.oldRule]: { required: rule, immutable: [...rule, ...sources] },
    [types.defaultGroup]: { required: [], immutable: ["vpcId"] },
    [types.logging]: {
        required: ["bucket", "targetBucket", "targetPrefix"],
        immutable: ["bucket", "expectedBucketOwner"],
    },
    [types.efsPolicy]: { required: ["fileSystemId", "policy"], immutable: ["fileSystemId"] },
    [types.repositoryAccess]: { required: ["policy", "repository"], immutable: ["repository"] },
    [types.targetNodes]: {
        required: ["autoscalingGroupName"],
        immutable: ["autoscalingGroupName", "elb", "lbTargetGroupArn"],
    },
    [types.restorePlan]: {
        required: ["name", "recoveryPointSelection", "scheduleExpression"],
        immutable: ["name"],
    },
    [types.restoreSelection]: {
        required: ["name", "iamRoleArn", "protectedResourceType", "restoreTestingPlanName"],
        immutable: ["name", "protectedResourceType", "restoreTestingPlanName"],
    },
    [types.validation]: {
        required: ["certificateArn"],
        immutable: ["certificateArn", "validationRecordFqdns"],
    },
    [types.feature]: {
        required: ["detectorId", "name", "status"],
        immutable: ["detectorId", "name"],
    },
    [types.queuePolicy]: { required: ["policy", "queueUrl"], immutable: ["queueUrl"] },
};

const of = (demand: keyof Unmodelled) =>
    Object.entries(unmodelled).flatMap(([type, demands]) =>
        demands[demand].map((property) => [type, property] as const),
    );

describe("types without a published model", () => {
    it("are these, and what has a model says nothing of its own", () => {
        const own = Object.entries(awsTypes)
            .filter(([, { required, immutable }]) => (required ?? immutable) !== undefined)
            .map(([type]) => type);
        expect(own.sort()).toEqual(Object.keys(unmodelled).sort());
        expect(own.filter((type) => grammarOf(type) !== undefined)).toEqual([]);
    });

    it.each(of("required"))("%s needs %s", (type, property) => {
        const account = accountBefore(type);
        const inputs = withAt(acceptedInputs(type, account), property, undefined);
        expect(account.problems(type, inputs)).toContain(`${property}: is required and not given`);
    });

    it.each(of("immutable"))("%s is replaced for %s", (type, property) => {
        const account = accountBefore();
        const old = account.first(type);
        const asked = account.request(type, "a", { ...old.inputs, [property]: "other" });
        expect(awsStandIn.diff({ ...asked, old }).replaces).toEqual([property]);
    });

    it.each(Object.keys(unmodelled))("%s moves with the region of its provider", (type) => {
        const account = accountBefore();
        const old = account.first(type);
        const asked = account.request(type, "a", old.inputs);
        const away = awsStandIn.diff({ ...asked, old, config: { region: "eu-west-1" } });
        expect(away.replaces).toEqual(["region"]);
    });
});
