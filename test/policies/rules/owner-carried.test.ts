import { ownerCarried } from "../../../policies/rules/owner-carried";
import { labelsOf, saidOf, tagsOf } from "../../support/stack";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const tags = tagsOf("network");
const labels = labelsOf("hub", "prod");
const list = Object.entries(tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true }));
const without = (map: Record<string, string>, key: string) =>
    Object.fromEntries(Object.entries(map).filter(([each]) => each !== key));

describe("owner-carried", () => {
    it.each([
        ["a map of tags", ["network"], "aws:ec2/vpc:Vpc", { tags }],
        [
            "a map with one unknown tag",
            ["network"],
            "aws:ec2/vpc:Vpc",
            { tags: { ...tags, Name: unknown } },
        ],
        ["a list of tags", ["network"], "aws:autoscaling/group:Group", { tags: list }],
        ["tags on Azure", ["network"], "azure-native:network:VirtualNetwork", { tags }],
        ["labels", ["hub", "prod"], "kubernetes:core/v1:ConfigMap", { metadata: { labels } }],
        ["a type that takes none", ["network"], "aws:ec2/route:Route", {}],
        ["a command on a host", ["network"], "command:remote:Command", {}],
    ] as const)("passes %s", (_what, layer, type, inputs) => {
        expect(saidOf(ownerCarried, layer, type, inputs)).toEqual([]);
    });

    it.each(["owner-role", "owner-party", "owner-layer", "cluster", "environment", "managed-by"])(
        "refuses tags without %s",
        (key) => {
            const message = `aws:ec2/vpc:Vpc does not show its owner as a known tag: no ${key}=${tags[key] ?? ""}`;
            const type = "aws:ec2/vpc:Vpc";

            expect(saidOf(ownerCarried, ["network"], type, { tags: without(tags, key) })).toEqual([
                message,
            ]);
            expect(
                saidOf(ownerCarried, ["network"], type, { tags: { ...tags, [key]: unknown } }),
            ).toEqual([message]);
        },
    );

    it("refuses the owner of another layer", () => {
        const wrong = { ...tags, "owner-role": "community-guide" };

        expect(saidOf(ownerCarried, ["network"], "aws:ec2/vpc:Vpc", { tags: wrong })).toEqual([
            "aws:ec2/vpc:Vpc does not show its owner as a known tag: owner-role=community-guide instead of " +
                "site-reliability-engineer",
        ]);
    });

    it("refuses labels of one hub's layer without the hub", () => {
        const inputs = { metadata: { labels: without(labels, "hub") } };

        expect(
            saidOf(ownerCarried, ["hub", "prod"], "kubernetes:core/v1:ConfigMap", inputs),
        ).toEqual([
            "kubernetes:core/v1:ConfigMap does not show its owner as a known label: no hub=prod",
        ]);
    });

    it.each([
        ["all tags unknown", { tags: unknown }],
        ["no tags", {}],
        ["a list where a map belongs", { tags: list }],
    ])("refuses %s", (_what, inputs) => {
        const [message] = saidOf(ownerCarried, ["network"], "aws:ec2/vpc:Vpc", inputs);

        expect(message).toContain("no owner-role=site-reliability-engineer");
    });

    it.each([
        "gcp:compute/network:Network",
        "aws:ec2/nothing:Nothing",
        "kubernetes:helm.sh/v3:Release",
    ])("refuses %s, of which nothing says how it carries its owner", (type) => {
        expect(saidOf(ownerCarried, ["network"], type, { tags })).toEqual([
            `nothing says how ${type} carries its owner, so it is taken to carry none`,
        ]);
    });
});
