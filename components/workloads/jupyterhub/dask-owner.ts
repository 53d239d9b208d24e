import type * as pulumi from "@pulumi/pulumi";
import type { Owner } from "../../model/matrix";
import { contactAnnotation, ownerLabels } from "../../model/tags";
import { passedOn } from "../../passed-on";
import { daskOwnerConfig } from "./dask-config";
import { daskNames } from "./dask-names";

type Labels = Readonly<Record<string, string>>;

/**
 * The owner of what a Dask gateway makes, as its configuration reads it.
 *
 * @param podLabels By which the cloud gives pods their identity.
 */
export function daskOwner(owner: Owner, podLabels: Labels = {}): string {
    return JSON.stringify({
        labels: { ...podLabels, ...ownerLabels(owner) },
        annotations: { [contactAnnotation]: owner.contact },
    });
}

/**
 * An engine-side transform that tells a Dask gateway and its controller whose the clusters are: in a file of its own
 * beside each configuration, where a rule finds it, and by the lines that read it.
 */
export function handOnToClusters(owner: Owner, podLabels: Labels = {}): pulumi.ResourceTransform {
    return ({ type, props, opts }) => {
        if (type !== "kubernetes:core/v1:ConfigMap") return undefined;
        const data = (props["data"] ?? {}) as Readonly<Record<string, unknown>>;
        const config = data[daskNames.config];
        if (typeof config !== "string") return undefined;
        const handed = {
            ...data,
            [daskNames.config]: config + daskOwnerConfig,
            [daskNames.owner]: daskOwner(owner, podLabels),
        };
        return { props: { ...props, data: handed }, opts: passedOn(opts) };
    };
}
