import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random/provider";
import * as tls from "@pulumi/tls/provider";
import { layerArgs } from "../../../layer-args";
import { bucketName, bucketPurposes } from "../../../model/commcare/bucket-names";
import { machinesWith } from "../../../model/commcare/plan";
import { partyBudgets } from "../../../model/party-budgets";
import { payingLayer } from "../../../model/payers";
import type { AwsCommcareSpec } from "../../../model/spec";
import type { BuildMachines } from "../../machines-foundation";
import { Alerts } from "../alerts";
import { Account } from "../budget";
import type { DetectorPlan } from "../detector";
import { planFor, wordDetector } from "../detector";
import type { Opts } from "./opts";
import { buildGround } from "./ground";
import { recorderPlanFor, wordRecorder } from "./recorder";
import { buildServices } from "./services";
import { buildEntry } from "./entry";
import { watch } from "./watch";

/** A cluster of machines on AWS, and what keeps it whole. Its provider comes before any other resource. */
export const awsMachines: BuildMachines<AwsCommcareSpec> = async (spec, cluster) => {
    const aws = new Provider(
        "aws",
        { region: spec.region, allowedAccountIds: [spec.platform.aws.accountId] },
        { parent: cluster },
    );
    const passwords = new random.Provider("aws-random", {}, { parent: cluster });
    const keys = new tls.Provider("aws-tls", {}, { parent: cluster });
    const opts: Opts = { parent: cluster, providers: [aws, passwords, keys] };
    const [detector, recorder] = await Promise.all([
        planFor(spec, aws),
        recorderPlanFor(spec, aws),
    ]);
    const ground = buildGround(spec, opts);
    const built = buildServices(spec, ground, opts);
    const entry = buildEntry(spec, ground, built, opts);
    const alerts = watch(spec, { detector, recorder }, { ...ground, ...built, ...entry }, opts);
    buildBudgets(spec, alerts, opts);
    const { place, clusterName } = ground;
    const [control] = machinesWith(ground.plan, "control");
    const controlId = built.instances[control?.name ?? ""]?.id;
    const hosts = Object.entries(built.instances).map(([name, { id, privateIp }]) => {
        return [name, { address: privateIp, id }] as const;
    });
    return {
        hosts: Object.fromEntries(hosts),
        address: entry.entry.balancer.dnsName,
        outputs: {
            next: entry.domain.next === undefined ? [] : [entry.domain.next],
            control: pulumi.interpolate`aws ssm start-session --region ${spec.region} --target ${controlId}`,
            buckets: Object.fromEntries(
                bucketPurposes.map((purpose) => [
                    purpose,
                    bucketName(clusterName, purpose, place.accountId),
                ]),
            ),
            alarms: alerts.topicArns(),
            detection: wordDetection(detector),
            recorder: wordRecorder(recorder),
        },
    };
};

/** A budget for whoever pays for the hosting, where the stack file names a figure. */
function buildBudgets(spec: AwsCommcareSpec, alerts: Alerts, opts: Opts): void {
    const budgets = partyBudgets(spec.matrix, [], spec.budgets);
    if (budgets.length === 0) return;
    const layer = payingLayer.commcare;
    const args = { ...layerArgs(spec, layer), clusterName: spec.name, budgets };
    const topicOf = ({ owner }: (typeof budgets)[number]["payer"]) => alerts.topicOf(owner).arn;
    new Account(layer, { ...args, topicOf }, opts);
}

/** What is said of the threat detector after a deploy. */
function wordDetection(plan: DetectorPlan): string {
    switch (plan.kind) {
        case "own":
            return "of this cluster; it outlives the cluster";
        case "skipped":
            return "left alone, as the stack file says: no finding reaches anybody from here";
        case "adopted":
            return `adopted: ${wordDetector(plan.detector)} is used as it is`;
    }
}
