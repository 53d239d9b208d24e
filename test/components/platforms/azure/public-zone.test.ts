import * as pulumi from "@pulumi/pulumi";
import { publicZone, relativeName } from "../../../../components/platforms/azure/public-zone";
import { recordResources, settled } from "../../../support/record-resources";

const place = {
    subscriptionId: "s-1",
    tenantId: "t-1",
    location: "canadacentral",
    clusterName: "lab",
};

/** What the stack file's zone becomes, and how the engine is to treat each resource. */
async function made(dns: Parameters<typeof publicZone>[1]["dns"]) {
    const kept = new Map<string, [boolean | undefined, boolean | undefined]>();
    const { resources } = await recordResources();
    const parent = new pulumi.ComponentResource("steward:test:Domain", "domain", undefined, {
        transformations: [
            ({ name, opts }) => {
                const { protect, retainOnDelete } = opts as pulumi.CustomResourceOptions;
                kept.set(name, [protect, retainOnDelete]);
                return undefined;
            },
        ],
    });
    const zone = publicZone("domain", { place, dns, tags: { a: "b" } }, parent);
    await settled();
    kept.delete("domain");
    return { zone, kept, resources: resources.filter(({ name }) => name !== "domain") };
}

describe("a zone", () => {
    it("that is made lies in a group of its own, and both outlive the cluster", async () => {
        const { kept, resources } = await made({ create: "example.org", delegated: false });
        expect(resources.map(({ name, inputs }) => [name, inputs["resourceGroupName"]])).toEqual([
            ["domain-zone-group", "lab-dns"],
            ["domain-zone", "domain-zone-group"],
        ]);
        expect([...kept]).toEqual([
            ["domain-zone-group", [true, true]],
            ["domain-zone", [true, true]],
        ]);
        expect(resources.map(({ inputs }) => inputs["tags"])).toEqual([{ a: "b" }, { a: "b" }]);
    });

    it("that stands is taken where it is, and nothing is made", async () => {
        const { zone, resources } = await made({
            zone: "example.org",
            resourceGroup: "domains",
            delegated: false,
        });
        expect(resources).toEqual([]);
        expect(zone.servers).toBeUndefined();
        const id = await new Promise((resolve) => zone.id.apply(resolve));
        expect(id).toBe(
            "/subscriptions/s-1/resourceGroups/domains/providers/Microsoft.Network/dnsZones/example.org",
        );
    });
});

it("calls a domain as its zone does", () => {
    expect(relativeName("hub.example.org", "example.org")).toBe("hub");
    expect(relativeName("a.b.example.org", "example.org")).toBe("a.b");
    expect(relativeName("example.org", "example.org")).toBe("@");
});
