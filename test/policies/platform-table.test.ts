import { layersOf } from "../../components/model/layers";
import type { PlatformName } from "../../components/model/roles";
import { platformNames } from "../../components/model/roles";
import { cellOf, noLayer, platformTable, typesByLayer } from "../../policies/platform-table";
import type { Resource } from "../../policies/resource";
import { writtenColumn } from "../support/platform-doc";
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
const rowsOf = (text: string) => text.split("\n").filter((line) => line.startsWith("|"));
const rehearsed = (platform: PlatformName, resources: readonly Resource[]) =>
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
        expect(rowsOf(text)).toEqual([
            "| layer | AWS | Azure |",
            "| --- | --- | --- |",
            `| network | ${cellOf(["aws:ec2/subnet:Subnet", "aws:ec2/vpc:Vpc"])} | ${cellOf(["azure-native:network:VirtualNetwork"])} |`,
            `| home-storage | ${cellOf(["aws:efs/fileSystem:FileSystem"])} |  |`,
        ]);
    });

    it("tells a layer that a platform does not have from one that nothing carries out there", () => {
        const urn = `${network.urn}-of-hosts`;
        const hosting = { ...network, urn, inputs: { ...network.inputs, layer: "hosting" } };
        const hosts = stack(hosting, resourceAt(hosting.urn, "command:remote:Command"));
        const text = platformTable([rehearsed("aws", aws), rehearsed("vms", hosts)]);
        expect(rowsOf(text).slice(2)).toEqual([
            "| hosting | – | `command:remote:Command` |",
            `| network | ${cellOf(["aws:ec2/subnet:Subnet", "aws:ec2/vpc:Vpc"])} |  |`,
            `| home-storage | ${cellOf(["aws:efs/fileSystem:FileSystem"])} |  |`,
        ]);
    });

    it("says of a platform with several stacks what stands in any of them", () => {
        const domain = layerOf("dns-domain");
        const zone = stack(
            domain,
            resourceAt(domain.urn, "aws:route53/zone:Zone", {}, { urn: "zone" }),
            resourceAt(network.urn, "aws:ec2/eip:Eip", {}, { urn: "eip" }),
        );
        const text = platformTable([rehearsed("aws", aws), rehearsed("aws", zone)]);
        expect(rowsOf(text)).toEqual([
            "| layer | AWS |",
            "| --- | --- |",
            `| network | ${cellOf(["aws:ec2/eip:Eip", "aws:ec2/subnet:Subnet", "aws:ec2/vpc:Vpc"])} |`,
            "| dns-domain | `aws:route53/zone:Zone` |",
            `| home-storage | ${cellOf(["aws:efs/fileSystem:FileSystem"])} |`,
        ]);
    });

    it("prints nothing of a platform or a workload without a rehearsed stack", () => {
        const text = platformTable([rehearsed("aws", aws)]);
        expect(text).not.toContain("bare VMs");
        expect(text).not.toContain("CommCare");
    });

    // The engine's tests compare docs/platforms.md with the states of its stacks.
    it.each(["jupyterhub", "commcare"] as const)(
        "leaves no cell of %s on Azure empty",
        (workload) => {
            const azure = writtenColumn(workload, "azure");
            expect(azure.length).toBeGreaterThan(10);
            expect(azure.filter(([, cell]) => cell === "")).toEqual([]);
            for (const platform of platformNames) {
                const has = new Set(layersOf(workload, platform).map(([slug]): string => slug));
                for (const [layer, cell] of writtenColumn(workload, platform))
                    expect([platform, layer, cell === noLayer]).toEqual([
                        platform,
                        layer,
                        !has.has(layer),
                    ]);
            }
        },
    );
});
