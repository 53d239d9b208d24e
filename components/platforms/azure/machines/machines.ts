import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { azureTypeOf } from "../../../model/commcare/azure-types";
import { groupOf } from "../../../model/commcare/host-groups";
import { machineLayer } from "../../../model/commcare/machine-layer";
import type { Machine, MachinePlan } from "../../../model/commcare/plan";
import { services, serviceTag } from "../../../model/commcare/services";
import { ownerKeys } from "../../../model/tags";
import { controlStart } from "./control-start";
import type { Firewall } from "./firewall";
import type { MachineSite, MadeMachine } from "./machine";
import { machine } from "./machine";
import { dataDevice } from "./names";
import { objectStoreStart } from "./object-store-start";
import { patchGroupTag } from "./patch-group";

export interface MachinesArgs extends LayerArgs, MachineSite {
    readonly plan: MachinePlan;
    /** Those whose innermost layer this is. */
    readonly machines: readonly Machine[];
    /** In the order of the stack file. */
    readonly zones: readonly string[];
    /** Where machines of applications stand, and where those that keep data do. */
    readonly subnets: {
        readonly apps: pulumi.Input<string>;
        readonly data: pulumi.Input<string>;
    };
    readonly firewall: Firewall;
    /** Seals disks of data. */
    readonly dataEncryptionSetId: pulumi.Input<string>;
    /** What nginx shows to the gateway: its certificate and the key to it, as PEM. */
    readonly proxyCertificate: {
        readonly pem: pulumi.Input<string>;
        readonly key: pulumi.Input<string>;
    };
    /** What the object store is asked with; undefined where no machine runs one. */
    readonly objectStoreKey: pulumi.Output<string> | undefined;
    /** What the control machine starts with. */
    readonly control: {
        /** Of commcare-cloud. */
        readonly commit: string;
        /** Private half of the key for the first sign-in. */
        readonly key: pulumi.Input<string>;
    };
    /** The roles that answer for the operating system and for the hosting of every machine. */
    readonly below: { readonly os: string; readonly hosting: string };
}

/** The machines of one layer: their tags name it, and beside it who answers for what lies below. */
export class Machines extends Layer {
    /** By the names of the plan. */
    readonly made: Readonly<Record<string, MadeMachine>>;

    constructor(name: string, args: MachinesArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:Machines", name, args, opts);
        this.made = Object.fromEntries(
            args.machines.map((each) => [each.name, this.#machine(name, each, args)]),
        );
        this.registerOutputs();
    }

    #machine(name: string, each: Machine, args: MachinesArgs): MadeMachine {
        const { plan, zones, subnets, firewall, dataEncryptionSetId, below } = args;
        const zone = zones[each.zone];
        if (zone === undefined) {
            throw new Error(
                `${each.name} stands in zone ${String(each.zone)} of ${zones.join(", ")}`,
            );
        }
        return machine(
            `${name}-${each.name}`,
            {
                ...args,
                host: each.name,
                size: each.instanceType ?? azureTypeOf(each),
                zone,
                subnetId: subnets[machineLayer(each) === "data-services" ? "data" : "apps"],
                groupId: firewall.idOf(groupOf(each, plan)),
                rootGiB: each.rootGiB,
                data:
                    each.dataGiB === null
                        ? undefined
                        : { sizeGiB: each.dataGiB, diskEncryptionSetId: dataEncryptionSetId },
                keepsData: keepsData(each),
                firstStart: firstStartOf(each, args),
                tags: this.tags({
                    [serviceTag]: each.services.join(" ").slice(0, 256),
                    [ownerKeys.os]: below.os,
                    [ownerKeys.hosting]: below.hosting,
                }),
                patchGroup: patchGroupTag(args.clusterName, each),
            },
            this,
        );
    }
}

/** Whether what it keeps cannot be had again, or not in a day. */
export function keepsData({ services: run, dataGiB }: Machine): boolean {
    return dataGiB !== null || run.some((slug) => (services[slug].data?.backup ?? null) !== null);
}

/** What differs by what it runs: a machine may be the control machine and a proxy at once. */
function firstStartOf(
    { services: run }: Machine,
    { proxyCertificate: { pem, key }, objectStoreKey, control }: MachinesArgs,
): pulumi.Output<Readonly<Record<string, unknown>>> {
    if (run.includes("object-store") && objectStoreKey !== undefined) {
        return objectStoreKey.apply((secretKey) => objectStoreStart(dataDevice, secretKey));
    }
    return pulumi.all([pem, key, control.key]).apply(([certificate, itsKey, firstKey]) => {
        const start = run.includes("control") ? controlStart(control.commit, firstKey) : {};
        const files = run.includes("proxy") ? shown(certificate, itsKey) : [];
        const others = (start["write_files"] ?? []) as readonly unknown[];
        const all = [...others, ...files];
        return all.length === 0 ? start : { ...start, write_files: all };
    });
}

/**
 * Where nginx takes its certificate from when commcare-cloud is told `fake_ssl_cert`; Ubuntu makes one of its own only
 * where there is none.
 *
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/ansible/roles/nginx/templates/site.j2
 */
const shown = (pem: string, key: string) => [
    { path: "/etc/ssl/certs/ssl-cert-snakeoil.pem", permissions: "0644", content: pem },
    { path: "/etc/ssl/private/ssl-cert-snakeoil.key", permissions: "0640", content: key },
];
