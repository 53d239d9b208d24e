import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountId, callerArn, zoneIdOf, zonesOf } from "../../../rehearsal/aws/account";
import { awsStandIn } from "../../../rehearsal/aws/stand-in";
import { Ledger } from "../../../rehearsal/provider/ledger";
import { Seal } from "../../../rehearsal/provider/seal";
import { shown } from "../../../rehearsal/aws/look";
import type { Props } from "../../../rehearsal/provider/values";
import { refusal, TestAccount } from "./account";
import { acceptedInputs, accountBefore, types } from "./whole-account";

const account = new TestAccount();
const parameter = "aws:ssm/getParameter:getParameter";
const images = "/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/x86_64/standard";
const document = (args: Props) =>
    account.invoke("aws:iam/getPolicyDocument:getPolicyDocument", args);

it("says who and where it is", () => {
    expect(account.invoke("aws:index/getCallerIdentity:getCallerIdentity", {})).toMatchObject({
        accountId,
        arn: callerArn,
    });
    expect(account.invoke("aws:index/getRegion:getRegion", {})["name"]).toBe("us-east-2");
    expect(account.invoke("aws:index/getPartition:getPartition", {})["partition"]).toBe("aws");
});

it.each([
    ["us-east-2", ["us-east-2a", "us-east-2b", "us-east-2c"], "use2-az1"],
    ["ca-central-1", ["ca-central-1a", "ca-central-1b", "ca-central-1d"], "cac1-az1"],
    ["ap-southeast-2", ["ap-southeast-2a", "ap-southeast-2b", "ap-southeast-2c"], "apse2-az1"],
    ["eu-north-1", ["eu-north-1a", "eu-north-1b", "eu-north-1c"], "eun1-az1"],
])("knows the zones of %s", (region, names, first) => {
    expect(zonesOf(region)).toEqual(names);
    expect(zoneIdOf(names[0] ?? "")).toBe(first);
    const token = "aws:index/getAvailabilityZones:getAvailabilityZones";
    expect(account.invoke(token, { region })["names"]).toEqual(names);
    expect(account.invoke(token, { region, excludeZoneIds: [first] })["names"]).toEqual(
        names.slice(1),
    );
});

it("publishes a newer node image before every run, and the same one within a run", () => {
    const folder = mkdtempSync(join(tmpdir(), "account-"));
    try {
        const seen = [1, 2, 3].map((run) => {
            const cloud = new Ledger(join(folder, "account"), new Seal("passphrase"));
            cloud.put({ type: "t", id: "i", urn: "u", inputs: {}, outputs: {} });
            const ask = (name: string) =>
                awsStandIn.invoke(parameter, { name }, { region: "us-east-2" }, cloud)["value"];
            const release = ask(`${images}/recommended/release_version`);
            expect([cloud.run, ask(`${images}/recommended/release_version`)]).toEqual([
                run,
                release,
            ]);
            return [release, ask(`${images}/recommended/image_id`)];
        });
        expect(seen.map(([release]) => release)).toEqual([
            "1.34.1-20260112",
            "1.34.1-20260119",
            "1.34.1-20260126",
        ]);
        expect(new Set(seen.map(([, image]) => image)).size).toBe(3);
        expect(seen[0]?.[1]).toMatch(/^ami-0[0-9a-f]{16}$/);
    } finally {
        rmSync(folder, { recursive: true });
    }
});

it("finds a pinned image by its name, always the same", () => {
    const name = `${images}/amazon-eks-node-al2023-x86_64-standard-1.34-v20260112/image_id`;
    const pinned = account.invoke(parameter, { name })["value"];
    const newest = account.invoke(parameter, { name: `${images}/recommended/image_id` })["value"];
    expect(pinned).toBe(newest);
    const release = account.invoke(parameter, {
        name: name.replace("image_id", "release_version"),
    });
    expect(release["value"]).toBe("1.34.1-20260112");
});

it("finds the newest image by a filter", () => {
    const token = "aws:ec2/getAmi:getAmi";
    const filters = [{ name: "name", values: ["amazon-eks-node-al2023-x86_64-standard-1.34-v*"] }];
    const found = account.invoke(token, { filters, mostRecent: true, owners: ["amazon"] });
    expect(found["name"]).toBe("amazon-eks-node-al2023-x86_64-standard-1.34-v20260112");
    expect(refusal(() => account.invoke(token, { filters }))).toContain("more than one result");
    expect(refusal(() => account.invoke(token, { filters: [] }))).toContain("returned no results");
});

it.each([
    [
        "a parameter that is not there",
        parameter,
        { name: "/aws/none" },
        /^ParameterNotFound: \/aws\/none/,
    ],
    [
        "an unknown add-on",
        "aws:eks/getAddonVersion:getAddonVersion",
        { addonName: "none" },
        /Addon none/,
    ],
    ["an unknown look-up", "aws:ec2/getVpc:getVpc", {}, /^NotRehearsed: .*getVpc; add it to/],
])("refuses %s", (_what, token, args, says) => {
    expect(refusal(() => account.invoke(token, args))).toMatch(says);
});

