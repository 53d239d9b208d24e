import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { findLayer } from "../../components/model/layers";
import { customProblems } from "../../rehearsal/kubernetes/custom";
import type { Kind } from "../../rehearsal/kubernetes/kinds";
import { isBuiltIn, kindOf } from "../../rehearsal/kubernetes/kinds";
import { knownKinds, validateObject } from "../../rehearsal/kubernetes/schemas";
import type { Props } from "../../rehearsal/provider/values";
import { defaultConfig, rehearse, steward, temporaryFolder } from "./steward";

jest.setTimeout(120_000);

const folder = temporaryFolder();

interface StateResource {
    readonly type: string;
    readonly urn: string;
    readonly inputs?: Record<string, unknown>;
}

interface StateFile {
    readonly checkpoint: { readonly latest: { readonly resources: readonly StateResource[] } };
}

/** What a preview of an empty account says of charts: there is no cluster to ask yet. */
const notSeen = /not seen before the cluster stands, and checked at up: the objects of (.*)/;

const none: Kind = { apiVersion: "", kind: "" };

/** Whether a definition of a custom kind is the one of `kind`. */
function defines(definition: unknown, { apiVersion, kind }: Kind): boolean {
    const { spec } = definition as { spec: { group: string; names: { kind: string } } };
    return apiVersion.startsWith(`${spec.group}/`) && spec.names.kind === kind;
}

const stateText = () =>
    readFileSync(
        join(folder, "state", ".pulumi", "stacks", "steward", "jupyterhub-aws.json"),
        "utf8",
    );

