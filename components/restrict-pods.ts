import type * as pulumi from "@pulumi/pulumi";
import { passedOn } from "./passed-on";

type Shape = Readonly<Record<string, unknown>>;

const shapeOf = (value: unknown): Shape =>
    typeof value === "object" && value !== null ? (value as Shape) : {};

/** What the Pod Security Standard `restricted` asks of every container. */
export const restrictedContainer = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
} as const;

/** What it asks of a pod, and who the pod runs as: a name in an image is no proof of not being root. */
export function restrictedPod(user: number) {
    return {
        runAsNonRoot: true,
        runAsUser: user,
        runAsGroup: user,
        seccompProfile: { type: "RuntimeDefault" },
    } as const;
}

/**
 * An engine-side transform for charts that have no values for it: their Deployments' pods give up every privilege, as
 * namespaces with `pod-security.kubernetes.io/enforce: restricted` demand.
 *
 * @param user Number of the user that the images are made for.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function restrictPods(user: number): pulumi.ResourceTransform {
    return ({ type, props, opts }) => {
        if (type !== "kubernetes:apps/v1:Deployment") return undefined;
        const spec = shapeOf(props["spec"]);
        const template = shapeOf(spec["template"]);
        const pod = shapeOf(template["spec"]);
        const containers = Array.isArray(pod["containers"]) ? (pod["containers"] as unknown[]) : [];
        const restricted = {
            ...pod,
            securityContext: { ...shapeOf(pod["securityContext"]), ...restrictedPod(user) },
            containers: containers.map((container) => ({
                ...shapeOf(container),
                securityContext: {
                    ...shapeOf(shapeOf(container)["securityContext"]),
                    ...restrictedContainer,
                },
            })),
        };
        return {
            props: { ...props, spec: { ...spec, template: { ...template, spec: restricted } } },
            opts: passedOn(opts),
        };
    };
}
