import { podInterfaces } from "../../../policies/rules/pod-interfaces";
import { scalingGroups } from "../../../policies/rules/scaling-groups";
import { userServers } from "../../../policies/rules/user-servers";
import { beginning, findingsOf, labelsOf, layerOf, resourceAt, saidOf } from "../../support/stack";
import { tagsOf } from "../../support/stack";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const sessions = labelsOf("user-sessions", "prod");
const machines = tagsOf("node-pools");

describe("user-servers", () => {
    const type = "kubernetes:core/v1:Secret";
    const metadata = { labels: { component: "hub" } };
    const coded = (values: unknown) => ({
        "values.yaml": Buffer.from(
            typeof values === "string" ? values : JSON.stringify(values),
        ).toString("base64"),
    });
    const said = (data: unknown, layer: readonly [string, string?] = ["hub", "prod"]) =>
        saidOf(userServers, layer, type, { metadata, data });
    const singleuser = (extraLabels: object, storage: object = { type: "static" }) => ({
        singleuser: { extraLabels, storage },
    });

    it("passes a hub whose servers carry the owner of the sessions, as JSON and as YAML", () => {
        expect(said(coded(singleuser(sessions)))).toEqual([]);
        const lines = Object.entries(sessions).map(([key, value]) => `    ${key}: ${value}\n`);
        const yaml = `singleuser:\n  storage: { type: none }\n  extraLabels:\n${lines.join("")}`;
        expect(said(coded(yaml))).toEqual([]);
    });

    it("refuses one whose servers carry the hub's owner, or none", () => {
        expect(said(coded(singleuser(labelsOf("hub", "prod"))))).toEqual([
            "the hub hands no owner on to users' pods (singleuser.extraLabels): " +
                "owner-role=site-reliability-engineer instead of hub-administrator, " +
                "owner-party=operators instead of community, owner-layer=hub instead of user-sessions",
        ]);
        expect(said(coded({}))).toEqual([
            expect.stringContaining("users' pods (singleuser.extraLabels): no owner-role="),
            expect.stringContaining("users' claims (singleuser.storage.extraLabels): no owner-"),
        ]);
        expect(said(coded("singleuser: ["))).toHaveLength(2);
    });

    it("asks for the owner of claims where each user has one, which is the chart's default", () => {
        const claims = (extraLabels: object) =>
            singleuser(sessions, { type: "dynamic", extraLabels });
        expect(said(coded(claims(sessions)))).toEqual([]);
        expect(said(coded(claims({})))).toEqual([
            expect.stringContaining(
                "users' claims (singleuser.storage.extraLabels): no owner-role=",
            ),
        ]);
        expect(said(coded(singleuser(sessions, {})))).toHaveLength(1);
    });

    it("waits for values that are not known yet, and cannot look into a sealed state", () => {
        expect(said(unknown)).toEqual([]);
        expect(said({ "values.yaml": unknown })).toEqual([]);
        expect(said(Object.freeze({ sealed: true }))).toEqual([]);
    });

    it("asks nothing of another Secret", () => {
        expect(said(coded({}), ["auth-config", "prod"])).toEqual([]);
        const inputs = { metadata: { labels: { component: "proxy" } }, data: coded({}) };
        expect(saidOf(userServers, ["hub", "prod"], type, inputs)).toEqual([]);
    });
});

describe("pod-interfaces", () => {
    const said = (inputs: Record<string, unknown>) =>
        saidOf(podInterfaces, ["control-plane"], "aws:eks/addon:Addon", inputs);
    const configured = (tags: unknown) => ({
        addonName: "vpc-cni",
        configurationValues: JSON.stringify({ env: { ADDITIONAL_ENI_TAGS: tags } }),
    });

    it("passes interfaces that carry the owner of the machines, and add-ons that make none", () => {
        expect(said(configured(JSON.stringify(machines)))).toEqual([]);
        expect(said({ addonName: "coredns" })).toEqual([]);
    });

    it.each<[string, Record<string, unknown>, string]>([
        ["nothing", { addonName: "vpc-cni" }, "no owner-role=site-reliability-engineer"],
        [
            "the add-on's owner",
            configured(JSON.stringify(tagsOf("control-plane"))),
            "owner-layer=control-plane instead of node-pools",
        ],
        ["no JSON", configured("owner-role=x"), "no owner-role=site-reliability-engineer"],
        ["what is not known", { addonName: "vpc-cni", configurationValues: unknown }, "no owner-"],
    ])("refuses %s", (_what, inputs, lacks) => {
        expect(said(inputs)).toEqual([expect.stringContaining(lacks)]);
    });
});

describe("scaling-groups", () => {
    const layer = layerOf("node-pools");
    const group = (urn: string) =>
        resourceAt(layer.urn, "aws:eks/nodeGroup:NodeGroup", {}, { urn });
    const tag = (of: { urn: string }, key: string, value: string) =>
        resourceAt(
            layer.urn,
            "aws:autoscaling/tag:Tag",
            { tag: { key, value, propagateAtLaunch: false } },
            { urn: `${of.urn}-${key}`, dependencies: { autoscalingGroupName: [of.urn] } },
        );
    const said = (...resources: ReturnType<typeof group>[]) =>
        findingsOf([scalingGroups], [...beginning(), layer, ...resources]).map(
            ({ message }) => message,
        );
    const tagged = (of: ReturnType<typeof group>, left: string[] = []) =>
        Object.entries(machines)
            .filter(([key]) => !left.includes(key))
            .map(([key, value]) => tag(of, key, value));

    it("passes a node group whose scaling group has a tag for each key", () => {
        const core = group("core");
        expect(said(core, ...tagged(core))).toEqual([]);
    });

    it("refuses one that lacks a key, and takes no tag of another group's for it", () => {
        const [core, user] = [group("core"), group("user")];
        expect(said(core, user, ...tagged(core), ...tagged(user, ["owner-party"]))).toEqual([
            "aws:eks/nodeGroup:NodeGroup hands no owner on to its scaling group: no owner-party=operators",
        ]);
    });
});
