import { awsStandIn } from "../../../rehearsal/aws/stand-in";
import { awsTypes } from "../../../rehearsal/aws/types";
import type { Props } from "../../../rehearsal/provider/values";
import { Unknown } from "../../../rehearsal/provider/values";
import { refusal, TestAccount } from "./account";
import { accountBefore, acceptedInputs, trust, types } from "./whole-account";

describe("a type that is not rehearsed", () => {
    const type = "aws:quicksight/folder:Folder";
    const says = `the rehearsal does not know ${type}; add it to a file of rehearsal/aws/types/`;

    it("is refused by check", () => {
        expect(new TestAccount().problems(type, {})).toEqual([says]);
    });

    it("is refused by everything else", () => {
        const account = new TestAccount();
        const old = { type, id: "f", urn: "urn", inputs: {}, outputs: {} };
        const asked = account.request(type, "f", {});
        const acts = [
            () => awsStandIn.create({ ...asked, preview: false }),
            () => awsStandIn.update({ ...asked, old, preview: false }),
            () => awsStandIn.diff({ ...asked, old }),
            () => {
                awsStandIn.delete({ ...asked, old });
            },
        ];
        expect(acts.map(refusal)).toEqual(Array(4).fill(`NotRehearsed: ${says}`));
    });
});

it("refuses what is not given", () => {
    expect(new TestAccount().problems(types.cluster, { name: "a" })).toEqual([
        "roleArn: is required and not given",
        "vpcConfig: is required and not given",
    ]);
});

it("names no property to the engine, which would print its value", () => {
    const account = new TestAccount();
    const { failures } = awsStandIn.check({
        ...account.request(types.vpc, "v", { cidrBlock: "10.0.0.0/8" }),
        old: undefined,
    });
    expect(failures.map(({ property }) => property)).toEqual([""]);
});

describe("names that the provider makes up", () => {
    it.each([
        [types.role, "name", { assumeRolePolicy: trust }, /^Scratch-[0-9a-f]{7}$/],
        [types.bucket, "bucket", {}, /^scratch-[0-9a-f]{7}$/],
        [types.alias, "name", { targetKeyId: "k" }, /^alias\/Scratch-[0-9a-f]{7}$/],
        [types.topic, "name", { fifoTopic: true }, /^Scratch-[0-9a-f]{7}\.fifo$/],
        [types.queue, "name", { fifoQueue: true }, /^Scratch-[0-9a-f]{7}\.fifo$/],
        [types.vault, "name", {}, /^Scratch-[0-9a-f]{7}$/],
        [types.repository, "name", {}, /^scratch-[0-9a-f]{7}$/],
    ])("%s: %s", (type, property, inputs: Props, pattern) => {
        const account = new TestAccount();
        const first = account.checked(type, "Scratch", inputs);
        expect(first[property]).toMatch(pattern);
        expect(account.checked(type, "Scratch", inputs, first)).toEqual(first);
        expect(account.checked(type, "Scratch", inputs)[property]).not.toBe(first[property]);
    });

    it("cover every type that has a name to make up", () => {
        const named = Object.entries(awsTypes).flatMap(([type, { autoname }]) =>
            autoname === undefined ? [] : [`${type} ${autoname.property}`],
        );
        expect(named.length).toBe(35);
    });

    it("do not take the place of a given name, nor of a prefix", () => {
        const account = new TestAccount();
        const given = { name: "mine", assumeRolePolicy: trust };
        expect(account.checked(types.role, "r", given)).toEqual(given);
        const prefixed = { namePrefix: "mine-", assumeRolePolicy: trust };
        expect(account.checked(types.role, "r", prefixed)).toEqual(prefixed);
        const { id, outputs } = account.create(types.role, prefixed, "r");
        expect(id).toMatch(/^mine-[0-9]{18}[0-9a-f]{8}$/);
        expect(outputs["name"]).toBe(id);
        expect(account.preview(types.role, prefixed, "s")["name"]).toBe(Unknown);
    });

    it("are made anew when an explicit name goes", () => {
        const account = new TestAccount();
        const old = account.create(types.role, { name: "mine", assumeRolePolicy: trust }, "r");
        const { replaces } = account.diff(old, { assumeRolePolicy: trust });
        expect(replaces).toEqual(["name"]);
    });

    it("are refused where they are too long", () => {
        const name = "a".repeat(60);
        expect(
            new TestAccount().problems(types.role, { assumeRolePolicy: trust }, name)[0],
        ).toMatch(
            /^name: a{60} with the 7 digits that the provider adds is longer than the 64 characters/,
        );
    });
});

