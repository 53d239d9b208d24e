import { ownerOf } from "../../../../components/model/matrix";
import { agentIdentity } from "../../../../components/platforms/aws/agent-identity";
import { ownerLabels } from "../../../../components/model/tags";
import { daskOwnerConfig } from "../../../../components/workloads/jupyterhub/dask-config";
import { handOnToClusters } from "../../../../components/workloads/jupyterhub/dask-owner";
import { daskRights, daskSight } from "../../../../components/workloads/jupyterhub/dask-rights";
import { insideNetwork } from "../../../../components/platforms/inside";
import { daskPolicies } from "../../../../components/workloads/jupyterhub/dask-security";
import { daskValues } from "../../../../components/workloads/jupyterhub/dask-values";
import { hubValues } from "../../../../components/workloads/jupyterhub/values";
import { restrictPods } from "../../../../components/restrict-pods";
import chartKeys from "../../../../rehearsal/kubernetes/charts/jupyterhub/keys.json";
import type { Keys } from "../../../../rehearsal/kubernetes/charts/keys";
import { unknownKeys } from "../../../../rehearsal/kubernetes/charts/keys";
import type { Props } from "../../../../rehearsal/provider/values";
import { geolabSpec } from "../../../support/stack-file";

const spec = geolabSpec();
const owner = ownerOf(spec.matrix, "user-sessions", "prod");
const [prod] = spec.workload.jupyterhub.hubs;
if (prod?.daskGateway === undefined || owner === undefined) throw new Error("lost the hub");
const { daskGateway: dask } = prod;
const context = {
    sessions: owner,
    serviceAccount: "user-sa",
    identity: agentIdentity,
    spotTolerations: [],
};

const valuesOf = (hub: typeof prod, token?: string) =>
    hubValues(hub, {
        ...context,
        identity: agentIdentity,
        buckets: {},
        nodeSelector: { "steward/hub": hub.name },
        proxyToken: "proxy token",
        cookieSecret: "cookie secret",
        authStateKey: "auth state key",
        metricsKey: "metrics key",
        oauthClientDigest: "digest",
        database: { kind: "claim" },
        dask: token === undefined ? undefined : { token },
    });

const tcp = (port: number) => ({ port, protocol: "TCP" });

describe("values of a hub with a Dask gateway", () => {
    const toProxy = {
        to: [
            {
                podSelector: {
                    matchLabels: {
                        "gateway.dask.org/instance": "prod-dask-gateway",
                        "app.kubernetes.io/component": "traefik",
                    },
                },
            },
        ],
        ports: [tcp(8000)],
    };

    it("make it a service of the hub that users and their servers may use, by a pinned token", () => {
        const { hub } = valuesOf(prod, "token");

        expect(hub).toMatchObject({
            services: {
                "dask-gateway": {
                    apiToken: "token",
                    url: "http://traefik-prod-dask-gateway.prod",
                    display: false,
                },
            },
            loadRoles: {
                user: { scopes: ["self", "access:services!service=dask-gateway"] },
                server: {
                    scopes: [
                        "users:activity!user",
                        "access:servers!server",
                        "access:services!service=dask-gateway",
                    ],
                },
            },
        });
    });

    it("lead users' servers and the hub's proxy there, and nowhere else", () => {
        const { singleuser, proxy } = valuesOf(prod, "token");
        const before = valuesOf(prod);

        expect(singleuser.extraEnv).toEqual({
            DASK_GATEWAY__ADDRESS: "http://traefik-prod-dask-gateway.prod/services/dask-gateway",
            DASK_GATEWAY__PROXY_ADDRESS: "gateway://traefik-prod-dask-gateway.prod:80",
            DASK_GATEWAY__PUBLIC_ADDRESS: "/services/dask-gateway",
            DASK_GATEWAY__AUTH__TYPE: "jupyterhub",
            DASK_GATEWAY__CLUSTER__OPTIONS__IMAGE: "$(JUPYTER_IMAGE_SPEC)",
            ...before.singleuser.extraEnv,
        });
        expect(singleuser.networkPolicy).toEqual({
            ...before.singleuser.networkPolicy,
            egress: [...before.singleuser.networkPolicy.egress, toProxy],
        });
        expect(proxy.chp.networkPolicy).toEqual({
            ...before.proxy.chp.networkPolicy,
            egress: [toProxy],
        });
    });

    it("hold no key that the chart refuses, and no other than before without a gateway", () => {
        const known = chartKeys as unknown as Keys;

        expect(unknownKeys(valuesOf(prod, "token") as unknown as Props, known)).toEqual([]);
        expect(JSON.stringify(valuesOf(prod))).not.toMatch(/dask/i);
    });
});