describe("the default stack", () => {
    it("is rehearsed whole, every resource with an owner", async () => {
        const { code, result, stderr } = await rehearse(folder, defaultConfig());
        const [, charts = ""] = notSeen.exec(stderr) ?? [];
        expect(charts.split(", ").sort()).toEqual([
            "gateway-certificates-chart",
            "gateway-chart",
            "home-storage-prod-chart",
            "hub-prod-chart",
            "hub-prod-dask-chart",
            "monitoring-alerts-grafana",
            "monitoring-alerts-logs",
            "monitoring-alerts-prometheus",
            "node-pools-autoscaler",
        ]);
        expect([code, result.result, result.errors, result.violations]).toEqual([
            0,
            "succeeded",
            [],
            [],
        ]);
        const { total, tag, label, file, layer, container, uncovered, unseen } = result.coverage;
        expect([uncovered, unseen]).toEqual([0, 0]);
        expect(tag + label + file + layer + container).toBe(total);
        expect(result.created).toBeGreaterThan(total);
        expect(result.layers).toHaveLength(34);
        for (const { id, role, party, contact } of result.layers) {
            expect([id, role === null, party, contact]).toEqual([
                id,
                findLayer("jupyterhub", id)?.role === null,
                expect.stringMatching(/^(2i2c|earthscope)$/),
                expect.stringMatching(/@example\.org$/),
            ]);
        }
        const counted = result.layers.reduce((sum, each) => sum + each.resources, 0);
        expect(counted).toBe(total);
    });

    it("is unchanged the second time, although AWS has a newer machine image by then", async () => {
        const { code, result, stderr } = await rehearse(folder, defaultConfig());
        expect([code, result.result]).toEqual([0, "unchanged"]);
        expect(stderr).not.toMatch(notSeen);
        const { same, ...others } = result.changes;
        expect(others).toEqual({ create: 0, update: 0, replace: 0, delete: 0 });
        expect(same).toBe(result.created);
    });

    it("writes no secret where anybody could read it", async () => {
        const own = readFileSync(join(folder, "Pulumi.jupyterhub-aws.yaml"), "utf8");
        const secret = /rehearsed-[0-9a-f]{32}/.exec(own)?.[0] ?? "";
        expect(secret).not.toBe("");
        expect(statSync(join(folder, "Pulumi.jupyterhub-aws.yaml")).mode & 0o077).toBe(0);
        const encoded = Buffer.from(secret).toString("base64").slice(0, 40);
        const review = readFileSync(join(folder, "review", "index.html"), "utf8");
        const account = readFileSync(join(folder, "account"), "utf8");
        for (const text of [stateText(), review, account]) {
            expect(text).not.toContain(secret);
            expect(text).not.toContain(encoded);
        }
        const { resources } = (JSON.parse(stateText()) as StateFile).checkpoint.latest;
        const plain = resources.filter(
            ({ type, inputs }) =>
                type === "kubernetes:core/v1:Secret" &&
                ["data", "stringData"].some((key) => {
                    const value = inputs?.[key] as Record<string, unknown> | undefined;
                    return value !== undefined && !("4dabf18193072939515e22adb298388d" in value);
                }),
        );
        expect(plain.map(({ urn }) => urn)).toEqual([]);
        await Promise.resolve();
    });

    it("registers only objects that the oldest and the newest Kubernetes take", () => {
        const { resources } = (JSON.parse(stateText()) as StateFile).checkpoint.latest;
        const objects = resources.filter(
            ({ type }) => type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm"),
        );
        const isOwn = ({ type }: StateResource) => isBuiltIn(kindOf(type) ?? none);
        const kindsOf = (some: readonly StateResource[]) =>
            [...new Set(some.map(({ inputs }) => String(inputs?.["kind"])))].sort();
        const [builtIn, custom] = [objects.filter(isOwn), objects.filter((each) => !isOwn(each))];
        expect(kindsOf(builtIn)).toEqual([
            "ClusterRole",
            "ClusterRoleBinding",
            "ConfigMap",
            "CustomResourceDefinition",
            "DaemonSet",
            "Deployment",
            "MutatingWebhookConfiguration",
            "Namespace",
            "NetworkPolicy",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "PodDisruptionBudget",
            "Role",
            "RoleBinding",
            "Secret",
            "Service",
            "ServiceAccount",
            "StatefulSet",
            "StorageClass",
            "ValidatingWebhookConfiguration",
        ]);
        expect(kindsOf(custom)).toEqual([
            "Certificate",
            "Gateway",
            "GatewayClass",
            "HTTPRoute",
            "IngressRoute",
            "Issuer",
            "Middleware",
        ]);
        const definitions = builtIn.filter(({ type }) =>
            type.endsWith(":CustomResourceDefinition"),
        );
        const problems = custom.flatMap(({ urn, type, inputs = {} }) => {
            const kind = kindOf(type) ?? none;
            const definition = definitions.find(({ inputs: each }) => defines(each, kind));
            return definition === undefined
                ? [`${urn}: nothing defines it`]
                : customProblems(kind, definition.inputs as Props, inputs as Props);
        });
        expect(problems).toEqual([]);
        expect(knownKinds("oldest").length).toBeGreaterThanOrEqual(kindsOf(builtIn).length);
        for (const version of ["oldest", "newest"] as const) {
            const refused = builtIn.flatMap(({ urn, inputs = {} }) => {
                const object = Object.entries(inputs).filter(
                    // Ciphertext stands where the API sees a map.
                    ([key]) => inputs["kind"] !== "Secret" || !/^(data|stringData)$/.test(key),
                );
                return validateObject(Object.fromEntries(object), version).map(
                    (problem) => `${urn}: ${problem}`,
                );
            });
            expect(refused).toEqual([]);
        }
    });

    it("is reviewed and checked from its exported state", async () => {
        const state = join(folder, "state", ".pulumi", "stacks", "steward", "jupyterhub-aws.json");
        const checked = await steward(["check", "--state", state, "--format", "json"]);
        expect(checked.code).toBe(0);
        expect(JSON.parse(checked.stdout)).toMatchObject({ coverage: { uncovered: 0 } });
        const args = ["review", "jupyterhub-aws", "--state", state];
        for (const [format, sign] of [
            ["html", "<!doctype html>"],
            ["markdown", "geolab"],
            ["csv", "owner"],
            ["json", '"uncovered": 0'],
        ] as const) {
            const { code, stdout } = await steward([...args, "--format", format]);
            expect([format, code]).toEqual([format, 0]);
            expect(stdout.toLowerCase()).toContain(sign);
        }
        const stranger = await steward([...args, "--role", "cook"]);
        expect([stranger.code, stranger.stderr]).toEqual([
            2,
            expect.stringContaining("--role cook: owns nothing here; take one of: "),
        ]);
    });

    it("is gone after --destroy, protected data included", async () => {
        const { code, result } = await rehearse(folder, defaultConfig(), { args: ["--destroy"] });
        expect([code, result.created]).toEqual([0, 0]);
    });
});