describe("a change", () => {
    it("of tags updates", () => {
        const account = accountBefore();
        const vpc = account.first(types.vpc);
        const inputs = { ...vpc.inputs, tags: { "owner-role": "cm" } };
        expect(account.diff(vpc, inputs)).toEqual({
            changed: ["tags"],
            replaces: [],
            deleteBeforeReplace: false,
        });
        expect(account.update(vpc, inputs).outputs["tagsAll"]).toEqual({ "owner-role": "cm" });
    });

    it.each([
        [types.vpc, { cidrBlock: "10.1.0.0/16" }, ["cidrBlock"], false],
        [types.volume, { availabilityZone: "us-east-2b" }, ["availabilityZone"], false],
        [types.cluster, { roleArn: "arn:aws:iam::123456789012:role/o" }, ["roleArn"], true],
        [types.cluster, { name: "other" }, ["name"], false],
        [types.nodes, { instanceTypes: ["m7i.xlarge"] }, ["instanceTypes"], true],
        [
            types.vault,
            { kmsKeyArn: "arn:aws:kms:us-east-2:123456789012:key/o" },
            ["kmsKeyArn"],
            true,
        ],
        [
            types.attachment,
            { policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
            ["policyArn"],
            true,
        ],
        [types.repositoryPolicy, { policy: '{"rules":[1]}' }, ["policy"], true],
        [
            types.vaultNotifications,
            { backupVaultEvents: ["COPY_JOB_FAILED"] },
            ["backupVaultEvents"],
            true,
        ],
        [types.oldRule, { fromPort: 21 }, ["fromPort"], false],
        [types.defaultGroup, { vpcId: "vpc-1" }, ["vpcId"], false],
        [types.logging, { bucket: "other-bucket" }, ["bucket"], false],
        [types.vaultPolicy, { backupVaultName: "other" }, ["backupVaultName"], false],
        [types.queuePolicy, { queueUrl: "https://other" }, ["queueUrl"], false],
    ])("of %s, %j, replaces %j; deletes first: %s", (type, change: Props, replaces, first) => {
        const account = accountBefore();
        const object = account.first(type);
        const inputs = { ...object.inputs, ...change };
        expect(account.diff(object, inputs)).toEqual({
            changed: replaces,
            replaces,
            deleteBeforeReplace: first,
        });
        expect(refusal(() => account.update(object, inputs))).toMatch(
            new RegExp(
                `^InvalidParameterValue: ${String(replaces[0])}: .* cannot change this in place`,
            ),
        );
    });

    it("replaces beside the old one where the provider made the name up", () => {
        const account = accountBefore();
        const { name, ...inputs } = acceptedInputs(types.vault, account);
        expect(name).toBe("daily");
        const vault = account.create(types.vault, inputs, "hub");
        const kmsKeyArn = "arn:aws:kms:us-east-2:123456789012:key/other";
        expect(account.diff(vault, { ...inputs, kmsKeyArn }).deleteBeforeReplace).toBe(false);
    });
});

describe("the region of a resource", () => {
    const moved = { changed: ["region"], replaces: ["region"], deleteBeforeReplace: true };

    it("is its provider's, so that it moves with it", () => {
        const account = new TestAccount();
        const topic = account.create(types.topic, { name: "alerts" });
        const asked = { ...account.request(types.topic, "a", topic.inputs), old: topic };
        const away = { region: "eu-west-1" };
        expect(awsStandIn.diff({ ...asked, config: away })).toEqual(moved);
        const inPlace = () => awsStandIn.update({ ...asked, config: away, preview: false });
        expect(refusal(inPlace)).toMatch(/^InvalidParameterValue: region: /);
    });

    it("stays where the argument says what the provider said before", () => {
        const account = new TestAccount();
        const topic = account.create(types.topic, { name: "alerts" });
        const stays = { changed: ["region"], replaces: [], deleteBeforeReplace: false };
        expect(account.diff(topic, { ...topic.inputs, region: "us-east-2" })).toEqual(stays);
        expect(account.diff(topic, { ...topic.inputs, region: "eu-west-1" })).toEqual(moved);
    });

    it("is none of what is global", () => {
        const account = new TestAccount();
        const role = account.create(types.role, { name: "mine", assumeRolePolicy: trust });
        const asked = { ...account.request(types.role, "a", role.inputs), old: role };
        expect(awsStandIn.diff({ ...asked, config: { region: "eu-west-1" } }).changed).toEqual([]);
    });
});

it("knows in the preview of an update what will stay, and not what moves", () => {
    const account = accountBefore();
    const preview = (type: string, change: Props) => {
        const old = account.first(type);
        const asked = account.request(type, "a", { ...old.inputs, ...change });
        return [old.outputs, awsStandIn.update({ ...asked, old, preview: true }).outputs] as const;
    };
    const [cluster, retagged] = preview(types.cluster, { tags: { "owner-role": "cm" } });
    expect(retagged).toEqual({
        ...cluster,
        tags: { "owner-role": "cm" },
        tagsAll: { "owner-role": "cm" },
    });
    const [, template] = preview(types.template, { ebsOptimized: "true" });
    expect([template["latestVersion"], template["defaultVersion"]]).toEqual([Unknown, 1]);
});

it("lets two regions use one name, but not two buckets", () => {
    const account = new TestAccount();
    account.create(types.topic, { name: "alerts" });
    account.create(types.bucket, { bucket: "geolab-data" });
    const region = "eu-west-1";
    const far = account.create(types.topic, { name: "alerts", region });
    expect(far.id).toBe("arn:aws:sns:eu-west-1:123456789012:alerts");
    const twice = refusal(() => account.create(types.bucket, { bucket: "geolab-data", region }));
    expect(twice).toMatch(/^BucketAlreadyExists: /);
});

it("costs no more for the last resource than for the first", () => {
    const account = accountBefore(types.group);
    const vpcId = account.text(types.vpc);
    const batch = (from: number) => {
        const began = performance.now();
        for (let at = from; at < from + 500; at += 1) {
            const group = account.create(types.group, { vpcId, tags: { hub: "a" } }, `g${at}`);
            account.diff(group, group.inputs);
        }
        return performance.now() - began;
    };
    batch(0);
    const times = Array.from({ length: 7 }, (_, at) => batch((at + 1) * 500));
    expect(Math.min(...times.slice(4))).toBeLessThan(3 * Math.min(...times.slice(0, 3)));
});