it("knows an add-on's version, and a newer build where the most recent is asked for", () => {
    const ask = (more: Props) =>
        account.invoke("aws:eks/getAddonVersion:getAddonVersion", {
            addonName: "vpc-cni",
            kubernetesVersion: "1.34",
            ...more,
        })["version"];
    expect([ask({}), ask({ mostRecent: true })]).toEqual([
        "v1.20.4-eksbuild.1",
        "v1.20.4-eksbuild.2",
    ]);
});

it("gives a token for a cluster", () => {
    const answer = account.invoke("aws:eks/getClusterAuth:getClusterAuth", { name: "geolab" });
    expect(answer["token"]).toMatch(/^k8s-aws-v1\./);
});

it("finds a zone that stood before, the same in every run, and lets records into it", () => {
    const ask = (name: string) =>
        account.invoke("aws:route53/getZone:getZone", { name, privateZone: false });
    const zoneId = ask("example.org")["zoneId"] as string;

    expect(zoneId).toMatch(/^Z0STANDING[0-9A-F]{11}$/);
    expect(ask("example.org.")["zoneId"]).toBe(zoneId);
    expect(ask("example.com")["zoneId"]).not.toBe(zoneId);
    const record = { name: "hub.example.org", type: "A", ttl: 60, records: ["192.0.2.1"] };
    expect(account.create("aws:route53/record:Record", { ...record, zoneId }).id).toBe(
        `${zoneId}_hub.example.org_A`,
    );
});

it("writes a policy document", () => {
    const { minifiedJson } = document({
        policyId: "p",
        statements: [
            {
                sid: "Read",
                actions: ["s3:GetObject", "s3:ListBucket"],
                resources: ["arn:aws:s3:::a"],
                principals: [
                    { type: "AWS", identifiers: ["arn:aws:iam::123456789012:root"] },
                    { type: "Service", identifiers: ["a.amazonaws.com", "b.amazonaws.com"] },
                ],
                conditions: [
                    {
                        test: "StringEquals",
                        variable: "aws:SourceAccount",
                        values: ["123456789012"],
                    },
                    { test: "StringLike", variable: "aws:SourceArn", values: ["a", "b"] },
                ],
            },
            {
                effect: "Deny",
                notActions: ["iam:*"],
                notResources: ["b"],
                principals: [{ type: "*", identifiers: ["*"] }],
            },
        ],
    });
    expect(JSON.parse(shown(minifiedJson))).toEqual({
        Version: "2012-10-17",
        Id: "p",
        Statement: [
            {
                Sid: "Read",
                Effect: "Allow",
                Action: ["s3:ListBucket", "s3:GetObject"],
                Resource: "arn:aws:s3:::a",
                Principal: {
                    AWS: "arn:aws:iam::123456789012:root",
                    Service: ["b.amazonaws.com", "a.amazonaws.com"],
                },
                Condition: {
                    StringEquals: { "aws:SourceAccount": "123456789012" },
                    StringLike: { "aws:SourceArn": ["b", "a"] },
                },
            },
            { Effect: "Deny", NotAction: "iam:*", NotResource: "b", Principal: "*" },
        ],
    });
});

it("merges documents: sources first, what overrides in the place of the same Sid", () => {
    const source = JSON.stringify({
        Statement: [{ Sid: "A", Effect: "Allow" }, { Effect: "Deny" }],
    });
    const over = JSON.stringify({ Statement: [{ Sid: "A", Effect: "Deny" }] });
    const args = { sourcePolicyDocuments: [source], overridePolicyDocuments: [over] };
    const { json } = document({ ...args, statements: [{ sid: "B", actions: ["s3:*"] }] });
    expect((JSON.parse(shown(json)) as { Statement: unknown }).Statement).toEqual([
        { Effect: "Deny" },
        { Sid: "B", Effect: "Allow", Action: "s3:*" },
        { Sid: "A", Effect: "Deny" },
    ]);
    expect(refusal(() => document({ ...args, statements: [{ sid: "A" }] }))).toContain(
        "duplicate Sid (A)",
    );
});

it("finds one resource through Cloud Control, says in the provider's words that there is none", () => {
    const account = accountBefore(types.recorder);
    const ask =
        (identifier: string, typeName = "AWS::Config::ConfigurationRecorder") =>
        () =>
            account.invoke("aws:cloudcontrol/getResource:getResource", { typeName, identifier });
    expect(refusal(ask("default"))).toContain(
        "reading Cloud Control API (AWS::Config::ConfigurationRecorder) Resource (default): couldn't find resource",
    );
    account.create(types.recorder, acceptedInputs(types.recorder, account));
    expect(ask("default")()).toMatchObject({ id: "default" });
    expect(refusal(ask("default", "AWS::Other"))).toContain("looks no AWS::Other up");
});
