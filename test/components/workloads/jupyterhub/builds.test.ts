import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../../../../components/cluster";
import { agentIdentity } from "../../../../components/platforms/aws/agent-identity";
import { ownerOf } from "../../../../components/model/matrix";
import { ownerLabels } from "../../../../components/model/tags";
import {
    binderFiles,
    binderSettings,
} from "../../../../components/workloads/jupyterhub/builds/binder-config";
import { buildPod } from "../../../../components/workloads/jupyterhub/builds/build-pod";
import { buildRights } from "../../../../components/workloads/jupyterhub/builds/build-room";
import { buildPolicies } from "../../../../components/workloads/jupyterhub/builds/build-security";
import { openBuilds } from "../../../../components/workloads/jupyterhub/builds/builds";
import { hubValues } from "../../../../components/workloads/jupyterhub/values";
import chartKeys from "../../../../rehearsal/kubernetes/charts/jupyterhub/keys.json";
import type { Keys } from "../../../../rehearsal/kubernetes/charts/keys";
import { unknownKeys } from "../../../../rehearsal/kubernetes/charts/keys";
import { validateObject } from "../../../../rehearsal/kubernetes/schemas";
import type { Props } from "../../../../rehearsal/provider/values";
import type { Recorded } from "../../../support/record-resources";
import { recordResources, settled } from "../../../support/record-resources";
import { stackSpec } from "../../../support/stack-file";

const spec = stackSpec("jupyterhub-aws");
const [prod, , hub] = spec.workload.jupyterhub.hubs;
const images = ownerOf(spec.matrix, "user-image", "binder");
if (prod === undefined || hub?.builds === undefined || images === undefined) {
    throw new Error("the stack file lost its hub");
}
const { builds } = hub;
const imagePrefix = "123456789012.dkr.ecr.us-east-2.amazonaws.com/geolab/binder/builds/";
const registry = {
    imagePrefix,
    client: "class Registry: ...",
    settings: { url: "https://registry.example.org", push_role: pulumi.output("the role") },
    // As a cloud has it that writes on accounts and pods, or one that hands identities out at an address.
    identity: {
        accountAnnotations: { "example.org/client": "binder" },
        podLabels: { "example.org/use": "true" },
        podAnnotations: { "example.org/more": "true" },
        egress: agentIdentity.egress,
    },
    ready: [],
};
const tcp = (port: number) => ({ port, protocol: "TCP" });

describe("values of a hub that builds", () => {
    const valuesOf = (token?: string) =>
        hubValues(hub, {
            sessions: images,
            serviceAccount: "user-sa",
            identity: agentIdentity,
            buckets: {},
            nodeSelector: { "steward/hub": hub.name },
            proxyToken: "proxy token",
            cookieSecret: "cookie secret",
            authStateKey: "auth state key",
            metricsKey: "metrics key",
            oauthClientDigest: "digest",
            database: { kind: "claim" },
            binder: token === undefined ? undefined : { token, imagePrefix },
        });

    it("make BinderHub a service of the hub that users may use and that starts their servers", () => {
        expect(valuesOf("token").hub).toMatchObject({
            services: {
                binder: {
                    apiToken: "token",
                    url: "http://binder.binder:8585",
                    display: true,
                    oauth_client_id: "service-binder",
                    oauth_no_confirm: true,
                },
            },
            loadRoles: {
                binder: { services: ["binder"], scopes: ["servers", "read:users:name"] },
                user: { scopes: ["self", "access:services!service=binder"] },
            },
        });
    });

    it("lead the hub's proxy there, and nowhere else", () => {
        const { chp } = valuesOf("token").proxy;

        expect(chp.networkPolicy).toEqual({
            ...valuesOf().proxy.chp.networkPolicy,
            egress: [
                { to: [{ podSelector: { matchLabels: { app: "binder" } } }], ports: [tcp(8585)] },
            ],
        });
    });

    it("hold no key that the chart refuses, and no other than before without builds", () => {
        const known = chartKeys as unknown as Keys;

        expect(unknownKeys(valuesOf("token") as unknown as Props, known)).toEqual([]);
        expect(JSON.stringify(valuesOf())).not.toMatch(/service-binder|steward_built/);
    });
});

