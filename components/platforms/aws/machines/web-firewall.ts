import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as wafv2 from "@pulumi/aws/wafv2";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { webRules } from "./web-rules";

export interface WebFirewallArgs extends LayerArgs {
    readonly clusterName: string;
    readonly balancerArn: pulumi.Input<string>;
    readonly logRetentionDays: number;
}

/** What stands between an attack and the site: rules that AWS keeps current, and a log of what they refused. */
export class WebFirewall extends Layer {
    /** The name that its metrics go by. */
    readonly acl: pulumi.Output<string>;

    constructor(name: string, args: WebFirewallArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:WebFirewall", name, args, opts);
        const { clusterName, balancerArn, logRetentionDays } = args;
        const acl = new wafv2.WebAcl(
            `${name}-site`,
            {
                name: `${clusterName}-site`,
                scope: "REGIONAL",
                description: `The site of ${clusterName}`,
                defaultAction: { allow: {} },
                rules: webRules(),
                visibilityConfig: {
                    cloudwatchMetricsEnabled: true,
                    metricName: `${clusterName}-site`,
                    sampledRequestsEnabled: true,
                },
                tags: this.tags({ Name: `${clusterName}-site` }),
            },
            { parent: this },
        );
        new wafv2.WebAclAssociation(
            `${name}-site`,
            { resourceArn: balancerArn, webAclArn: acl.arn },
            { parent: this },
        );
        const logs = new cloudwatch.LogGroup(
            `${name}-logs`,
            {
                name: `aws-waf-logs-${clusterName}`, // AWS WAF writes to no other name
                retentionInDays: logRetentionDays,
                tags: this.tags(),
            },
            { parent: this },
        );
        new wafv2.WebAclLoggingConfiguration(
            `${name}-logs`,
            {
                resourceArn: acl.arn,
                logDestinationConfigs: [logs.arn],
                // Whoever reads the log must not be able to sign in as somebody else.
                redactedFields: [
                    { singleHeader: { name: "authorization" } },
                    { singleHeader: { name: "cookie" } },
                ],
                // Requests that nothing was found about are nobody's business.
                loggingFilter: {
                    defaultBehavior: "DROP",
                    filters: [
                        {
                            behavior: "KEEP",
                            requirement: "MEETS_ANY",
                            conditions: [
                                { actionCondition: { action: "BLOCK" } },
                                { actionCondition: { action: "COUNT" } },
                            ],
                        },
                    ],
                },
            },
            { parent: this },
        );
        this.acl = acl.name;
        this.registerOutputs();
    }
}
