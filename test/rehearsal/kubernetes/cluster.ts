import { kubernetesStandIn } from "../../../rehearsal/kubernetes/stand-in";
import { Ledger } from "../../../rehearsal/provider/ledger";
import type {
    CloudObject,
    Difference,
    ResourceRequest,
} from "../../../rehearsal/provider/stand-in";
import type { Props } from "../../../rehearsal/provider/values";

/** A kubeconfig as a platform hands it over. */
export const kubeconfig = JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "a", cluster: { server: "https://0123.gr7.us-east-2.eks.amazonaws.com" } }],
    contexts: [{ name: "a", context: { cluster: "a", user: "a" } }],
    "current-context": "a",
});

export const types = {
    claim: "kubernetes:core/v1:PersistentVolumeClaim",
    configMap: "kubernetes:core/v1:ConfigMap",
    crd: "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
    deployment: "kubernetes:apps/v1:Deployment",
    namespace: "kubernetes:core/v1:Namespace",
    priorityClass: "kubernetes:scheduling.k8s.io/v1:PriorityClass",
    roleBinding: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
    secret: "kubernetes:core/v1:Secret",
    service: "kubernetes:core/v1:Service",
    storageClass: "kubernetes:storage.k8s.io/v1:StorageClass",
} as const;

/** A cluster of the stand-in, driven as the engine drives it: check, then create, update or delete. */
export class TestCluster {
    readonly cloud = new Ledger();
    readonly #config: Props;

    constructor(config: Props = { kubeconfig }) {
        this.#config = config;
    }

    request(type: string, inputs: Props): ResourceRequest {
        const urn = `urn:pulumi:dev::steward::${type}::a`;
        return { urn, type, name: "a", inputs, cloud: this.cloud, config: this.#config };
    }

    /** What check says, as "property: reason". */
    problems(type: string, inputs: Props): string[] {
        const { failures } = kubernetesStandIn.check({
            ...this.request(type, inputs),
            old: undefined,
        });
        return failures.map(({ property, reason }) => `${property}: ${reason}`);
    }

    checked(type: string, inputs: Props, old?: Props): Props {
        const request = { ...this.request(type, inputs), old };
        const { inputs: checked, failures } = kubernetesStandIn.check(request);
        if (failures.length > 0) {
            throw new Error(
                failures.map(({ property, reason }) => `${property}: ${reason}`).join(),
            );
        }
        return checked;
    }

    create(type: string, inputs: Props): CloudObject {
        const asked = this.request(type, this.checked(type, inputs));
        const { id, outputs } = kubernetesStandIn.create({ ...asked, preview: false });
        const object = { type, id, urn: asked.urn, inputs: asked.inputs, outputs };
        this.cloud.put(object);
        return object;
    }

    update(old: CloudObject, inputs: Props): Props {
        const checked = this.checked(old.type, inputs, old.inputs);
        const asked = this.request(old.type, checked);
        return kubernetesStandIn.update({ ...asked, old, preview: false }).outputs;
    }

    diff(type: string, inputs: Props, before: Props): Difference {
        const old = { type, id: "a", urn: "a", inputs: this.checked(type, before), outputs: {} };
        const asked = this.request(type, this.checked(type, inputs, old.inputs));
        return kubernetesStandIn.diff({ ...asked, old });
    }
}

/** A Deployment that an API server takes. */
export function deployment(spec: Props = {}, pod: Props = {}, labels: Props = { app: "a" }): Props {
    const container = { name: "main", image: "registry.k8s.io/pause:3.10" };
    return {
        metadata: { name: "a" },
        spec: {
            selector: { matchLabels: { app: "a" } },
            template: { metadata: { labels }, spec: { containers: [container], ...pod } },
            ...spec,
        },
    };
}

export function claim(size: string, spec: Props = {}): Props {
    return {
        metadata: { name: "a" },
        spec: {
            accessModes: ["ReadWriteOnce"],
            resources: { requests: { storage: size } },
            ...spec,
        },
    };
}
