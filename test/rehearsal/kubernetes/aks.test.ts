import { claim, TestCluster, types } from "./cluster";

const kubeconfig = JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
        { name: "a", cluster: { server: "https://geolab-1.hcp.canadacentral.azmk8s.io:443" } },
    ],
    contexts: [{ name: "a", context: { cluster: "a", user: "a" } }],
    "current-context": "a",
});

/** A cluster of AKS, beside which its resource stands in the account. */
function aks(): TestCluster {
    const made = new TestCluster({ kubeconfig });
    const type = "azure-native:containerservice:ManagedCluster";
    made.cloud.put({ type, id: "/geolab", urn: "urn", inputs: {}, outputs: {} });
    return made;
}

const balancer = (annotations: Record<string, string> = {}) => ({
    metadata: { name: "a", annotations },
    spec: { type: "LoadBalancer", ports: [{ port: 443 }] },
});

describe("a cluster of AKS", () => {
    it("gives a balancer an address, and the one that it is asked for", () => {
        const made = aks().create(types.service, balancer()).outputs["status"];
        expect(made).toEqual({
            loadBalancer: {
                ingress: [{ ip: expect.stringMatching(/^198\.18\.\d+\.\d+$/) as string }],
            },
        });
        const key = "service.beta.kubernetes.io/azure-load-balancer-ipv4";
        const asked = aks().create(types.service, balancer({ [key]: "192.0.2.7" }));
        expect(asked.outputs["status"]).toEqual({
            loadBalancer: { ingress: [{ ip: "192.0.2.7" }] },
        });
    });

    it("has classes from the start, one of them the default, whose claims may grow", () => {
        const cluster = aks();
        const made = cluster.create(types.claim, claim("1Gi", {}));
        expect(made.id).toBe("default/a");
        expect(cluster.update(made, claim("2Gi", {}))).toMatchObject({ metadata: { name: "a" } });
        const again = { metadata: { name: "managed-csi" }, provisioner: "disk.csi.azure.com" };
        expect(() => cluster.create(types.storageClass, again)).toThrow("already exists");
        expect(() => new TestCluster().create(types.claim, claim("1Gi", {}))).toThrow("Pending");
    });

    it("brings the kinds of snapshots and of Cilium", () => {
        const policy = "kubernetes:cilium.io/v2:CiliumNetworkPolicy";
        const snapshots = "kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshotClass";
        const named = { metadata: { name: "a" } };
        expect(aks().create(policy, named).id).toBe("default/a");
        expect(aks().create(snapshots, named).id).toBe("a");
        expect(() => new TestCluster().create(policy, named)).toThrow("no matches for kind");
    });
});