describe("values of the Dask gateway's chart", () => {
    const values = daskValues(prod, dask, context);

    it("ask the hub who a user is, by the token of its Secret, and let nobody in from outside", () => {
        expect(values.gateway.auth).toEqual({
            type: "jupyterhub",
            jupyterhub: {
                apiUrl: "http://hub.prod:8081/hub/api",
                apiTokenFromSecretName: "hub",
                apiTokenFromSecretKey: "hub.services.dask-gateway.apiToken",
                jupyterhubServiceName: "dask-gateway",
            },
        });
        expect(values.gateway.prefix).toBe("/services/dask-gateway");
        expect(values.traefik.service).toEqual({ type: "ClusterIP" });
    });

    it("keep its proxy in the hub's namespace", () => {
        expect(values.traefik.additionalArguments).toEqual([
            "--providers.kubernetescrd.namespaces=prod",
            "--providers.kubernetescrd.disableclusterscoperesources=true",
        ]);
    });

    it("start its pods anew when the sessions have another owner", () => {
        const other = daskValues(prod, dask, {
            ...context,
            sessions: { ...owner, party: "somebody-else" },
        });

        expect(values.controller.annotations).toEqual(values.gateway.annotations);
        expect(other.gateway.annotations).not.toEqual(values.gateway.annotations);
        expect({ ...other, gateway: undefined, controller: undefined }).toEqual({
            ...values,
            gateway: undefined,
            controller: undefined,
        });
    });

    it("name the hub wherever two of them would meet", () => {
        const staging = JSON.stringify(daskValues({ ...prod, name: "staging" }, dask, context));
        const here = JSON.stringify(values).replaceAll("earthscope/prod", "");

        expect(staging).toContain('"namespace":"staging"');
        expect(staging).not.toContain('"steward/hub":"prod"');
        expect(staging.replaceAll("staging", "prod")).toBe(here);
    });

    it("read nothing of a stack file as Python", () => {
        const image = { name: `quay.io/a"\n"""'\\`, tag: "1" };
        const { extraConfig } = daskValues({ ...prod, image }, dask, context).gateway;
        const [, written = ""] =
            /steward_images = steward_json\.loads\((.*)\)\n/.exec(
                extraConfig["20-options"] ?? "",
            ) ?? [];

        // A Python literal of one line, as JSON writes it too.
        expect(JSON.parse(JSON.parse(written) as string)).toMatchObject({
            names: expect.arrayContaining([`${image.name}:1`]) as unknown,
        });
    });
});

describe("the owner of Dask clusters", () => {
    const transform = async (data: unknown, type = "kubernetes:core/v1:ConfigMap") =>
        handOnToClusters(owner)({ custom: true, type, name: "x", props: { data }, opts: {} });

    it("stands beside the configuration, which reads it last", async () => {
        const result = await transform({ "dask_gateway_config.py": "pass\n" });
        const { data } = result?.props as { data: Record<string, string> };

        expect(Object.keys(data)).toEqual(["dask_gateway_config.py", "owner.json"]);
        expect(data["dask_gateway_config.py"]).toBe(`pass\n${daskOwnerConfig}`);
        expect(JSON.parse(data["owner.json"] ?? "")).toEqual({
            labels: ownerLabels(owner),
            annotations: { "steward/owner-contact": "geolab@example.org" },
        });
    });

    it("is written on no other ConfigMap and no Secret", async () => {
        expect(await transform({ "policy.json": "{}" })).toBeUndefined();
        expect(await transform(undefined)).toBeUndefined();
        expect(
            await transform({ "dask_gateway_config.py": "pass" }, "kubernetes:core/v1:Secret"),
        ).toBeUndefined();
    });
});

describe("pods of a chart that knows no security context", () => {
    const transform = async (type: string, spec: object) =>
        restrictPods(1000)({ custom: true, type, name: "x", props: { spec }, opts: {} });

    it("give up every privilege, and keep what they had", async () => {
        const container = { name: "a", securityContext: { runAsUser: 1000 } };
        const result = await transform("kubernetes:apps/v1:Deployment", {
            replicas: 1,
            template: {
                metadata: { labels: {} },
                spec: { containers: [container, { name: "b" }] },
            },
        });
        const confined = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };

        expect(result?.props["spec"]).toEqual({
            replicas: 1,
            template: {
                metadata: { labels: {} },
                spec: {
                    securityContext: {
                        runAsNonRoot: true,
                        runAsUser: 1000,
                        runAsGroup: 1000,
                        seccompProfile: { type: "RuntimeDefault" },
                    },
                    containers: [
                        { name: "a", securityContext: { runAsUser: 1000, ...confined } },
                        { name: "b", securityContext: confined },
                    ],
                },
            },
        });
        expect(await transform("kubernetes:core/v1:Service", {})).toBeUndefined();
    });
});

