import type { AwsCommcareSpec } from "../../../../components/model/spec";
import { usualRecorders } from "../../../../components/model/recorder-names";
import { forTarget } from "../aws-client";
import type { CloudCheck, Finding, Target } from "../check";
import { isOurs } from "../standing";

const id = "account-records";
const at = "steward:aws";

/** What an account has once: the detector of threats, the recorder of AWS Config, and trails, of which one is enough. */
export const accountRecordsCheck: CloudCheck<AwsCommcareSpec> = {
    id,
    title: "Records of the account",
    needs: "region",
    async run(target) {
        return Promise.all([detector(target), recorder(target), trails(target)]);
    },
};

type OfMachines = Target<AwsCommcareSpec>;

const leftAlone = (what: string): Finding => {
    return { id: `${id}.${what}`, status: "ok", message: "left alone, as the stack file says" };
};

/** What stands is somebody else's, and the stack file insists on one of the cluster's own. */
const taken = (what: string, message: string, key: string): Finding => {
    const fix = `write adopt in ${at}.${key}, or skip`;
    return { id: `${id}.${what}`, status: "lacking", message, fix };
};

async function detector(target: OfMachines): Promise<Finding> {
    const { name, platform } = target.spec;
    const { detection } = platform.aws;
    if (detection === "skip") return leftAlone("detector");
    const sdk = await import("@aws-sdk/client-guardduty");
    const client = new sdk.GuardDutyClient(forTarget(target));
    const { DetectorIds = [] } = await client.send(new sdk.ListDetectorsCommand({}));
    const finding = { id: `${id}.detector` };
    const [DetectorId] = DetectorIds;
    if (DetectorId === undefined) {
        const message = "the account has no detector of GuardDuty: the stack makes one";
        return { ...finding, status: "ok", message };
    }
    const { Status, Tags } = await client.send(new sdk.GetDetectorCommand({ DetectorId }));
    if (isOurs(Tags, name)) {
        return { ...finding, status: "ok", message: `the detector ${DetectorId} is this stack's` };
    }
    const message = `the account has the detector ${DetectorId}, which is not this stack's`;
    if (detection === "create") return taken("detector", message, "detection");
    return Status === "DISABLED"
        ? {
              ...finding,
              status: "warning",
              message: `${message} and is suspended`,
              fix: "ask its owner to resume it",
          }
        : { ...finding, status: "ok", message: `${message}, and is adopted` };
}

async function recorder(target: OfMachines): Promise<Finding> {
    const { name, platform } = target.spec;
    const { config, recorder: named } = platform.aws.machines;
    if (config === "skip") return leftAlone("recorder");
    const sdk = await import("@aws-sdk/client-config-service");
    const client = new sdk.ConfigServiceClient(forTarget(target));
    const answer = await client.send(new sdk.DescribeConfigurationRecordersCommand({}));
    const finding = { id: `${id}.recorder` };
    const [found] = (answer.ConfigurationRecorders ?? []).map((each) => each.name ?? "");
    if (found === undefined || found === name) {
        const message =
            found === undefined
                ? "AWS Config has no recorder in the region: the stack makes one"
                : `the recorder ${found} is this stack's`;
        return { ...finding, status: "ok", message };
    }
    const message = `AWS Config has the recorder ${found}, which is not this stack's`;
    if (config === "create") return taken("recorder", message, "machines.config");
    // The program looks by name, since its provider has no list.
    const known = named === undefined ? usualRecorders.includes(found) : named === found;
    return known
        ? { ...finding, status: "ok", message: `${message}, and is adopted` }
        : {
              ...finding,
              status: "lacking",
              message: `${message}, and is not found by the program`,
              fix: `write ${at}.machines.recorder: ${found}`,
          };
}

/** How many trails a region takes. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
const mostTrails = 5;

async function trails(target: OfMachines): Promise<Finding> {
    const { name, platform } = target.spec;
    const { trail } = platform.aws.machines;
    if (trail === "skip") return leftAlone("trail");
    const sdk = await import("@aws-sdk/client-cloudtrail");
    const client = new sdk.CloudTrailClient(forTarget(target));
    const { trailList = [] } = await client.send(new sdk.DescribeTrailsCommand({}));
    const finding = { id: `${id}.trail` };
    const others = trailList.filter((each) => each.Name !== name);
    const names = others.map((each) => each.Name ?? "").join(", ");
    const whole = others.some(({ IsMultiRegionTrail }) => IsMultiRegionTrail === true);
    if (trail === "adopt") {
        return whole
            ? { ...finding, status: "ok", message: `${names} records the account` }
            : {
                  ...finding,
                  status: "warning",
                  message: "no trail records all regions of the account",
                  fix: `write create in ${at}.machines.trail, or have the organisation keep one`,
              };
    }
    if (others.length >= mostTrails) {
        const message = `the region has ${others.length} trails, of at most ${mostTrails}: ${names}`;
        return taken("trail", message, "machines.trail");
    }
    return whole
        ? {
              ...finding,
              status: "warning",
              message: `${names} records the account already, and a second trail costs by the event`,
              fix: `write adopt in ${at}.machines.trail`,
          }
        : { ...finding, status: "ok", message: "no other trail records all regions" };
}
