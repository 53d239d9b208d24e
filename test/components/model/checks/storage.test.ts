import { wordProblem } from "../../../../components/model/problem";
import { parseSpec } from "../../../../components/model/spec";
import { geolabConfig } from "../../../support/stack-file";

type Section = Record<string, unknown>;

/** What is said of the default stack whose hub has these sections instead of its own. */
function problemsOf(sections: Section, cluster: Section = {}): string[] {
    const config = geolabConfig();
    const { hubs } = config["jupyterhub"] as { hubs: Section[] };
    Object.assign(hubs[0] ?? {}, sections);
    Object.assign(config["cluster"] as Section, cluster);
    return parseSpec(config).problems.map(wordProblem);
}

const hub = "steward:jupyterhub.hubs[0]";
const statement = (actions: string[], resources = ["*"]) => ({
    cloudPermissions: { statements: [{ actions, resources }] },
});
const first = `${hub}.cloudPermissions.statements[0].actions[0]`;

describe("what a hub keeps", () => {
    it.each<[string, Section]>([
        ["a disk with quotas, named or not", { homes: { sizeGiB: 100, quotaGiB: 10 } }],
        ["a file system", { homes: { storage: "efs", coldAfterDays: 30, shared: true } }],
        ["nothing", { homes: { storage: "none" } }],
        ["a database of RDS", { database: { kind: "rds", version: "16", multiAz: true } }],
        ["the file that is the default", { database: {} }],
        ["a bucket to keep", { persistent: { bucket: "reef-kept", deleteAfterDays: 365 } }],
        ["every action on one bucket", statement(["s3:*"], ["arn:aws:s3:::reef/*"])],
        ["one action on everything", statement(["s3:ListAllMyBuckets"])],
    ])("may be %s", (_what, sections) => {
        expect(problemsOf(sections)).toEqual([]);
    });

    it.each<[string, Section, string]>([
        [
            "a quota on EFS",
            { homes: { storage: "efs", quotaGiB: 10 } },
            `${hub}.homes.quotaGiB: 10 is a quota per user, which EFS does not know; remove it, or take storage: nfs`,
        ],
        [
            "a size of EFS",
            { homes: { storage: "efs", sizeGiB: 10 } },
            `${hub}.homes.sizeGiB: 10 is the size of a disk, which EFS is not; remove it: EFS grows and shrinks`,
        ],
        [
            "a disk without a size",
            { homes: { storage: "nfs", quotaGiB: 10 } },
            `${hub}.homes.sizeGiB: is missing; write a number`,
        ],
        [
            "a disk without a quota",
            { homes: { sizeGiB: 10 } },
            `${hub}.homes.quotaGiB: is missing; write a number`,
        ],
        [
            "a quota above the disk",
            { homes: { sizeGiB: 10, quotaGiB: 11 } },
            `${hub}.homes.quotaGiB: one user may store more than the whole volume holds; write less`,
        ],
        [
            "a period that EFS does not know",
            { homes: { storage: "efs", coldAfterDays: 31 } },
            `${hub}.homes.coldAfterDays: 31 is no period that EFS knows; take 7, 14, 30, 60 or 90 days`,
        ],
        [
            "one bucket for two purposes",
            { persistent: { bucket: "earthscope-scratch" } },
            `${hub}.persistent.bucket: earthscope-scratch is taken by another bucket of this stack; give each its own name`,
        ],
        [
            "a database that may not grow",
            { database: { kind: "rds", sizeGiB: 100, maxSizeGiB: 105 } },
            `${hub}.database.maxSizeGiB: is less than a tenth above sizeGiB, 100; write at least 110`,
        ],
        [
            "everything",
            statement(["*"], ["arn:aws:s3:::reef"]),
            `${first}: * on arn:aws:s3:::reef is everything there is; name the actions and the resources`,
        ],
        [
            "every action of a service on everything",
            statement(["s3:*"]),
            `${first}: s3:* on * is everything there is; name the actions and the resources`,
        ],
        [
            "every action on all buckets",
            statement(["s3:*"], ["arn:aws:s3:::*"]),
            `${first}: s3:* on arn:aws:s3:::* is everything there is; name the actions and the resources`,
        ],
        [
            "rights to give rights",
            statement(["iam:PassRole"], ["arn:aws:iam::123456789012:role/x"]),
            `${first}: iam:PassRole would let every user of the hub hand out rights; remove it; rights are the operators' to give`,
        ],
    ])("is refused: %s", (_what, sections, said) => {
        expect(problemsOf(sections)).toEqual([said]);
    });

    it("says which kinds there are", () => {
        expect(problemsOf({ homes: { storage: "smb" } })[0]).toContain(
            "is no home storage; take storage: nfs",
        );
        expect(problemsOf({ database: { kind: "mysql" } })[0]).toContain(
            "is no database; take kind: sqlite-pvc",
        );
    });

    it("refuses a database whose name RDS does not take", () => {
        const said = problemsOf({ database: { kind: "rds" } }, { name: "a--b" });

        expect(said).toEqual([
            `${hub}.database.kind: would be named hub-a--b-prod, and RDS takes 63 characters without --; ` +
                "shorten the hub's name or the cluster's, or take kind: sqlite-pvc",
        ]);
    });
});
