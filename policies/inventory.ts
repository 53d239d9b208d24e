import type { CarrierShape } from "../components/model/carriers";
import { carrierIn } from "../components/model/carriers/entries";
import type { Matrix, Owner } from "../components/model/matrix";
import { clusterType, isLayerType, stackType } from "../components/model/tokens";
import { textOf } from "./plain";
import { readMatrix, readOwner } from "./read-matrix";
import type { Resource } from "./resource";

const groupType = "azure-native:resources:ResourceGroup";

/** The group in an id of Azure. */
const inGroup = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)/i;

/** The resources of one stack that were seen so far, parents before children. */
export class Inventory {
    readonly #byUrn = new Map<string, Resource>();
    readonly #owners = new Map<string, Owner | undefined>();
    readonly #clusters: Resource[] = [];
    /** Resource groups of Azure by their names in small letters: Azure tells no case. */
    readonly #groups = new Map<string, Resource>();
    #matrix: Matrix | undefined;
    #stackUrn: string | undefined;

    constructor(resources: Iterable<Resource> = []) {
        for (const resource of resources) this.add(resource);
    }

    add(resource: Resource): void {
        const known = this.#byUrn.has(resource.urn);
        this.#byUrn.set(resource.urn, resource);
        if (resource.type === stackType) this.#stackUrn = resource.urn;
        if (resource.type === clusterType && !known) this.#clusters.push(resource);
        if (resource.type === clusterType) this.#matrix ??= readMatrix(resource.inputs);
        if (resource.type === groupType) {
            const name = textOf(resource.inputs["resourceGroupName"]);
            if (name !== undefined) this.#groups.set(name.toLowerCase(), resource);
        }
        if (isLayerType(resource.type)) this.#owners.set(resource.urn, readOwner(resource.inputs));
    }

    get(urn: string): Resource | undefined {
        return this.#byUrn.get(urn);
    }

    all(): Iterable<Resource> {
        return this.#byUrn.values();
    }

    /** The cluster components; exactly one is right. */
    clusters(): readonly Resource[] {
        return this.#clusters;
    }

    /** The matrix of the first cluster, or undefined when there is none that can be read. */
    matrix(): Matrix | undefined {
        return this.#matrix;
    }

    /** Where resources of a type carry their owner: by what Steward knows, else by an entry of the matrix. */
    carrierOf(type: string): CarrierShape | undefined {
        return carrierIn(this.#matrix?.carriers ?? {}, type);
    }

    /** The resource group of this stack that a resource of Azure lies in, or that what it is about lies in. */
    groupOf({ inputs }: Resource): Resource | undefined {
        const within = textOf(inputs["scope"]) ?? textOf(inputs["resourceUri"]) ?? "";
        const name = textOf(inputs["resourceGroupName"]) ?? inGroup.exec(within)?.[1];
        return name === undefined ? undefined : this.#groups.get(name.toLowerCase());
    }

    /** URN of the root stack: what a finding about no resource is put down to. */
    stackUrn(): string | undefined {
        return this.#stackUrn;
    }

    /** The parent, its parent, and so on, as far as they were seen. */
    *ancestorsOf(resource: Resource): Generator<Resource, undefined> {
        let urn = resource.parent;
        for (let depth = 0; urn !== undefined && depth < 100; depth += 1) {
            const ancestor = this.#byUrn.get(urn);
            if (ancestor === undefined) return;
            yield ancestor;
            urn = ancestor.parent;
        }
    }

    /** The owner that the nearest layer above names, or, for a layer, the one that it names itself. */
    ownerOf(resource: Resource): Owner | undefined {
        if (isLayerType(resource.type)) return this.#owners.get(resource.urn);
        for (const ancestor of this.ancestorsOf(resource)) {
            if (isLayerType(ancestor.type)) return this.#owners.get(ancestor.urn);
        }
        return undefined;
    }
}
