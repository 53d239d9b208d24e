import { systemPool, userPool } from "../../../../components/platforms/azure/node-pool";
import { poolsOf } from "../../../../components/platforms/azure/pools";
import { nodePaths } from "../../../../components/platforms/azure/node-paths";
import { podQueries } from "../../../../components/platforms/azure/pod-queries";
import { settings } from "../../../../components/platforms/alert-mail";
import { shortName } from "../../../../components/platforms/azure/alerts";
import { securityRules } from "../../../../components/platforms/azure/security-rules";
import { firstOfMonth } from "../../../../components/platforms/azure/budget";

const pool = { vmSizes: ["Standard_E8s_v5"], max: 20, diskGiB: 200 };
const nodes = {
    core: { vmSize: "Standard_E4s_v3", zone: "2", min: 1, max: 3, diskGiB: 40 } as const,
    user: { ...pool, vmSizes: ["Standard_E8s_v5", "Standard_E16s_v5"] },
    dask: { ...pool, zones: ["1" as const] },
    encryptionAtHost: true,
};
const site = {
    subnetId: "the subnet",
    encryptionAtHost: true,
    labels: { "owner-role": "site-reliability-engineer" },
    tags: { "owner-role": "site-reliability-engineer" },
};

describe("the node pools of a cluster", () => {
    const pools = poolsOf(
        nodes,
        [
            { name: "prod", machines: ["user", "dask"] },
            { name: "staging", machines: ["user"] },
        ],
        ["1", "2", "3"],
    );

    it("are one for all, then one for each hub, kind and size, none of one name", () => {
        expect(pools.map(({ noun, zones, min, max }) => [noun, zones, min, max])).toEqual([
            ["core", ["2"], 1, 3],
            ["prod-user-e8s-v5", ["1", "2", "3"], 0, 20],
            ["prod-user-e16s-v5", ["1", "2", "3"], 0, 20],
            ["prod-dask-e8s-v5", ["1"], 0, 20],
            ["staging-user-e8s-v5", ["1", "2", "3"], 0, 20],
            ["staging-user-e16s-v5", ["1", "2", "3"], 0, 20],
        ]);
        expect(new Set(pools.map(({ name }) => name)).size).toBe(pools.length);
    });

    it("let only those onto a machine that it is for", () => {
        const [core, user, , dask] = pools;
        expect(core?.taints).toEqual([]);
        expect(user?.taints).toEqual([
            "hub.jupyter.org/dedicated=user:NoSchedule",
            "hub.jupyter.org_dedicated=user:NoSchedule",
        ]);
        expect(dask?.taints).toContain("kubernetes.azure.com/scalesetpriority=spot:NoSchedule");
    });

    it("carry their owner on machines and nodes, whatever else stands there", () => {
        const [core, user] = pools;
        if (core === undefined || user === undefined) throw new Error("lost the pools");
        expect(systemPool(core, site)).toMatchObject({
            mode: "System",
            minCount: 1,
            enableAutoScaling: true,
            enableEncryptionAtHost: true,
            tags: { ...site.tags, "node-purpose": "core" },
            nodeLabels: { ...site.labels, "hub.jupyter.org/node-purpose": "core" },
        });
        expect(userPool(user, site, "1.35")).toMatchObject({
            mode: "User",
            minCount: 0,
            tags: { ...site.tags, "node-purpose": "user", hub: "prod" },
            nodeLabels: { ...site.labels, "steward/hub": "prod" },
        });
    });

    it("follow the control plane's release, but for the core, which cannot name one", () => {
        const [core, user] = pools;
        if (core === undefined || user === undefined) throw new Error("lost the pools");
        expect(userPool(user, site, "1.35").orchestratorVersion).toBe("1.35");
        expect(systemPool(core, site)).not.toHaveProperty("orchestratorVersion");
    });

    it("begin with as many machines as they keep, but for the core, whose every change would bring them back", () => {
        const [core, user] = pools;
        if (core === undefined || user === undefined) throw new Error("lost the pools");
        expect(userPool(user, site, "1.35").count).toBe(0);
        expect(systemPool(core, site)).not.toHaveProperty("count");
    });
});

