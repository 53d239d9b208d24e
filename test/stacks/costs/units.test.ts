import { billOf } from "../../../stacks/commands/costs/bill";
import { awsTypes } from "../../../rehearsal/aws/types";
import { billed, isFree } from "../../../stacks/commands/costs/units";
import type { StateResource } from "../../../policies/report/state";
import { beginning, layerOf, resourceAt } from "../../support/stack";
import { hubMatrix } from "../../support/matrix";

const inState = (resource: object, id?: string): StateResource =>
    ({
        name: "it",
        pendingDelete: false,
        ...resource,
        ...(id === undefined ? {} : { id }),
    }) as StateResource;

const network = layerOf("network");
const pools = layerOf("node-pools");
const homes = layerOf("home-storage", "prod");
const matrix = hubMatrix({
    layers: {
        "domain-software": { party: "community" },
        "interactive-software": { party: "operators" },
        "open-source": { party: "operators" },
        account: { party: "operators" },
    },
});

let count = 0;
function billFor(layer: typeof network, ...made: [string, Record<string, unknown>, string?][]) {
    const resources = made.map(([type, inputs, id]) => {
        count += 1;
        return inState(resourceAt(layer.urn, type, inputs, { urn: `it-${String(count)}` }), id);
    });
    return billOf([...beginning(matrix), layer].map((each) => inState(each)).concat(resources));
}
const amounts = (...args: Parameters<typeof billFor>) =>
    billFor(...args).rows.map(({ what, from, to }) => [what, from, to]);

const nat = "aws:ec2/natGateway:NatGateway";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const group = "aws:eks/nodeGroup:NodeGroup";
const service = "kubernetes:core/v1:Service";
const claim = "kubernetes:core/v1:PersistentVolumeClaim";

