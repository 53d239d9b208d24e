import { cellOf, platformTable, typesByLayer } from "../../policies/platform-table";
import type { Resource } from "../../policies/resource";
import { beginning, layerOf, resourceAt } from "../support/stack";

const network = layerOf("network");
const homes = layerOf("home-storage", "prod");
const stack = (...made: readonly Resource[]): Resource[] => [
    ...beginning(),
    network,
    homes,
    ...made,
];
const aws = stack(
    resourceAt(network.urn, "aws:ec2/vpc:Vpc", {}, { urn: "vpc" }),
    resourceAt(network.urn, "aws:ec2/subnet:Subnet", {}, { urn: "a" }),
    resourceAt(network.urn, "aws:ec2/subnet:Subnet", {}, { urn: "b" }),
    resourceAt(homes.urn, "aws:efs/fileSystem:FileSystem", {}, { urn: "homes" }),
);
const azure = stack(
    resourceAt(network.urn, "azure-native:network:VirtualNetwork", {}, { urn: "network" }),
);
const rehearsed = (platform: "aws" | "azure", resources: readonly Resource[]) =>
    ({ stack: `jupyterhub-${platform}`, workload: "jupyterhub", platform, resources }) as const;

describe("the table of platforms", () => {
    it("finds each type of a layer once, of all hubs together, and no component", () => {
        expect([...typesByLayer(aws)]).toEqual([
            ["network", ["aws:ec2/subnet:Subnet", "aws:ec2/vpc:Vpc"]],
            ["home-storage", ["aws:efs/fileSystem:FileSystem"]],
        ]);
    });

    it("names the file on a host in the place of the command that keeps it, once for all hosts", () => {
        const command = (urn: string, script: string) =>
            resourceAt(
                network.urn,
                "command:remote:Command",
                { create: `sudo -n sh -c 'set -eu\n${script.replaceAll("'", "'\\''")}\n'` },
                { urn },
            );
        const hosts = stack(
            command("a", "path='/etc/steward/firewall.nft'\ncat >\"$path\""),
            command("b", "path='/etc/steward/firewall.nft'\ncat >\"$path\""),
            command("c", "apt-get install nftables"),
        );
        expect([...typesByLayer(hosts)]).toEqual([
            ["network", ["/etc/steward/firewall.nft", "command:remote:Command"]],
        ]);
    });

    it("has a column for each platform and a row for each layer that something carries out", () => {
        const text = platformTable([rehearsed("aws", aws), rehearsed("azure", azure)]);
        expect(text.split("\n").filter((line) => line.startsWith("|"))).toEqual([
            "| layer | AWS | Azure |",
            "| --- | --- | --- |",
            `| network | ${cellOf(["aws:ec2/subnet:Subnet", "aws:ec2/vpc:Vpc"])} | ${cellOf(["azure-native:network:VirtualNetwork"])} |`,
            `| home-storage | ${cellOf(["aws:efs/fileSystem:FileSystem"])} |  |`,
        ]);
    });

    it("prints nothing of a platform or a workload without a rehearsed stack", () => {
        const text = platformTable([rehearsed("aws", aws)]);
        expect(text).not.toContain("bare VMs");
        expect(text).not.toContain("CommCare");
    });
});
