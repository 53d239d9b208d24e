import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { azureTypeOf } from "../../../model/commcare/azure-types";
import { groupOf } from "../../../model/commcare/host-groups";
import { machineLayer } from "../../../model/commcare/machine-layer";
import type { Machine, MachinePlan } from "../../../model/commcare/plan";
import { services, serviceTag } from "../../../model/commcare/services";
import { ownerKeys } from "../../../model/tags";
import type { Firewall } from "./firewall";
import type { FirstStartArgs } from "./first-start";
import { firstStartOf } from "./first-start";
import type { MachineSite, MadeMachine } from "./machine";
import { machine } from "./machine";
import { patchGroupTag } from "./patch-group";

export interface MachinesArgs extends LayerArgs, MachineSite, FirstStartArgs {
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
                firstStart: firstStartOf(each.services, args),
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
