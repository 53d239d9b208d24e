import type * as pulumi from "@pulumi/pulumi";
import { identifyPods } from "../../components/identify-pods";
import { agentIdentity } from "../../components/platforms/aws/agent-identity";

const identity = {
    accountAnnotations: { "azure.workload.identity/client-id": "the client" },
    podLabels: { "azure.workload.identity/use": "true" },
    podAnnotations: { "fluentbit.io/exclude": "true" },
    egress: [],
};

const given = (type: string, props: object) =>
    ({ custom: true, type, name: "x", props, opts: {} }) as pulumi.ResourceTransformArgs;
const deployment = (serviceAccountName: string) =>
    given("kubernetes:apps/v1:Deployment", {
        metadata: { name: "d", labels: { app: "d" } },
        spec: {
            selector: { matchLabels: { app: "d" } },
            template: {
                metadata: { labels: { app: "d" } },
                spec: { serviceAccountName, containers: [] },
            },
        },
    });

describe("the identity of a chart's pods", () => {
    it("is written on the account and on pods of it, and on no selector", async () => {
        const transform = identifyPods("cert-manager", identity);
        const account = await transform(
            given("kubernetes:core/v1:ServiceAccount", {
                metadata: { name: "cert-manager", annotations: { kept: "yes" } },
            }),
        );
        expect(account?.props).toEqual({
            metadata: {
                name: "cert-manager",
                annotations: { kept: "yes", ...identity.accountAnnotations },
            },
        });
        const pods = await transform(deployment("cert-manager"));
        expect(pods?.props).toEqual({
            metadata: { name: "d", labels: { app: "d" } },
            spec: {
                selector: { matchLabels: { app: "d" } },
                template: {
                    metadata: {
                        labels: { app: "d", ...identity.podLabels },
                        annotations: identity.podAnnotations,
                    },
                    spec: { serviceAccountName: "cert-manager", containers: [] },
                },
            },
        });
    });

    it("is on nobody else's", async () => {
        const transform = identifyPods("cert-manager", identity);
        expect(await transform(deployment("cert-manager-webhook"))).toBeUndefined();
        const other = given("kubernetes:core/v1:ServiceAccount", { metadata: { name: "other" } });
        expect(await transform(other)).toBeUndefined();
    });

    it("changes nothing where the platform writes nothing on pods", async () => {
        const transform = identifyPods("cert-manager", agentIdentity);
        expect(await transform(deployment("cert-manager"))).toBeUndefined();
    });
});
