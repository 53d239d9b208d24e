import { dataBackedUp } from "../../../policies/rules/data-backed-up";
import type { Resource } from "../../../policies/resource";
import { beginning, clusterUrn, layerOf, resourceAt, said, tagsOf } from "../../support/stack";

const layer = layerOf("home-storage", "prod");
const tags = tagsOf("home-storage", "prod");
const volume = (over: Partial<Resource> = {}) =>
    resourceAt(layer.urn, "aws:ebs/volume:Volume", { tags }, { urn: "home", ...over });
const arn = "arn:aws:ec2:us-east-2:123456789012:volume/vol-1";
const made = volume({ outputs: { arn } });
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const selection = (inputs: Record<string, unknown>, over: Partial<Resource> = {}) =>
    resourceAt(layer.urn, "aws:backup/selection:Selection", inputs, over);
const judge = (one: Resource, inputs: Record<string, unknown>, over: Partial<Resource> = {}) =>
    said([dataBackedUp], [...beginning(), layer, one, selection(inputs, over)]);

const tag = (key: string, value: string) => ({ type: "STRINGEQUALS", key, value });
const condition = (name: string, key: string, value: string) => ({
    resources: ["*"],
    conditions: [{ [name]: [{ key: `aws:ResourceTag/${key}`, value }] }],
});

describe("data-backed-up", () => {
    it.each([
        ["one of its tags", { selectionTags: [tag("x", "y"), tag("owner-layer", "home-storage")] }],
        ["everything", { resources: ["*"] }],
        ["a pattern", { resources: ["arn:aws:ec2:*:*:volume/*"] }],
        ["a condition", condition("stringEquals", "owner-layer", "home-storage")],
        ["a like condition", condition("stringLikes", "owner-layer", "home-*")],
        ["a condition on another value", condition("stringNotEquals", "owner-layer", "network")],
        ["a condition on another pattern", condition("stringNotLikes", "owner-layer", "net*")],
        ["a condition on a tag it lacks", condition("stringNotEquals", "backup", "no")],
    ])("passes a volume selected by %s", (_what, inputs) => {
        expect(judge(volume(), inputs)).toEqual([]);
        expect(judge(made, inputs)).toEqual([]);
    });

    it("passes a volume selected by its name, before and after it has one", () => {
        const depends = { dependencies: { resources: [volume().urn] } };

        expect(judge(made, { resources: [arn] })).toEqual([]);
        expect(judge(volume(), { resources: [unknown] }, depends)).toEqual([]);
    });

    it.each([
        ["nothing", {}],
        ["another tag", { selectionTags: [tag("owner-layer", "network")] }],
        [
            "another test",
            { selectionTags: [{ ...tag("owner-layer", "home-storage"), type: "OTHER" }] },
        ],
        ["another kind", { resources: ["arn:aws:rds:*"] }],
        [
            "conditions without resources",
            { ...condition("stringEquals", "hub", "prod"), resources: [] },
        ],
        ["a condition that fails", condition("stringEquals", "owner-layer", "network")],
        ["a condition on a tag it lacks", condition("stringLikes", "backup", "*")],
        ["a negated condition", condition("stringNotLikes", "owner-layer", "home-*")],
        ["an exclusion", { resources: ["*"], notResources: ["arn:aws:ec2:*:*:volume/*"] }],
        ["an unknown name of something else", { resources: [unknown] }],
    ])("refuses a volume that a selection misses by %s", (_what, inputs) => {
        expect(judge(made, inputs)).toEqual([
            "data-backed-up mandatory home-storage@prod site-reliability-engineer: " +
                `aws:ebs/volume:Volume is in no selection of a backup plan; ${dataBackedUp.fix}`,
        ]);
    });

    it("takes two values that are not known yet for different ones", () => {
        const one = volume({ inputs: { tags: { backup: unknown } } });

        expect(judge(one, { selectionTags: [tag("backup", unknown)] })).toHaveLength(1);
    });

    it.each([
        "aws:efs/fileSystem:FileSystem",
        "aws:rds/instance:Instance",
        "aws:rds/cluster:Cluster",
    ])("asks for %s too", (type) => {
        const one = resourceAt(layer.urn, type, { tags, backupRetentionPeriod: 7 });

        expect(said([dataBackedUp], [...beginning(), layer, one])).toHaveLength(1);
        expect(judge(one, { resources: ["*"] })).toEqual([]);
    });

    it.each([undefined, 0, unknown])("refuses a database that keeps %s days of backups", (days) => {
        const inputs = { tags, ...(days === undefined ? {} : { backupRetentionPeriod: days }) };
        const one = resourceAt(layer.urn, "aws:rds/instance:Instance", inputs);

        expect(judge(one, { resources: ["*"] })).toEqual([
            "data-backed-up mandatory home-storage@prod site-reliability-engineer: " +
                "aws:rds/instance:Instance keeps no backups of its own; write backupRetentionPeriod, in days",
        ]);
    });

    it("asks a copy of another database for none", () => {
        const inputs = { tags, replicateSourceDb: "first" };
        const one = resourceAt(layer.urn, "aws:rds/instance:Instance", inputs);

        expect(judge(one, { resources: ["*"] })).toEqual([]);
    });
});

describe("data-backed-up, for disks that a claim makes", () => {
    const daily = condition("stringEquals", "backup", "daily");
    const storageClass = (over: Record<string, unknown> = {}) =>
        resourceAt(layer.urn, "kubernetes:storage.k8s.io/v1:StorageClass", {
            provisioner: "ebs.csi.aws.com",
            reclaimPolicy: "Retain",
            parameters: {
                type: "gp3",
                tagSpecification_1: "a=b=c",
                tagSpecification_2: "backup=daily",
            },
            ...over,
        });

    it("passes a class whose disks carry what a selection looks for", () => {
        expect(judge(storageClass(), daily)).toEqual([]);
        expect(judge(storageClass(), condition("stringEquals", "a", "b=c"))).toEqual([]);
    });

    it.each([
        ["that carry something else", { parameters: { tagSpecification_1: "backup=weekly" } }],
        ["without tags", { parameters: { type: "gp3" } }],
        ["without parameters", { parameters: undefined }],
    ])("refuses a class of disks %s", (_what, over) => {
        expect(judge(storageClass(over), daily).join()).toContain(
            "the disks that it makes are in no selection of a backup plan",
        );
    });

    it.each([
        ["go with their claim", { reclaimPolicy: "Delete" }],
        ["another driver makes", { provisioner: "efs.csi.aws.com" }],
    ])("does not ask after disks that %s", (_what, over) => {
        expect(judge(storageClass({ parameters: {}, ...over }), {})).toEqual([]);
    });
});

it("refuses a host whose data nothing copies, and one that has copies not", () => {
    const host = (type: string) =>
        resourceAt(clusterUrn, type, layer.inputs, { urn: "backups-db-a1", custom: false });
    const judged = (type: string) => said([dataBackedUp], [...beginning(), host(type)]);
    expect(judged("steward:vms:Backups")).toEqual([]);
    expect(judged("steward:vms:NoBackups")).toEqual([
        "data-backed-up mandatory home-storage@prod site-reliability-engineer: nothing copies the data of this host off it; name a repository in steward:vms.backups, or exempt it in steward:exemptions with the reason",
    ]);
});