describe("what a Dask gateway may do", () => {
    it("is nothing outside its hub's namespace but to look, and never at a Secret", () => {
        const everywhere = Object.values(daskSight).flat();

        expect(
            everywhere.flatMap(({ verbs }) => verbs).filter((verb) => !/list|watch/.test(verb)),
        ).toEqual([]);
        expect([...new Set(everywhere.flatMap(({ resources }) => resources))].sort()).toEqual([
            "daskclusters",
            "endpoints",
            "pods",
        ]);
        expect(Object.keys(daskSight)).toEqual(["gateway", "controller"]);
    });

    it("names every verb: none stands for all", () => {
        const rules = [...Object.values(daskRights), ...Object.values(daskSight)].flat();

        expect(JSON.stringify(rules)).not.toContain("*");
        expect(daskRights.gateway).toContainEqual({
            apiGroups: [""],
            resources: ["secrets"],
            verbs: ["get"],
        });
    });
});

describe("who talks with a Dask gateway's pods", () => {
    const policies = daskPolicies(
        { ...prod, reaches: [{ cidr: "10.8.0.0/16", ports: [5432] }] },
        insideNetwork,
        agentIdentity.egress,
    );
    const pods = (component: string) => ({
        podSelector: {
            matchLabels: {
                "gateway.dask.org/instance": "prod-dask-gateway",
                "app.kubernetes.io/component": component,
            },
        },
    });
    const ofHub = (component: string) => ({
        podSelector: { matchLabels: { app: "jupyterhub", component } },
    });
    const workersPorts = [{ port: 1024, endPort: 65535, protocol: "TCP" }];

    it("is named for each: users reach the proxy, workers their scheduler, nobody else in", () => {
        expect(
            Object.entries(policies).map(([name, { ingress, ...selected }]) => [
                name,
                selected.podSelector,
                ingress,
            ]),
        ).toEqual([
            [
                "gateway",
                pods("gateway").podSelector,
                [{ from: [pods("traefik"), pods("dask-scheduler")], ports: [tcp(8000)] }],
            ],
            ["controller", pods("controller").podSelector, []],
            [
                "proxy",
                pods("traefik").podSelector,
                [
                    {
                        from: [ofHub("hub"), ofHub("proxy"), ofHub("singleuser-server")],
                        ports: [tcp(8000)],
                    },
                ],
            ],
            [
                "scheduler",
                pods("dask-scheduler").podSelector,
                [
                    { from: [pods("traefik")], ports: [tcp(8786), tcp(8787)] },
                    { from: [pods("gateway")], ports: [tcp(8788)] },
                    { from: [pods("dask-worker")], ports: [tcp(8786)] },
                ],
            ],
            [
                "worker",
                pods("dask-worker").podSelector,
                [{ from: [pods("dask-scheduler"), pods("dask-worker")], ports: workersPorts }],
            ],
        ]);
    });

    it("keeps what computes off private addresses and metadata, but for names and what the hub reaches", () => {
        const blocks = ({ egress }: { egress: readonly object[] }) =>
            JSON.stringify(egress).match(/"cidr":"[^"]+"/g) ?? [];
        const outside = {
            ipBlock: {
                cidr: "0.0.0.0/0",
                except: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.169.254/32"],
            },
        };

        for (const { egress } of [policies.scheduler, policies.worker]) {
            expect(egress).toContainEqual({ to: [outside] });
            expect(egress).toContainEqual({
                to: [{ ipBlock: { cidr: "10.8.0.0/16" } }],
                ports: [tcp(5432)],
            });
            expect(blocks({ egress })).toEqual([
                '"cidr":"10.0.0.0/8"',
                '"cidr":"172.16.0.0/12"',
                '"cidr":"192.168.0.0/16"',
                '"cidr":"0.0.0.0/0"',
                '"cidr":"169.254.170.23/32"',
                '"cidr":"10.8.0.0/16"',
            ]);
            const privately = egress.filter((rule) =>
                JSON.stringify(rule).includes('"10.0.0.0/8"}'),
            );
            expect(privately.flatMap((rule) => ("ports" in rule ? rule.ports : []))).toEqual([
                tcp(53),
                { port: 53, protocol: "UDP" },
            ]);
        }
        expect(
            JSON.stringify([policies.gateway, policies.controller, policies.proxy]),
        ).not.toContain("0.0.0.0/0");
    });
});