describe("what a cluster is billed for", () => {
    it("is summed by layer, with who answers for it and who pays: for what hubs share, the account's", () => {
        expect(billFor(network, [nat, {}], [nat, {}]).rows).toEqual([
            {
                layer: "network",
                role: "site-reliability-engineer",
                party: "operators",
                payer: "operators",
                what: "NAT gateway",
                from: 2,
                to: 2,
                unit: "hour, and GB through it",
            },
        ]);
    });

    it("counts a hub's disk as it is provisioned, on the bill of whoever answers for the hub's budget", () => {
        const volume = { type: "gp3", size: 4096, iops: 5000, throughput: 250 };
        const { rows } = billFor(homes, ["aws:ebs/volume:Volume", volume]);
        expect(rows.map(({ what, from, payer, scope }) => [what, from, payer, scope])).toEqual([
            ["EBS gp3, operations above 3000/s", 2000, "community", "prod"],
            ["EBS gp3, storage", 4096, "community", "prod"],
            ["EBS gp3, throughput above 125 MiB/s", 125, "community", "prod"],
        ]);
    });

    it("counts of a disk's speed only what its storage does not include", () => {
        const volume = { type: "gp3", size: 200, iops: 3000 };
        expect(amounts(homes, ["aws:ebs/volume:Volume", volume])).toEqual([
            ["EBS gp3, storage", 200, 200],
        ]);
    });

    it("counts a public address for each zone of a load balancer that is open to the internet", () => {
        const balancer = "aws:lb/loadBalancer:LoadBalancer";
        const subnets = ["subnet-1", "subnet-2", "subnet-3"];
        expect(
            amounts(
                network,
                [balancer, { internal: false, subnets }],
                [balancer, { internal: true, subnets }],
            ),
        ).toEqual([
            ["Load balancer", 2, 2],
            ["Public IPv4 address", 3, 3],
        ]);
    });

    it("counts a database as far as its storage may grow, and one with a standby apart", () => {
        const instance = "aws:rds/instance:Instance";
        const small = { instanceClass: "db.t4g.micro", allocatedStorage: 20 };
        expect(
            amounts(
                homes,
                [instance, { ...small, maxAllocatedStorage: 100 }],
                [instance, { ...small, multiAz: true }],
            ),
        ).toEqual([
            ["RDS db.t4g.micro", 1, 1],
            ["RDS storage", 20, 100],
            ["RDS, copies beyond the size of its storage", undefined, undefined],
            ["RDS, with a standby, db.t4g.micro", 1, 1],
            ["RDS, with a standby, storage", 20, 20],
        ]);
    });

    it("names the traffic that leaves the network, and what is free it does not", () => {
        const { rows, unknown } = billFor(
            network,
            ["aws:ec2/internetGateway:InternetGateway", {}],
            ["aws:budgets/budget:Budget", {}],
        );
        expect(rows.map(({ what, unit }) => [what, unit])).toEqual([
            ["Traffic between zones", "GB, each way"],
            ["Traffic to the internet", "GB out"],
        ]);
        expect(unknown).toEqual({});
    });

    it("counts machines from the fewest to the most, each with its disk", () => {
        const ebs = { volumeSize: 160, iops: 10_000, throughput: 590 };
        const scaled = {
            instanceTypes: ["r5.xlarge"],
            scalingConfig: { minSize: 0, maxSize: 100 },
            launchTemplate: { id: "lt-1" },
        };
        expect(
            amounts(
                pools,
                [template, { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs }] }, "lt-1"],
                [group, scaled],
            ),
        ).toEqual([
            ["Disks of machines, EBS gp3, operations above 3000/s", 0, 700_000],
            ["Disks of machines, EBS gp3, storage", 0, 16_000],
            ["Disks of machines, EBS gp3, throughput above 125 MiB/s", 0, 46_500],
            ["Machine r5.xlarge", 0, 100],
        ]);
        const spot = { ...scaled, capacityType: "SPOT" };
        expect(amounts(pools, [group, spot])).toEqual([["Spot machine r5.xlarge", 0, 100]]);
    });

    it("counts an endpoint once a zone, and one of S3 not at all", () => {
        const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";
        const subnetIds = ["subnet-1", "subnet-2", "subnet-3"];
        expect(
            amounts(
                network,
                [endpoint, { vpcEndpointType: "Interface", subnetIds }],
                [endpoint, { vpcEndpointType: "Gateway" }],
            ),
        ).toEqual([["Interface endpoint, in a zone", 3, 3]]);
    });

    it("counts the disk that a claim makes, and not one that is there already", () => {
        const asks = (storage: string) => ({ resources: { requests: { storage } } });
        expect(
            amounts(
                homes,
                [claim, { spec: asks("1Ti") }],
                [claim, { spec: asks("512Mi") }],
                [claim, { spec: { ...asks("4096Gi"), volumeName: "homes" } }],
            ),
        ).toEqual([["EBS gp3 of claims, storage", 1024.5, 1024.5]]);
    });

    it("counts no disk of a claim and no load balancer on hosts: both are the hosts' own", () => {
        const hosts = hubMatrix({ platform: "vms" });
        const layer = layerOf("home-storage", "prod", hosts);
        const asked = { resources: { requests: { storage: "20Gi" } } };
        const made = [
            resourceAt(layer.urn, claim, { spec: asked }, { urn: "claim" }),
            resourceAt(layer.urn, service, { spec: { type: "LoadBalancer" } }, { urn: "way-in" }),
        ];
        const { rows, unknown } = billOf(
            [...beginning(hosts), layer, ...made].map((each) => inState(each)),
        );
        expect([rows, unknown]).toEqual([[], {}]);
    });

    it("says by use where the use decides", () => {
        const [row] = billFor(homes, ["aws:s3/bucket:Bucket", {}]).rows;
        expect([row?.what, row?.from, row?.to]).toEqual(["S3", undefined, undefined]);
    });

    it("names what nobody wrote the units of down, and does not pass over it", () => {
        const { rows, unknown } = billFor(network, ["aws:ec2/hosted:Thing", {}]);
        expect([rows, unknown]).toEqual([[], { "aws:ec2/hosted:Thing": 1 }]);
    });

    it("is refused for a state without a cluster", () => {
        expect(() => billOf([])).toThrow("state: has no cluster that can be read; rehearse");
    });
});

/** Types that a rehearsal knows and no cluster of ours has: nobody needs their units yet. */
const unused = ["aws:dlm/lifecyclePolicy:LifecyclePolicy"];

it("knows of every type that a rehearsal knows whether it is billed, and by one table only", () => {
    const types = Object.keys(awsTypes).filter((type) => !unused.includes(type));
    expect(types.filter((type) => !Object.hasOwn(billed, type) && !isFree(type))).toEqual([]);
    expect(types.filter((type) => Object.hasOwn(billed, type) && isFree(type))).toEqual([]);
});
