import { parseSpec } from "../../../../components/model/spec";
import { geolabConfig } from "../../../support/stack-file";
import type { Built } from "./geolab";
import { build, geolab } from "./geolab";

type Section = Record<string, unknown>;

const planType = "aws:backup/plan:Plan";
const selectionType = "aws:backup/selection:Selection";
const lockType = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const restorePlanType = "aws:backup/restoreTestingPlan:RestoreTestingPlan";

const withBackups = (backups: Section) =>
    build(geolab((config) => Object.assign(config["aws"] as Section, { backups })));

function problemsOf(backups: Section): string[] {
    const config = geolabConfig();
    Object.assign(config["aws"] as Section, { backups });
    return parseSpec(config).problems.map(
        ({ path, message, fix }) => `${path}: ${message}; ${fix}`,
    );
}

const daysOf = (built: Built) =>
    built.ofType(planType).map(({ name, inputs }) => {
        const [rule] = inputs["rules"] as { lifecycle: Section }[];
        return [name, rule?.lifecycle];
    });
const conditionsOf = (built: Built) =>
    built.ofType(selectionType).map(({ name, inputs }) => [name, inputs["conditions"]]);

const tagged = (key: string, value: string) => ({ key: `aws:ResourceTag/${key}`, value });
const ours = [tagged("backup", "daily"), tagged("cluster", "geolab")];

describe("the backups on AWS", () => {
    let built: Built;
    beforeAll(async () => {
        built = await build(geolab());
    });

    it("are kept for one time where nothing else is said, in a vault without a lock", () => {
        expect(daysOf(built)).toEqual([["backups-plan", { deleteAfter: 35 }]]);
        expect(conditionsOf(built)).toEqual([["backups-selection", [{ stringEquals: ours }]]]);
        expect(built.ofType(lockType)).toEqual([]);
    });

    it("hold the disks of the hub's database: their class writes what the selection looks for", () => {
        const { parameters } = built.find(
            "kubernetes:storage.k8s.io/v1:StorageClass",
            "hub-database-prod-class",
        ).inputs as { parameters: Section };
        const written = Object.values(parameters);
        expect(written).toEqual(
            expect.arrayContaining(["backup=daily", "cluster=geolab", "owner-layer=hub-database"]),
        );
    });

    it("are restored on trial each Sunday, from this vault, and what fails is told to their owner", () => {
        const { tags, ...plan } = built.find(restorePlanType, "backups-restores").inputs;
        expect(tags).toMatchObject({ "owner-layer": "backups" });
        expect(plan).toEqual({
            name: "geolab_restores",
            scheduleExpression: "cron(0 12 ? * SUN *)",
            scheduleExpressionTimezone: "Etc/UTC",
            startWindowHours: 8,
            recoveryPointSelection: {
                algorithm: "LATEST_WITHIN_WINDOW",
                includeVaults: ["arn:of:backups-vault"],
                recoveryPointTypes: ["SNAPSHOT"],
                selectionWindowDays: 7,
            },
        });
        const [selection] = built.ofType(
            "aws:backup/restoreTestingSelection:RestoreTestingSelection",
        );
        expect(selection?.inputs).toEqual({
            name: "disks",
            restoreTestingPlanName: "geolab_restores",
            protectedResourceType: "EBS",
            protectedResourceConditions: { stringEquals: ours },
            iamRoleArn: "arn:of:backups-role",
            validationWindowHours: 1,
        });
        const rule = built.find("aws:cloudwatch/eventRule:EventRule", "monitoring-alerts-restores");
        expect(JSON.parse(rule.inputs["eventPattern"] as string)).toEqual({
            source: ["aws.backup"],
            "detail-type": ["Restore Job State Change"],
            detail: { status: ["FAILED", "ABORTED"], iamRoleArn: ["arn:of:backups-role"] },
        });
        const target = built.find(
            "aws:cloudwatch/eventTarget:EventTarget",
            "monitoring-alerts-restores",
        );
        expect(target.inputs["arn"]).toBe("arn:of:monitoring-alerts-site-reliability-engineer");
    });

    it("are kept for another time where a layer is to be, each disk in exactly one plan; none on trial", async () => {
        const apart = await withBackups({ keep: { "home-storage": 90 }, restoreTest: "none" });
        expect(daysOf(apart)).toEqual([
            ["backups-plan", { deleteAfter: 35 }],
            ["backups-home-storage-plan", { deleteAfter: 90 }],
        ]);
        const homes = tagged("owner-layer", "home-storage");
        expect(conditionsOf(apart)).toEqual([
            ["backups-selection", [{ stringEquals: ours, stringNotEquals: [homes] }]],
            ["backups-home-storage-selection", [{ stringEquals: [...ours, homes] }]],
        ]);
        expect(apart.ofType(restorePlanType)).toEqual([]);
    });

    it.each([
        [
            { mode: "governance", minDays: 7, maxDays: 365 },
            { minRetentionDays: 7, maxRetentionDays: 365 },
        ],
        [
            {
                mode: "compliance",
                minDays: 30,
                maxDays: 40,
                changeableForDays: 14,
                acknowledged: "cannot-be-undone",
            },
            { minRetentionDays: 30, maxRetentionDays: 40, changeableForDays: 14 },
        ],
    ])("are locked as the stack file says: %j", async (lock, written) => {
        const locked = await withBackups({ lock });
        expect(locked.ofType(lockType).map(({ inputs }) => inputs)).toEqual([
            { backupVaultName: "backups-vault", ...written },
        ]);
    });
});

describe("a stack file", () => {
    const compliance = { mode: "compliance", minDays: 7, maxDays: 365, changeableForDays: 3 };

    it.each<[string, Section, string]>([
        [
            "a compliance lock that nobody acknowledged",
            { lock: compliance },
            "steward:aws.backups.lock.acknowledged: is missing, and a compliance lock cannot be lifted: the vault, " +
                "its copies and their cost stay; write cannot-be-undone, or take mode: governance",
        ],
        [
            "a lock that would refuse the copies",
            { keepDays: 35, lock: { mode: "governance", minDays: 40, maxDays: 365 } },
            "steward:aws.backups.keepDays: 35 days are not what the lock lets through, and every copy would fail; " +
                "write 40 to 365, or change the lock",
        ],
        [
            "a lock that would refuse a layer's copies",
            {
                keep: { "hub-database": 300 },
                lock: { mode: "governance", minDays: 7, maxDays: 100 },
            },
            "steward:aws.backups.keep.hub-database: 300 days are not what the lock lets through, and every copy " +
                "would fail; write 7 to 100, or change the lock",
        ],
        [
            "a lock the wrong way round",
            { lock: { mode: "governance", minDays: 90, maxDays: 7 } },
            "steward:aws.backups.lock.minDays: is above maxDays, 7; write the shorter time as minDays",
        ],
        [
            "a layer without disks",
            { keep: { network: 30 } },
            "steward:aws.backups.keep.network: is a key that Steward does not know; correct its name or remove it; " +
                "stacks/schema.json lists the keys",
        ],
    ])("is refused for %s", (_what, backups, said) => {
        expect(problemsOf(backups)).toEqual([said]);
    });
});