describe("a build pod", () => {
    const { spec: pod, builder } = buildPod("binder", {
        ...builds,
        cores: 1.5,
        memoryGiB: 4,
        diskGiB: 20,
        timeoutMinutes: 10,
    });
    const [buildkit] = pod.initContainers;

    it("has the limits of the stack file, and an end", () => {
        expect(buildkit?.resources.limits).toEqual({
            cpu: "1500m",
            memory: "4Gi",
            "ephemeral-storage": "20Gi",
        });
        expect(buildkit?.resources.requests).toEqual(buildkit?.resources.limits);
        expect(pod.activeDeadlineSeconds).toBe(600);
        expect(pod.volumes).toContainEqual({ name: "layers", emptyDir: { sizeLimit: "20Gi" } });
    });

    it("has no privilege, nothing of its machine, and no way to the Kubernetes API", () => {
        expect(JSON.stringify([pod, builder])).not.toMatch(
            /privileged|hostPath|hostNetwork|hostPID|docker\.sock|secretName/,
        );
        expect(pod).toMatchObject({
            serviceAccountName: "build",
            automountServiceAccountToken: false,
        });
        expect(buildkit?.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
        expect(builder.securityContext).toEqual({
            runAsNonRoot: true,
            runAsUser: 1000,
            runAsGroup: 1000,
            seccompProfile: { type: "RuntimeDefault" },
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            readOnlyRootFilesystem: true,
        });
    });

    it("runs on the hub's machines for builds, and tolerates no others", () => {
        expect(pod.nodeSelector).toEqual({ "steward/hub": "binder", "steward/dedicated": "build" });
        expect(pod.tolerations).toEqual([
            {
                key: "steward/dedicated",
                value: "build",
                operator: "Equal",
                effect: "NoSchedule",
            },
        ]);
    });

    it.each(["oldest", "newest"] as const)("is one that the %s Kubernetes takes", (version) => {
        const container = { name: "builder", image: "repo2docker", ...builder };
        const object = {
            apiVersion: "v1",
            kind: "Pod",
            metadata: { name: "build" },
            spec: { ...pod, containers: [container] },
        };

        expect(validateObject(object, version)).toEqual([]);
        expect(
            validateObject({ ...object, spec: { ...pod, containers: [{}] } }, version),
        ).not.toEqual([]);
    });

    it("starts BuildKit before the build, and ends it after", () => {
        expect(buildkit).toMatchObject({
            image: "docker.io/moby/buildkit:v0.32.2-rootless",
            restartPolicy: "Always",
            args: ["--addr=unix:///run/buildkit/buildkitd.sock", "--oci-worker-no-process-sandbox"],
        });
        expect(pod.initContainers).toHaveLength(1);
    });
});

describe("the settings of BinderHub", () => {
    const files = binderFiles(images, registry.client);
    const settings = binderSettings(hub, builds, { imagePrefix, settings: { url: "of it" } });

    it("have the owner of build pods beside them, in a file of its own", () => {
        expect(JSON.parse(files["owner.json"])).toEqual({
            labels: ownerLabels(images),
            annotations: { "steward/owner-contact": images.contact },
        });
    });

    it("hold no secret, and name the hub's registry and namespace", () => {
        const { config } = JSON.parse(settings) as {
            config: Record<string, Record<string, unknown>>;
        };

        expect(config["BinderHub"]).toEqual({
            base_url: "/services/binder/",
            badge_base_url: "https://hub.binder.geolab.earthscope.cloud/services/binder/",
            port: 8585,
            auth_enabled: true,
            hub_url: "https://hub.binder.geolab.earthscope.cloud/",
            hub_url_local: "http://hub.binder:8081/",
            use_registry: true,
            image_prefix: imagePrefix,
            concurrent_build_limit: 5,
        });
        expect(config["KubernetesBuildExecutor"]).toMatchObject({
            namespace: "binder-builds",
            docker_host: null,
        });
        expect(config["KubernetesCleaner"]).toEqual({ max_age: 2_700 });
        expect(config["Registry"]).toEqual({ url: "of it" });
        expect(JSON.stringify([files, settings])).not.toMatch(/SECRET|token of/);
    });
});

describe("who talks with BinderHub and with builds", () => {
    it("are the hub and its proxy with the one, and nobody with the other", () => {
        expect(buildPolicies.binder.ingress).toEqual([
            {
                from: ["hub", "proxy"].map((component) => ({
                    podSelector: { matchLabels: { app: "jupyterhub", component } },
                })),
                ports: [tcp(8585)],
            },
        ]);
        expect(buildPolicies.build.ingress).toEqual([]);
    });

    it("keeps builds off private addresses and off whoever hands out identities", () => {
        const [toNames, ...others] = buildPolicies.build.egress;

        expect(toNames.ports).toEqual([tcp(53), { port: 53, protocol: "UDP" }]);
        expect(others).toEqual([
            {
                to: [
                    {
                        ipBlock: {
                            cidr: "0.0.0.0/0",
                            except: [
                                "10.0.0.0/8",
                                "172.16.0.0/12",
                                "192.168.0.0/16",
                                "169.254.0.0/16",
                            ],
                        },
                    },
                ],
            },
        ]);
    });
});

it("lets BinderHub make pods and look at one account, and nothing that is secret", () => {
    expect(buildRights.flatMap(({ resources }) => [...resources])).toEqual([
        "pods",
        "pods/log",
        "serviceaccounts",
    ]);
    expect(JSON.stringify(buildRights)).not.toMatch(/\*|secrets|exec/);
});

describe("what builds environments beside a hub", () => {
    let resources: readonly Recorded[];
    beforeAll(async () => {
        const recording = await recordResources();
        const cluster = new Cluster(spec.name, spec.matrix);
        const standing = { namespace: pulumi.output("binder"), ready: [] };
        openBuilds(
            spec,
            [
                { ...standing, hub, registry },
                { ...standing, hub: prod, registry: undefined },
            ],
            { parent: cluster },
        );
        await settled();
        ({ resources } = recording);
    });
    const find = (type: string, name: string) => {
        const found = resources.find((each) => each.type === type && each.name === name);
        if (found === undefined) throw new Error(`there is no ${type} ${name}`);
        return found.inputs as Record<string, Record<string, Record<string, unknown>>>;
    };

    it("is there for the hubs that ask, each part below the layer that owns it", () => {
        expect(
            resources.map(({ type, name }) => `${type.split(":").at(-1) ?? ""} ${name}`).sort(),
        ).toEqual(
            [
                "Cluster geolab",
                "BuildRoom user-image-binder-room",
                "Namespace user-image-binder-room-namespace",
                "ServiceAccount user-image-binder-room-account",
                "ResourceQuota user-image-binder-room-quota",
                "ConfigMap user-image-binder-room-recipe",
                "Role user-image-binder-room-role",
                "RoleBinding user-image-binder-room-role-binding",
                "BuildSecurity security-abuse-builds",
                "NetworkPolicy security-abuse-builds-binder-builds-default",
                "NetworkPolicy security-abuse-builds-binder-builds",
                "NetworkPolicy security-abuse-builds-binder-binder",
                "Binder hub-binder-binder",
                "ServiceAccount hub-binder-binder-account",
                "ConfigMap hub-binder-binder-settings",
                "Deployment hub-binder-binder-deployment",
                "Service hub-binder-binder-service",
            ].sort(),
        );
    });

    it("gives builds a namespace that allows what BuildKit needs, and no more pods than asked for", () => {
        const { metadata } = find(
            "kubernetes:core/v1:Namespace",
            "user-image-binder-room-namespace",
        );
        expect(metadata).toMatchObject({
            name: "binder-builds",
            labels: {
                "pod-security.kubernetes.io/enforce": "privileged",
                "owner-layer": "user-image",
            },
        });
        expect(
            find("kubernetes:core/v1:ResourceQuota", "user-image-binder-room-quota")["spec"],
        ).toEqual({ hard: { pods: "5" } });
        expect(
            find(
                "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
                "user-image-binder-room-role-binding",
            ),
        ).toMatchObject({
            metadata: { namespace: "binder-builds" },
            subjects: [{ kind: "ServiceAccount", name: "binder", namespace: "binder" }],
        });
    });

    it("runs BinderHub without privilege on the machines of all hubs, its token from the hub's Secret", () => {
        const { spec: given } = find(
            "kubernetes:apps/v1:Deployment",
            "hub-binder-binder-deployment",
        );
        const pod = (given?.["template"]?.["spec"] ?? {}) as {
            containers: { env: { name: string; value?: string; valueFrom?: object }[] }[];
        };

        expect(given).toMatchObject({
            replicas: 1,
            strategy: { type: "Recreate" },
            template: {
                metadata: {
                    labels: {
                        app: "binder",
                        "hub.jupyter.org/network-access-hub": "true",
                        "example.org/use": "true",
                        "owner-layer": "hub",
                    },
                },
                spec: {
                    nodeSelector: { "hub.jupyter.org/node-purpose": "core" },
                    securityContext: { runAsNonRoot: true },
                },
            },
        });
        expect(pod.containers[0]?.env.filter(({ valueFrom }) => valueFrom !== undefined)).toEqual([
            {
                name: "JUPYTERHUB_API_TOKEN",
                valueFrom: { secretKeyRef: { name: "hub", key: "hub.services.binder.apiToken" } },
            },
        ]);
    });

    it("says whose the build pods are where the rule looks, and starts anew when that changes", () => {
        const { metadata, data } = find(
            "kubernetes:core/v1:ConfigMap",
            "hub-binder-binder-settings",
        );
        expect(metadata?.["labels"]).toMatchObject({ "app.kubernetes.io/name": "binderhub" });
        expect(JSON.parse(data?.["owner.json"] as unknown as string)).toMatchObject({
            labels: { "owner-layer": "user-image", hub: "binder" },
        });
        expect(data?.["settings.json"]).toContain('"push_role": "the role"');
        expect(data?.["steward_registry.py"]).toBe(registry.client);
        const { spec: given } = find(
            "kubernetes:apps/v1:Deployment",
            "hub-binder-binder-deployment",
        );
        expect(given?.["template"]).toMatchObject({
            metadata: {
                annotations: {
                    "example.org/more": "true",
                    "steward/settings": expect.stringMatching(/^[0-9a-f]{8}$/) as unknown,
                },
            },
        });
    });

    it("gives BinderHub the identity of its own, and the way to it, and builds none", () => {
        const account = find("kubernetes:core/v1:ServiceAccount", "hub-binder-binder-account");
        expect(account["metadata"]?.["annotations"]).toMatchObject({
            "example.org/client": "binder",
        });
        const egress = (called: string) =>
            find(
                "kubernetes:networking.k8s.io/v1:NetworkPolicy",
                `security-abuse-builds-binder-${called}`,
            )["spec"]?.["egress"];
        expect(egress("binder")).toEqual([
            ...buildPolicies.binder.egress,
            ...registry.identity.egress,
        ]);
        expect(egress("builds")).toEqual(buildPolicies.build.egress);
    });
});
