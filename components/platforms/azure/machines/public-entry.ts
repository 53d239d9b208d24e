import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as monitor from "@pulumi/azure-native/monitor";
import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import type { CertificateSpec } from "../../../model/spec/azure-machines";
import type { Place } from "../place";
import { grant } from "../role-assignment";
import { gatewaySettings } from "./gateway-settings";
import type { Where } from "./where";

export interface PublicEntryArgs extends LayerArgs {
    readonly place: Place;
    readonly where: Where;
    readonly zones: readonly string[];
    /** Of the gateway alone. */
    readonly subnetId: pulumi.Input<string>;
    readonly domain: string;
    readonly certificate: CertificateSpec;
    /** Addresses of the machines where nginx listens. */
    readonly proxies: readonly pulumi.Input<string>[];
    readonly rootPem: pulumi.Input<string>;
    readonly firewallPolicyId: pulumi.Input<string>;
    /** Who asked for what goes there. */
    readonly workspaceId: pulumi.Input<string>;
}

/**
 * The one way in from the Internet: an application gateway with a firewall. Its certificate is somebody else's, in a
 * vault that the stack file names; the gateway may read that one secret's vault and no other. The address is
 * protected: the site's domain points at it, perhaps in a zone that is not ours.
 */
export class PublicEntry extends Layer {
    readonly address: pulumi.Output<string>;
    readonly gatewayId: pulumi.Output<string>;
    readonly addressId: pulumi.Output<string>;

    constructor(name: string, args: PublicEntryArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:PublicEntry", name, args, opts);
        const { where, zones } = args;
        const { clusterName, subscriptionId } = args.place;
        const address = new network.PublicIPAddress(
            `${name}-site`,
            {
                ...where,
                publicIpAddressName: `${clusterName}-site`,
                sku: { name: "Standard", tier: "Regional" },
                publicIPAllocationMethod: "Static",
                zones: [...zones],
                tags: this.tags(),
            },
            { parent: this, protect: true },
        );
        const identity = new managedidentity.UserAssignedIdentity(
            `${name}-site`,
            { ...where, resourceName: `${clusterName}-site`, tags: this.tags() },
            { parent: this },
        );
        const reads = grant(
            `${name}-site-certificate`,
            {
                subscriptionId,
                role: "Key Vault Secrets User",
                scope: args.certificate.vaultId,
                principalId: identity.principalId,
                principalType: "ServicePrincipal",
            },
            { parent: this },
        );
        const gatewayName = `${clusterName}-site`;
        const gateway = new network.ApplicationGateway(
            `${name}-site`,
            {
                ...where,
                applicationGatewayName: gatewayName,
                sku: { name: "WAF_v2", tier: "WAF_v2" },
                autoscaleConfiguration: { minCapacity: 2, maxCapacity: 10 },
                zones: [...zones],
                identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
                firewallPolicy: { id: args.firewallPolicyId },
                enableHttp2: true,
                ...gatewaySettings({
                    id: pulumi.interpolate`/subscriptions/${subscriptionId}/resourceGroups/${where.resourceGroupName}/providers/Microsoft.Network/applicationGateways/${gatewayName}`,
                    domain: args.domain,
                    certificateId: args.certificate.secretId,
                    proxies: args.proxies,
                    rootPem: args.rootPem,
                    subnetId: args.subnetId,
                    addressId: address.id,
                }),
                tags: this.tags(),
            },
            { parent: this, dependsOn: [reads] },
        );
        new monitor.DiagnosticSetting(
            `${name}-site-records`,
            {
                name: "steward",
                resourceUri: gateway.id,
                workspaceId: args.workspaceId,
                logs: ["ApplicationGatewayAccessLog", "ApplicationGatewayFirewallLog"].map(
                    (category) => ({ category, enabled: true }),
                ),
            },
            { parent: this },
        );
        this.address = address.ipAddress.apply((ip) => ip ?? "");
        this.addressId = address.id;
        this.gatewayId = gateway.id;
        this.registerOutputs({ address: this.address });
    }
}
