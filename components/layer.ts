import * as pulumi from "@pulumi/pulumi";
import type { Owner } from "./model/matrix";
import { contactAnnotation, ownerLabels, ownerTags } from "./model/tags";

/** What every layer is made from. */
export interface LayerArgs {
    /** Who answers for it. */
    readonly owner: Owner;
    /** Tags of the whole cluster for cloud resources; the owner's keys win. */
    readonly commonTags?: Readonly<Record<string, string>>;
}

/**
 * A slice of the cluster that one role answers for: the one base class. Every resource we create is the child
 * of exactly one layer, and every layer is a child of the cluster.
 */
export abstract class Layer extends pulumi.ComponentResource {
    /** Plain strings, never Outputs: a policy that meets an unknown owner could only advise. */
    readonly owner: Owner;
    readonly #commonTags: Readonly<Record<string, string>>;

    protected constructor(
        type: `steward:${string}:${string}`,
        name: string,
        { owner, commonTags = {} }: LayerArgs,
        opts: pulumi.ComponentResourceOptions,
    ) {
        super(type, name, { ...owner }, opts); // as inputs, so that the policies can read them
        this.owner = owner;
        this.#commonTags = commonTags;
    }

    /** Tags for a child, over `extra`: the owner always wins. */
    protected tags(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
        return { ...this.#commonTags, ...extra, ...ownerTags(this.owner) };
    }

    /** Labels for a Kubernetes child, over `extra`: the owner always wins. */
    protected labels(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
        return { ...extra, ...ownerLabels(this.owner) };
    }

    /** Metadata for a Kubernetes child: the owner as labels, the contact as an annotation. */
    protected metadata(
        name: string,
        namespace?: pulumi.Input<string>,
    ): {
        name: string;
        namespace?: pulumi.Input<string>;
        labels: Record<string, string>;
        annotations: Record<string, string>;
    } {
        return {
            name,
            ...(namespace === undefined ? {} : { namespace }),
            labels: this.labels(),
            annotations: { [contactAnnotation]: this.owner.contact },
        };
    }
}
