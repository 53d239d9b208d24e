/** A Kubernetes object as a chart makes it, before it is given its namespace. */
export interface KubernetesObject {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: {
        readonly name: string;
        readonly namespace?: string;
        readonly labels?: Readonly<Record<string, string>>;
        readonly annotations?: Readonly<Record<string, string>>;
        readonly [field: string]: unknown;
    };
    readonly [field: string]: unknown;
}
