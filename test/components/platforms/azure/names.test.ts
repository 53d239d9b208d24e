import * as fc from "fast-check";
import type { GlobalKind } from "../../../../components/platforms/azure/names";
import { globalName, poolName } from "../../../../components/platforms/azure/names";

const subscriptionId = "00000000-0000-4000-8000-000000000001";

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const grammars: Readonly<Record<GlobalKind, RegExp>> = {
    storageAccount: /^[a-z0-9]{3,24}$/,
    keyVault: /^(?!.*--)[a-z][a-z0-9-]{1,22}[a-z0-9]$/,
    registry: /^[a-z0-9]{5,50}$/,
    database: /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
    redis: /^(?!.*--)[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$/,
};

/** What a cluster and a hub may be called. */
const slug = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/);

describe("names that are unique in all of Azure", () => {
    it.each(Object.entries(grammars))(
        "are valid for a %s, whatever the cluster is called",
        (kind, grammar) => {
            fc.assert(
                fc.property(slug, slug, (clusterName, what) => {
                    const name = globalName(kind as GlobalKind, {
                        subscriptionId,
                        clusterName,
                        what,
                    });
                    expect(name).toMatch(grammar);
                }),
            );
        },
    );

    it("are the same each time, and others for another subscription, cluster or purpose", () => {
        const named = { subscriptionId, clusterName: "utoronto", what: "homes-prod" };
        const name = globalName("storageAccount", named);
        expect(name).toBe(globalName("storageAccount", { ...named }));
        expect(name).toMatch(/^utorontohomespr/);
        const others = [
            { ...named, subscriptionId: "00000000-0000-4000-8000-000000000009" },
            { ...named, clusterName: "utoronto-two" },
            { ...named, what: "homes-prof" },
        ].map((each) => globalName("storageAccount", each));
        expect(new Set([name, ...others]).size).toBe(4);
    });
});

describe("names of node pools", () => {
    it("fit into AKS's twelve characters, and are apart", () => {
        fc.assert(
            fc.property(slug, (hub) => {
                expect(poolName(`${hub}-user-e8s-v5`)).toMatch(/^[a-z][a-z0-9]{0,11}$/);
            }),
        );
        const nouns = ["prod", "staging", "r-prod", "r-staging"].flatMap((hub) =>
            ["e8s-v5", "e16s-v5"].map((size) => `${hub}-user-${size}`),
        );
        expect(new Set(nouns.map(poolName)).size).toBe(nouns.length);
    });
});
