import type * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { groupOf } from "../../../model/commcare/host-groups";
import type { Machine, MachinePlan } from "../../../model/commcare/plan";
import { services, serviceTag } from "../../../model/commcare/services";
import { machineLayer } from "../../../model/commcare/machine-layer";
import { ec2TypeOf } from "../../../model/commcare/ec2-types";
import { ownerKeys } from "../../../model/tags";
import type { ControlStart } from "./control-start";
import { controlStart } from "./control-start";
import type { Firewall } from "./firewall";
import type { Identities } from "./identities";
import type { MachineSite } from "./machine";
import { machine } from "./machine";
import { patchGroupTag } from "./patch-group";

export interface MachinesArgs extends LayerArgs, MachineSite {
    readonly plan: MachinePlan;
    /** Those whose innermost layer this is. */
    readonly machines: readonly Machine[];
    /** In the order of the stack file. */
    readonly zones: readonly string[];
    /** By zone: where machines of applications stand, and where those that keep data do. */
    readonly subnets: {
        readonly private: Readonly<Record<string, pulumi.Output<string>>>;
        readonly data: Readonly<Record<string, pulumi.Output<string>>>;
    };
    readonly firewall: Firewall;
    readonly identities: Identities;
    /** What the control machine does at its first start. */
    readonly control: ControlStart;
    /** Of disks of data. */
    readonly dataKeyArn: pulumi.Input<string>;
    /** The roles that answer for the operating system and for the hosting of every machine. */
    readonly below: { readonly os: string; readonly hosting: string };
}

/** The machines of one layer: their tags name it, and beside it who answers for what lies below. */
export class Machines extends Layer {
    /** By the names of the plan. */
    readonly instances: Readonly<Record<string, ec2.Instance>>;

    constructor(name: string, args: MachinesArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:Machines", name, args, opts);
        this.instances = Object.fromEntries(
            args.machines.map((each) => [each.name, this.#machine(name, each, args)]),
        );
        this.registerOutputs();
    }

    #machine(name: string, each: Machine, args: MachinesArgs): ec2.Instance {
        const { plan, zones, subnets, firewall, identities, dataKeyArn, below, control } = args;
        const zone = zones[each.zone];
        const keepsData = keeps(each);
        const subnetId = subnets[standsWithData(each) ? "data" : "private"][zone ?? ""];
        if (zone === undefined || subnetId === undefined) {
            throw new Error(
                `${each.name} stands in zone ${String(each.zone)} of ${zones.join(", ")}`,
            );
        }
        const group = groupOf(each, plan);
        return machine(
            `${name}-${each.name}`,
            {
                ...args,
                host: each.name,
                instanceType: each.instanceType ?? ec2TypeOf(each),
                zone,
                subnetId,
                groupId: firewall.idOf(group),
                profileName: identities.profileOf(group),
                rootGiB: each.rootGiB,
                data:
                    each.dataGiB === null
                        ? undefined
                        : { sizeGiB: each.dataGiB, keyArn: dataKeyArn },
                firstStart: each.services.includes("control") ? controlStart(control) : {},
                keepsData,
                tags: this.tags({
                    Name: `${args.clusterName}-${each.name}`,
                    [serviceTag]: each.services.join(" ").slice(0, 256),
                    [ownerKeys.os]: below.os,
                    [ownerKeys.hosting]: below.hosting,
                }),
                patchGroup: patchGroupTag(args.clusterName, machineLayer(each)),
            },
            this,
        );
    }
}

/** Whether what it keeps cannot be had again, or not in a day. */
function keeps({ services: run, dataGiB }: Machine): boolean {
    return dataGiB !== null || run.some((slug) => (services[slug].data?.backup ?? null) !== null);
}

const standsWithData = (machine: Machine): boolean => machineLayer(machine) === "data-services";
