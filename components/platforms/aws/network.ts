import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { AwsSpec } from "../../model/spec/aws";
import { flowLog } from "./flow-log";
import { interfaceEndpoints } from "./interface-endpoints";
import type { ZoneRanges } from "./network-plan";
import { planNetwork } from "./network-plan";
import type { Place } from "./place";

export interface NetworkArgs extends LayerArgs {
    readonly clusterName: string;
    readonly place: Place;
    /** What stands in it. */
    readonly serves: keyof typeof tiers;
    /** The range of the VPC, /16 to /20. */
    readonly cidr: string;
    /** Two or three availability zones. Adding one at the end moves no subnet. */
    readonly zones: readonly string[];
    /** `single`: cheaper, and when its zone fails no node reaches the internet. */
    readonly natGateways: "per-zone" | "single";
    readonly interfaceEndpoints: AwsSpec["network"]["interfaceEndpoints"];
    readonly flowLogs: AwsSpec["network"]["flowLogs"];
}

/**
 * The third tier of subnets, and what the others are tagged with. `kubernetes`: no way out, for the interfaces of
 * the control plane; load balancers of a Service look for their subnets by a tag. `machines`: for what keeps data,
 * with a way out, since its packages come from outside like everybody's.
 */
const tiers = {
    kubernetes: {
        inner: "intra",
        reachesOut: false,
        publicTags: { "kubernetes.io/role/elb": "1" },
        privateTags: { "kubernetes.io/role/internal-elb": "1" },
    },
    machines: { inner: "data", reachesOut: true, publicTags: {}, privateTags: {} },
} as const;

/** The network layer on AWS: one VPC for one cluster. */
export class Network extends Layer {
    readonly vpcId: pulumi.Output<string>;
    /** By zone: where load balancers stand. */
    readonly publicSubnets: Readonly<Record<string, pulumi.Output<string>>>;
    /** By zone: where nodes, or machines of applications, run. */
    readonly privateSubnets: Readonly<Record<string, pulumi.Output<string>>>;
    /** By zone: where the control plane reaches into the VPC, or where data is kept. */
    readonly innerSubnets: Readonly<Record<string, pulumi.Output<string>>>;
    /** By zone. */
    readonly natGateways: Readonly<Record<string, ec2.NatGateway>>;
    /** What must stand before a node can reach the internet. */
    readonly ready: readonly pulumi.Resource[];

    readonly #name: string;
    readonly #clusterName: string;
    readonly #routes: ec2.Route[] = [];

