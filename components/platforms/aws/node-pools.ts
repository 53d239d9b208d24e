import type * as ec2 from "@pulumi/aws/ec2";
import * as eks from "@pulumi/aws/eks";
import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { purposeTag } from "../../model/machines";
import type { AwsSpec } from "../../model/spec/aws";
import { ownerKeys } from "../../model/tags";
import { keyPolicy, startsMachines } from "./key-policy";
import { findImage, imageParameter } from "./node-image";
import type { NodeRole } from "./node-role";
import { nodeRole } from "./node-role";
import { nodeTemplate } from "./node-template";
import type { Place } from "./place";
import type { Pool, PoolGroup } from "./pools";
import { nodeTemplateTags, tagScalingGroup } from "./scaling-group-tags";

export interface NodePoolsArgs extends LayerArgs {
    readonly clusterName: string;
    readonly cluster: eks.Cluster;
    readonly place: Place;
    readonly kubernetes: AwsSpec["kubernetes"];
    /** The first is what the hubs share. */
    readonly pools: readonly Pool[];
    /** By zone. */
    readonly subnets: Readonly<Record<string, pulumi.Output<string>>>;
    /** What must stand before a node joins. */
    readonly ready: readonly pulumi.Resource[];
}

/** The node pools layer on AWS: the machines that the hubs share, and each hub's own. */
export class NodePools extends Layer {
    readonly core: eks.NodeGroup;
    /** Of every node. */
    readonly role: NodeRole["role"];

    readonly #name: string;
    readonly #args: NodePoolsArgs;
    readonly #images = new Map<string, pulumi.Output<string>>();

    constructor(name: string, args: NodePoolsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:NodePools", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { clusterName, place } = args;

        const key = new kms.Key(
            `${name}-key`,
            {
                description: `Root disks of the nodes of ${clusterName}`,
                enableKeyRotation: true,
                deletionWindowInDays: 30,
                policy: keyPolicy(place, ...startsMachines(place)),
                tags: this.tags({ Name: `${clusterName}-nodes` }),
            },
            { parent: this },
        );
        const role = nodeRole(name, { clusterName, place, tags: this.tags() }, this);
        this.role = role.role;
        const groups = args.pools.flatMap((pool) => this.#pool(pool, key, role));
        const [core] = groups;
        if (core === undefined) throw new Error("a cluster has machines");
        this.core = core;
        this.registerOutputs();
    }

    /** The machines of one pool: what they start from, and the groups that start them. */
    #pool(pool: Pool, key: kms.Key, role: NodeRole): eks.NodeGroup[] {
        const { clusterName, cluster, kubernetes } = this.#args;
        const template = nodeTemplate(
            `${this.#name}-${pool.noun}`,
            {
                clusterName,
                cluster,
                kubernetes,
                imageId: this.#image(pool),
                key,
                pool,
                labels: this.labels(pool.labels),
                tags: this.#machineTags(pool, pool.noun),
            },
            this,
        );
        return pool.groups.map((group) => {
            const made = this.#group(pool, group, template, role);
            const tags = this.tags({ ...tagsOf(pool), ...nodeTemplateTags(pool) });
            tagScalingGroup(`${this.#name}-${group.noun}`, made, tags, this);
            return made;
        });
    }

    #group(
        pool: Pool,
        { noun, zones, min, max }: PoolGroup,
        template: ec2.LaunchTemplate,
        { role, policies }: NodeRole,
    ): eks.NodeGroup {
        const { cluster, subnets, ready } = this.#args;
        return new eks.NodeGroup(
            `${this.#name}-${noun}`,
            {
                clusterName: cluster.name,
                nodeGroupNamePrefix: `${noun.slice(0, 36)}-`, // EKS takes 63, and 26 follow
                nodeRoleArn: role.arn,
                subnetIds: zones.flatMap((zone) => subnets[zone] ?? []),
                instanceTypes: [...pool.instanceTypes],
                capacityType: pool.spot ? "SPOT" : "ON_DEMAND",
                // The image stands in the template, so neither a version nor a release may stand here.
                launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
                scalingConfig: { minSize: min, maxSize: max, desiredSize: min },
                updateConfig: { maxUnavailable: 1 },
                nodeRepairConfig: { enabled: true },
                labels: this.labels(pool.labels),
                taints: pool.taints.map((taint) => ({ ...taint, effect: "NO_SCHEDULE" })),
                tags: this.#machineTags(pool, noun),
            },
            {
                parent: this,
                dependsOn: [...policies, ...ready],
                ignoreChanges: ["scalingConfig.desiredSize"], // the autoscaler's, from the first pod on
            },
        );
    }

    #machineTags(pool: Pool, noun: string): Record<string, string> {
        return this.tags({ ...tagsOf(pool), Name: `${this.#args.clusterName}-${noun}` });
    }

    /** Asked for once for each kind of machine. */
    #image({ instanceTypes: [type = ""], gpus }: Pool): pulumi.Output<string> {
        const wanted = imageParameter(
            this.#args.kubernetes,
            type,
            gpus > 0 ? "nvidia" : "standard",
        );
        const image = this.#images.get(wanted) ?? findImage(wanted, this);
        this.#images.set(wanted, image);
        return image;
    }
}

/** What costs are told apart by. */
function tagsOf({ purpose, hub }: Pool): Record<string, string> {
    return { [purposeTag]: purpose, ...(hub === undefined ? {} : { [ownerKeys.hub]: hub }) };
}
