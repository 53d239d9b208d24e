import {
    knownKinds,
    supportedKubernetes,
    validateObject,
} from "../../../rehearsal/kubernetes/schemas";

const labels = { app: "hub" };
const container = { name: "hub", image: "quay.io/jupyterhub/k8s-hub:4.4.0" };
const deployment = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "hub", namespace: "prod", labels },
    spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
    },
};

/** The deployment with its pod's spec replaced. */
function withPod(spec: object): Record<string, unknown> {
    const template = { ...deployment.spec.template, spec };
    return { ...deployment, spec: { ...deployment.spec, template } };
}

describe.each(["oldest", "newest"] as const)("the %s supported Kubernetes", (end) => {
    it("takes a deployment as charts write it", () => {
        expect(validateObject(deployment, end)).toEqual([]);
    });

    it("takes numbers and texts alike where a port or a quantity stands", () => {
        const port = (targetPort: string | number) => ({ port: 80, targetPort });
        const service = {
            apiVersion: "v1",
            kind: "Service",
            metadata: { name: "proxy" },
            spec: { ports: [port("http"), port(8000)] },
        };
        const resources = { requests: { cpu: 1, memory: "512Mi" } };
        expect(validateObject(service, end)).toEqual([]);
        expect(validateObject(withPod({ containers: [{ ...container, resources }] }), end)).toEqual(
            [],
        );
    });

    it("refuses a field that the kind does not have, wherever it stands", () => {
        const misspelt = withPod({ containers: [{ ...container, imagePulPolicy: "Always" }] });
        expect(validateObject({ ...misspelt, owner: "2i2c" }, end)).toEqual([
            "owner: is no field of this kind",
            "spec.template.spec.containers[0].imagePulPolicy: is no field of this kind",
        ]);
    });

    it("refuses what is of another type, and does not repeat it", () => {
        const secret = {
            apiVersion: "v1",
            kind: "Secret",
            metadata: { name: "hub" },
            stringData: { password: 123456 },
        };
        expect(validateObject(secret, end)).toEqual(["stringData.password: is not of type string"]);
    });

    it("refuses an object without what it must have", () => {
        expect(validateObject(withPod({}), end)).toEqual([
            "spec.template.spec.containers: is required and not given",
        ]);
        const { replicas, template } = deployment.spec;
        const spec = { replicas, template };
        expect(validateObject({ ...deployment, spec }, end)).toEqual([
            "spec.selector: is required and not given",
        ]);
    });

    it("passes over what is not known yet, and only that", () => {
        const unknown = Symbol("unknown");
        expect(validateObject(withPod({ containers: unknown }), end)).toEqual([]);
        expect(validateObject(withPod({ containers: unknown, colour: unknown }), end)).toEqual([
            "spec.template.spec.colour: is no field of this kind",
        ]);
        expect(
            validateObject(withPod({ containers: [{ image: unknown, name: unknown }] }), end),
        ).toEqual([]);
        expect(validateObject(withPod({ containers: unknown, hostNetwork: "yes" }), end)).toEqual([
            "spec.template.spec.hostNetwork: is not of type boolean",
        ]);
    });

    it.each([
        ["data that is not base64", { data: { key: "p@ss" } }, "data.key: is not of format byte"],
        [
            "a time that is none",
            { metadata: { deletionTimestamp: "today" } },
            "metadata.deletionTimestamp: is not of format date-time",
        ],
    ])("refuses %s", (_what, more, problem) => {
        const secret = { apiVersion: "v1", kind: "Secret", ...more };
        expect(validateObject(secret, end)).toEqual([problem]);
    });

    it("refuses whole numbers past the range of their field", () => {
        const many = { ...deployment, spec: { ...deployment.spec, replicas: 2 ** 31 } };
        expect(validateObject(many, end)).toEqual(["spec.replicas: is not of format int32"]);
        expect(
            validateObject({ ...deployment, spec: { ...deployment.spec, replicas: 1.5 } }, end),
        ).toContain("spec.replicas: is not of type integer");
    });

    it("says so of a kind or version it does not know", () => {
        const version = supportedKubernetes()[end];
        const beta = { ...deployment, apiVersion: "apps/v1beta1" };
        const custom = { apiVersion: "snapshot.storage.k8s.io/v1", kind: "VolumeSnapshotClass" };
        const unknown = (kind: string) => [
            `kind: ${kind} is no kind that is known of Kubernetes ${version}`,
        ];
        expect(validateObject(beta, end)).toEqual(unknown("apps/v1beta1/Deployment"));
        expect(validateObject(custom, end)).toEqual(
            unknown("snapshot.storage.k8s.io/v1/VolumeSnapshotClass"),
        );
        expect(validateObject({ kind: "toString" }, end)).toEqual(unknown("/toString"));
    });

    it("can compile the schema of every kind it knows", () => {
        const refused = knownKinds(end).filter((key) => {
            const [, apiVersion = "", kind = ""] = /^(.*)\/([^/]+)$/.exec(key) ?? [];
            return !validateObject({ apiVersion, kind, notAField: 1 }, end).includes(
                "notAField: is no field of this kind",
            );
        });
        expect(refused).toEqual([]);
        expect(knownKinds(end)).toHaveLength(37);
    });
});

it("holds objects against two different versions", () => {
    expect(supportedKubernetes()).toEqual({ oldest: "1.32", newest: "1.36" });
});

it("refuses in the oldest what only a newer version has", () => {
    const spec = { containers: [container], hostnameOverride: "hub-0" };
    const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "hub" }, spec };
    expect(validateObject(pod, "newest")).toEqual([]);
    expect(validateObject(pod, "oldest")).toEqual([
        "spec.hostnameOverride: is no field of this kind",
    ]);
});
