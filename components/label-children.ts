import type * as pulumi from "@pulumi/pulumi";
import type { Owner } from "./model/matrix";
import { passedOn } from "./passed-on";
import { contactAnnotation, ownerLabels } from "./model/tags";

type Shape = Record<string, unknown>;

const isShape = (value: unknown): value is Shape => typeof value === "object" && value !== null;

function labelled(metadata: unknown, owner: Owner): Shape {
    const own = isShape(metadata) ? metadata : {};
    return {
        ...own,
        labels: { ...(isShape(own["labels"]) ? own["labels"] : {}), ...ownerLabels(owner) },
        annotations: {
            ...(isShape(own["annotations"]) ? own["annotations"] : {}),
            [contactAnnotation]: owner.contact,
        },
    };
}

/** `{ spec: { template: { metadata } } }`: what makes pods; never the selectors, which are immutable. */
function labelTemplate(spec: unknown, owner: Owner): unknown {
    if (!isShape(spec) || !isShape(spec["template"])) return spec;
    const template = spec["template"];
    return { ...spec, template: { ...template, metadata: labelled(template["metadata"], owner) } };
}

/**
 * An engine-side transform that writes the owner on every Kubernetes object below a layer, those of a Helm
 * chart included, which no constructor of ours ever sees.
 */
export function labelChildren(owner: Owner): pulumi.ResourceTransform {
    return ({ type, props, opts }) => {
        if (!type.startsWith("kubernetes:") || type.startsWith("kubernetes:helm.sh/"))
            return undefined;
        const labelledProps: Shape = { ...props, metadata: labelled(props["metadata"], owner) };
        if ("spec" in props) labelledProps["spec"] = labelTemplate(props["spec"], owner);
        return { props: labelledProps, opts: passedOn(opts) };
    };
}