describe("what is said to Cilium", () => {
    it("names pods by their namespace: a policy of the whole cluster would shut all others", () => {
        for (const [name, { endpointSelector }] of Object.entries(nodePaths)) {
            expect([name, JSON.stringify(endpointSelector)]).toEqual([
                name,
                expect.stringContaining("k8s:io.kubernetes.pod.namespace"),
            ]);
        }
    });

    it("opens ports that are named, and to nobody outside the cluster", () => {
        const closed = nodePaths["no-machine-settings"];
        expect(closed.endpointSelector.matchExpressions).toContainEqual({
            key: "k8s:component",
            operator: "In",
            values: ["singleuser-server", "binderhub-build"],
        });
        expect(closed.egressDeny).toMatchObject([{ toCIDR: ["168.63.129.16/32"] }]);
        const rules = Object.values(nodePaths).flatMap((each) => [
            ...("egress" in each ? each.egress : []),
            ...("ingress" in each ? each.ingress : []),
        ]);
        expect(rules).not.toEqual([]);
        for (const rule of rules) {
            expect(rule.toPorts[0].ports.length).toBeGreaterThan(0);
            expect(JSON.stringify(rule)).not.toMatch(/world|all"/);
        }
    });
});

describe("what the logs of pods say", () => {
    const about = (copied: number) =>
        podQueries(copied).map(({ noun, operator, threshold }) => [noun, operator, threshold]);

    it("is that a copy failed tonight, or that a share has none that went well, where shares are copied", () => {
        const silent = ["monitoring-silent", "LessThan", 2];
        expect(about(0)).toEqual([silent]);
        expect(about(3)).toEqual([
            silent,
            ["copies-failed", "GreaterThan", 0],
            ["copies-missing", "LessThan", 3],
        ]);
        expect(podQueries(3).map(({ query }) => query)).toEqual([
            expect.any(String),
            'where Namespace == "homes-copies" and PodStatus == "Failed" and PodCreationTimeStamp > ago(20h)',
            'where Namespace == "homes-copies" and PodStatus == "Succeeded" and PodCreationTimeStamp > ago(50h)',
        ]);
    });
});

describe("how an owner is reached", () => {
    const mail = { host: "smtp.example.org", port: 587, from: "a@example.org", username: "me" };

    it("is by mail, by a webhook, or both, and never with a password in it", () => {
        const both = settings(mail, ["ops@example.org", "https://pager.example.org"]);
        expect(Object.keys(both)).toEqual(["email_configs", "webhook_configs"]);
        expect(Object.keys(settings(mail, ["ops@example.org"]))).toEqual(["email_configs"]);
        expect(JSON.stringify(both)).not.toContain('auth_password"');
        expect(JSON.stringify(both)).toContain('"require_tls":true');
        const atOnce = settings({ ...mail, port: 465 }, ["ops@example.org"]);
        expect(JSON.stringify(atOnce)).toContain('"require_tls":false');
    });

    it("has a short name of twelve characters at most", () => {
        expect(shortName("site-reliability-engineer", "2i2c")).toBe("sre 2i2c");
        expect(shortName("community-representative", "university-of-toronto")).toBe("cr universit");
    });
});

it("lets in whom a group of rules names, and where it is closed nobody else", () => {
    const ways = { web: { from: "Internet", ports: [80, 443] } };
    expect(
        securityRules(ways, false).map(({ name, access, priority }) => [name, access, priority]),
    ).toEqual([["web", "Allow", 100]]);
    const [, last] = securityRules(ways, true);
    expect(last).toMatchObject({ access: "Deny", priority: 4096, sourceAddressPrefix: "*" });
});

it("begins a budget with the month it is made in", () => {
    expect(firstOfMonth(new Date("2026-11-26T17:00:00Z"))).toBe("2026-11-01T00:00:00Z");
});
