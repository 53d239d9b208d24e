import { RecordSet } from "@pulumi/azure-native/dns";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { AzureDnsSpec } from "../../model/spec/azure-dns";
import type { HubSpec } from "../../model/spec/jupyterhub";
import type { Entrance, PodIdentity } from "../foundation";
import { certificateAgent } from "../foundation";
import { podIdentity } from "./identity";
import type { Place } from "./place";
import type { PublicZone } from "./public-zone";
import { publicZone, relativeName } from "./public-zone";
import { grant } from "./role-assignment";

export interface DnsDomainArgs extends LayerArgs {
    readonly place: Place;
    readonly resourceGroupName: pulumi.Output<string>;
    readonly dns: AzureDnsSpec;
    readonly hubs: readonly Pick<HubSpec, "name" | "domain">[];
    readonly certificateContact: string;
    /** The id of the public address that the domains lead to. */
    readonly addressId: pulumi.Input<string>;
    /** The address at which the cluster vouches for its service accounts. */
    readonly issuer: pulumi.Input<string>;
}

/** The domain layer on Azure: the hubs' names in a zone, and who proves them to Let's Encrypt. */
export class DnsDomain extends Layer {
    readonly proof: NonNullable<Entrance["proof"]>;
    readonly identity: PodIdentity;
    /** What somebody has to do outside, if anything. */
    readonly next: pulumi.Output<string> | undefined;

    readonly #name: string;
    readonly #args: DnsDomainArgs;

    constructor(name: string, args: DnsDomainArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:DnsDomain", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { place, dns } = args;
        const called = dns.zone ?? dns.create ?? "";

        const zone = publicZone(name, { place, dns, tags: this.tags() }, this);
        const records = args.hubs.flatMap((hub) => this.#records(zone, called, hub));
        const { identity, ready } = podIdentity(
            `${name}-certificates`,
            {
                place,
                resourceGroupName: args.resourceGroupName,
                noun: "certificates",
                issuer: args.issuer,
                ...certificateAgent,
                tags: this.tags(),
            },
            this,
        );
        const writes = grant(
            `${name}-certificates`,
            {
                subscriptionId: place.subscriptionId,
                role: "DNS Zone Contributor",
                scope: zone.id,
                principalId: identity.principalId,
                principalType: "ServicePrincipal",
            },
            { parent: this },
        );
        this.identity = workloadIdentity(identity.clientId);
        this.proof = {
            solver: {
                azureDNS: {
                    subscriptionID: place.subscriptionId,
                    resourceGroupName: zone.resourceGroupName,
                    hostedZoneName: zone.name,
                    environment: "AzurePublicCloud",
                    managedIdentity: { clientID: identity.clientId },
                },
            },
            ready: [...ready, writes, ...records],
        };
        const { servers } = zone;
        const waits = servers !== undefined && !dns.delegated;
        this.next = waits
            ? pulumi.interpolate`Have the parent of ${called} delegate to ${servers.apply((each) => each.join(", "))}, set steward:azure.dns.delegated: true, and run up again.`
            : undefined;
        this.registerOutputs({ zoneId: zone.id });
    }

    /** An alias of the address, not its digits: it may stand at the top of a zone, and follows the address. */
    #records(
        zone: PublicZone,
        called: string,
        hub: DnsDomainArgs["hubs"][number],
    ): pulumi.Resource[] {
        const { addressId, certificateContact } = this.#args;
        const at = {
            resourceGroupName: zone.resourceGroupName,
            zoneName: zone.name,
            relativeRecordSetName: relativeName(hub.domain, called),
        };
        const leads = new RecordSet(
            `${this.#name}-${hub.name}`,
            { ...at, recordType: "A", ttl: 300, targetResource: { id: addressId } },
            { parent: this },
        );
        // Who else may issue for this name: nobody. https://letsencrypt.org/docs/caa/
        const authority = new RecordSet(
            `${this.#name}-${hub.name}-authority`,
            {
                ...at,
                recordType: "CAA",
                ttl: 3600,
                caaRecords: [
                    { flags: 0, tag: "issue", value: "letsencrypt.org" },
                    { flags: 0, tag: "issuewild", value: ";" },
                    { flags: 0, tag: "iodef", value: `mailto:${certificateContact}` },
                ],
            },
            { parent: this },
        );
        return [leads, authority];
    }
}

/** @see https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html */
export function workloadIdentity(clientId: pulumi.Input<string>): PodIdentity {
    return {
        accountAnnotations: { "azure.workload.identity/client-id": clientId },
        podLabels: { "azure.workload.identity/use": "true" },
        podAnnotations: {},
        // Entra and Azure's own services have public addresses.
        egress: [],
    };
}
