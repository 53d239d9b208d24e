import { hubMachines } from "../../../policies/rules/hub-machines";
import { saidOf } from "../../support/stack";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const group = "aws:eks/nodeGroup:NodeGroup";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const pools = ["node-pools"] as const;

const ofProd = { hub: "prod", "node-purpose": "dask" };
const shared = { "node-purpose": "core" };
const label = (hub: string) => ({ "steward/hub": hub });
const starts = (...tags: object[]) => ({
    tagSpecifications: tags.map((each) => ({ resourceType: "instance", tags: each })),
});

describe("hub-machines", () => {
    it.each([
        ["a group of a hub", group, { tags: ofProd, labels: label("prod") }],
        ["a group that the hubs share", group, { tags: shared, labels: {} }],
        ["what a hub's machines start from", template, { tags: ofProd, ...starts(ofProd, ofProd) }],
        ["what shared machines start from", template, { tags: shared, ...starts(shared) }],
        ["another resource", "aws:kms/key:Key", { tags: {} }],
    ])("passes %s", (_what, type, inputs) => {
        expect(saidOf(hubMachines, pools, type, inputs)).toEqual([]);
    });

    it.each<[string, string, Record<string, unknown>, string]>([
        [
            "a Dask group without its hub, which 2i2c's are",
            group,
            { tags: { "node-purpose": "dask" }, labels: label("prod") },
            "tags of machines for dask name no hub",
        ],
        [
            "a group that does not say what it is for",
            group,
            { tags: { hub: "prod" }, labels: label("prod") },
            "tags have no node-purpose",
        ],
        ["a group without tags", group, { labels: label("prod") }, "tags have no node-purpose"],
        [
            "a hub that the cluster does not have",
            group,
            { tags: { ...ofProd, hub: "gone" }, labels: label("gone") },
            "tags of machines for dask name gone",
        ],
        [
            "a hub that is not known yet",
            group,
            { tags: { ...ofProd, hub: unknown }, labels: label("prod") },
            "tags of machines for dask name no hub",
        ],
        [
            "a group whose nodes serve another hub than its tags say",
            group,
            { tags: ofProd, labels: label("staging") },
            "tags and labels name prod and staging",
        ],
        [
            "a group whose nodes serve no hub",
            group,
            { tags: ofProd, labels: {} },
            "tags and labels name prod and no hub",
        ],
        [
            "machines that start without the hub",
            template,
            { tags: ofProd, ...starts(ofProd, { "node-purpose": "dask" }) },
            "tagSpecifications.tags of machines for dask name no hub",
        ],
    ])("refuses %s", (_what, type, inputs, message) => {
        expect(saidOf(hubMachines, pools, type, inputs)).toEqual([`${type}: ${message}`]);
    });
});
