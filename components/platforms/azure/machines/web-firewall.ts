import * as network from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { Where } from "./where";
import { customRules, managedRuleSets } from "./web-rules";

export interface WebFirewallArgs extends LayerArgs {
    readonly clusterName: string;
    readonly where: Where;
}

/** What must not stand in the log: whoever reads it could sign in as somebody else. */
const unspoken = ["authorization", "cookie"] as const;

/** How the firewall judges, and what of it is written down. */
export const policySettings = {
    state: "Enabled",
    mode: "Prevention",
    requestBodyCheck: true,
    requestBodyInspectLimitInKB: 128,
    // How much a body may be, nginx says by path; the beginning of each is looked at.
    requestBodyEnforcement: false,
    fileUploadEnforcement: false,
    logScrubbing: {
        state: "Enabled",
        scrubbingRules: unspoken.map((selector) => ({
            matchVariable: "RequestHeaderNames",
            selectorMatchOperator: "Equals",
            selector,
            state: "Enabled",
        })),
    },
} as const;

/** What stands between an attack and the site: the gateway's firewall policy. */
export class WebFirewall extends Layer {
    readonly policyId: pulumi.Output<string>;

    constructor(name: string, args: WebFirewallArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:WebFirewall", name, args, opts);
        const policy = new network.WebApplicationFirewallPolicy(
            `${name}-site`,
            {
                ...args.where,
                policyName: `${args.clusterName}-site`,
                policySettings,
                customRules: customRules(),
                managedRules: { managedRuleSets: [...managedRuleSets] },
                tags: this.tags(),
            },
            { parent: this },
        );
        this.policyId = policy.id;
        this.registerOutputs();
    }
}
