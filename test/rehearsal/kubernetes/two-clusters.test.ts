import { kubernetesStandIn } from "../../../rehearsal/kubernetes/stand-in";
import { Ledger } from "../../../rehearsal/provider/ledger";
import { kubeconfig, types } from "./cluster";

const elsewhere = kubeconfig.replace("0123", "4567");
const realmOf = (config: string) => kubernetesStandIn.realmOf?.({ kubeconfig: config }) ?? "";

const namespace = { metadata: { name: "prod" } };

/** What the service does for a provider of one cluster. */
function create(ledger: Ledger, config: string, type: string, inputs: object): void {
    const realm = realmOf(config);
    const urn = `urn:pulumi:${realm}::steward::${type}::a`;
    const asked = { urn, type, name: "a", inputs: { ...inputs }, config: { kubeconfig: config } };
    const request = { ...asked, cloud: ledger.within(realm) };
    const { id, outputs } = kubernetesStandIn.create({ ...request, preview: false });
    ledger.put({ type, id, urn, inputs: asked.inputs, outputs, realm });
}

it("keeps two clusters of one account apart: each has its own namespace of a name, once", () => {
    const ledger = new Ledger();
    create(ledger, kubeconfig, types.namespace, namespace);
    create(ledger, elsewhere, types.namespace, namespace);
    expect(ledger.all(types.namespace)).toHaveLength(2);
    expect(() => {
        create(ledger, elsewhere, types.namespace, namespace);
    }).toThrow('Namespace "prod" already exists');
});

it("shows a cluster nothing of the other, not even after it is gone", () => {
    const ledger = new Ledger();
    create(ledger, kubeconfig, types.namespace, namespace);
    const map = { metadata: { name: "a", namespace: "prod" } };
    expect(() => {
        create(ledger, elsewhere, types.configMap, map);
    }).toThrow('namespaces "prod" not found');
    create(ledger, elsewhere, types.namespace, namespace);
    ledger.drop(types.namespace, "prod", realmOf(kubeconfig));
    expect(ledger.within(realmOf(kubeconfig)).find(types.namespace, "prod")).toBeUndefined();
    expect(ledger.within(realmOf(elsewhere)).all(types.namespace)).toHaveLength(1);
    expect([...ledger.within(realmOf(kubeconfig)).mentioning("prod")]).toEqual([]);
});