    constructor(name: string, args: NetworkArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:Network", name, args, opts);
        this.#name = name;
        this.#clusterName = args.clusterName;

        const vpc = new ec2.Vpc(
            `${name}-vpc`,
            {
                cidrBlock: args.cidr,
                enableDnsSupport: true,
                enableDnsHostnames: true, // nodes find the private endpoint of the API by its name
                tags: this.#named("vpc"),
            },
            { parent: this },
        );
        this.vpcId = vpc.id;
        this.#emptyDefaults(vpc);

        const gateway = new ec2.InternetGateway(
            `${name}-internet`,
            { vpcId: vpc.id, tags: this.#named("internet") },
            { parent: this },
        );
        const publicTable = this.#table("public");
        this.#route("public-out", publicTable, { gatewayId: gateway.id });
        const { inner, reachesOut, publicTags, privateTags } = tiers[args.serves];
        const innerTable = reachesOut ? undefined : this.#table(inner);

        const plan = planNetwork(args.cidr);
        const zones = args.zones.map((zone, at) => ({ zone, ranges: plan[at] as ZoneRanges }));
        const publicSubnets: Record<string, ec2.Subnet> = {};
        const privateSubnets: Record<string, pulumi.Output<string>> = {};
        const innerSubnets: Record<string, pulumi.Output<string>> = {};
        const inside = (zone: string, range: string, table: ec2.RouteTable) => {
            innerSubnets[zone] = this.#subnet(inner, zone, range, table).id;
        };
        for (const { zone, ranges } of zones) {
            const range = ranges.public;
            publicSubnets[zone] = this.#subnet("public", zone, range, publicTable, publicTags);
            if (innerTable !== undefined) inside(zone, ranges.inner, innerTable);
        }
        this.natGateways = this.#natGateways(args, publicSubnets, gateway);
        const tables = [publicTable];
        const fallback = Object.values(this.natGateways)[0];
        for (const { zone, ranges } of zones) {
            const table = this.#table(`private-${zone}`);
            tables.push(table);
            const nat = this.natGateways[zone] ?? fallback;
            if (nat !== undefined)
                this.#route(`private-${zone}-out`, table, { natGatewayId: nat.id });
            const subnet = this.#subnet("private", zone, ranges.private, table, privateTags);
            privateSubnets[zone] = subnet.id;
            if (innerTable === undefined) inside(zone, ranges.inner, table);
        }
        this.publicSubnets = Object.fromEntries(
            Object.entries(publicSubnets).map(([zone, { id }]) => [zone, id]),
        );
        this.privateSubnets = privateSubnets;
        this.innerSubnets = innerSubnets;

        // Free, and keeps images and scratch data off the NAT gateways, which bill by the byte. Without a policy:
        // users read open data unsigned and other accounts' with credentials of theirs, and the layers of images
        // come by links that ECR signed. One that let only this account pass would refuse all three.
        const s3 = new ec2.VpcEndpoint(
            `${name}-s3`,
            {
                vpcId: vpc.id,
                serviceName: `com.amazonaws.${args.place.region}.s3`,
                vpcEndpointType: "Gateway",
                routeTableIds: tables.map((table) => table.id),
                tags: this.#named("s3"),
            },
            { parent: this },
        );
        flowLog(
            `${name}-flow-log`,
            {
                ...args.flowLogs,
                clusterName: args.clusterName,
                place: args.place,
                vpcId: vpc.id,
                tags: this.#named("flow-log"),
            },
            this,
        );
        const endpoints = interfaceEndpoints(
            name,
            {
                place: args.place,
                cidr: args.cidr,
                vpcId: vpc.id,
                subnetIds: Object.values(innerSubnets),
                services: args.interfaceEndpoints,
                tagsOf: (noun) => this.#named(noun),
            },
            this,
        );
        this.ready = [...this.#routes, s3, ...endpoints];
        this.registerOutputs({ vpcId: this.vpcId });
    }

    /** What AWS makes with every VPC and nobody asked for: taken over, so that it has an owner, and left empty. */
    #emptyDefaults(vpc: ec2.Vpc): void {
        new ec2.DefaultSecurityGroup(
            `${this.#name}-default-group`,
            { vpcId: vpc.id, ingress: [], egress: [], tags: this.#named("default-group") },
            { parent: this },
        );
        new ec2.DefaultRouteTable(
            `${this.#name}-default-routes`,
            {
                defaultRouteTableId: vpc.defaultRouteTableId,
                routes: [],
                tags: this.#named("default-routes"),
            },
            { parent: this },
        );
    }

    #natGateways(
        { zones, natGateways }: NetworkArgs,
        subnets: Readonly<Record<string, ec2.Subnet>>,
        gateway: ec2.InternetGateway,
    ): Record<string, ec2.NatGateway> {
        const where = natGateways === "single" ? zones.slice(0, 1) : zones;
        return Object.fromEntries(
            where.map((zone) => {
                const address = new ec2.Eip(
                    `${this.#name}-nat-${zone}`,
                    { domain: "vpc", tags: this.#named(`nat-${zone}`) },
                    { parent: this, dependsOn: [gateway] },
                );
                const nat = new ec2.NatGateway(
                    `${this.#name}-nat-${zone}`,
                    {
                        allocationId: address.id,
                        connectivityType: "public",
                        ...(subnets[zone] === undefined ? {} : { subnetId: subnets[zone].id }),
                        tags: this.#named(`nat-${zone}`),
                    },
                    { parent: this, dependsOn: [gateway] },
                );
                return [zone, nat];
            }),
        );
    }

    #subnet(
        kind: string,
        zone: string,
        cidrBlock: string,
        table: ec2.RouteTable,
        tags: Readonly<Record<string, string>> = {},
    ): ec2.Subnet {
        const noun = `${kind}-${zone}`;
        const subnet = new ec2.Subnet(
            `${this.#name}-${noun}`,
            {
                vpcId: this.vpcId,
                availabilityZone: zone,
                cidrBlock,
                mapPublicIpOnLaunch: false,
                tags: this.#named(noun, tags),
            },
            { parent: this },
        );
        new ec2.RouteTableAssociation(
            `${this.#name}-${noun}`,
            { subnetId: subnet.id, routeTableId: table.id },
            { parent: this },
        );
        return subnet;
    }

    #table(noun: string): ec2.RouteTable {
        return new ec2.RouteTable(
            `${this.#name}-${noun}`,
            { vpcId: this.vpcId, tags: this.#named(noun) },
            { parent: this },
        );
    }

    #route(
        noun: string,
        table: ec2.RouteTable,
        to: Pick<ec2.RouteArgs, "gatewayId"> | Pick<ec2.RouteArgs, "natGatewayId">,
    ): void {
        const args = { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...to };
        this.#routes.push(new ec2.Route(`${this.#name}-${noun}`, args, { parent: this }));
    }

    #named(noun: string, extra: Readonly<Record<string, string>> = {}): Record<string, string> {
        return this.tags({ Name: `${this.#clusterName}-${noun}`, ...extra });
    }
}
