import type * as pulumi from "@pulumi/pulumi";
import { passedOn } from "./passed-on";
import type { PodIdentity } from "./platforms/foundation";

interface Shape {
    readonly metadata?: {
        readonly name?: string;
        readonly labels?: object;
        readonly annotations?: object;
    };
    readonly spec?: {
        readonly template?: Shape & { readonly spec?: { readonly serviceAccountName?: string } };
    };
}

/**
 * An engine-side transform for charts: pods of a service account are given its identity in the cloud, whatever the
 * chart calls the values for it. Nothing where the platform writes nothing on them.
 */
export function identifyPods(
    serviceAccount: string,
    { accountAnnotations, podLabels, podAnnotations }: PodIdentity,
): pulumi.ResourceTransform {
    const written = [accountAnnotations, podLabels, podAnnotations].some(
        (each) => Object.keys(each).length > 0,
    );
    return ({ type, props, opts }) => {
        if (!written) return undefined;
        const { metadata = {}, spec, ...rest } = props as Shape;
        if (type === "kubernetes:core/v1:ServiceAccount" && metadata.name === serviceAccount) {
            const annotations = { ...metadata.annotations, ...accountAnnotations };
            return {
                props: { ...props, metadata: { ...metadata, annotations } },
                opts: passedOn(opts),
            };
        }
        const { template } = spec ?? {};
        if (template?.spec?.serviceAccountName !== serviceAccount) return undefined;
        const marked = {
            ...template.metadata,
            labels: { ...template.metadata?.labels, ...podLabels },
            annotations: { ...template.metadata?.annotations, ...podAnnotations },
        };
        const changed = { ...spec, template: { ...template, metadata: marked } };
        return { props: { ...rest, metadata, spec: changed }, opts: passedOn(opts) };
    };
}
