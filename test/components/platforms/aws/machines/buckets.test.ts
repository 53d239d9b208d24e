import fc from "fast-check";
import {
    bucketName,
    bucketPurposes,
} from "../../../../../components/platforms/aws/machines/buckets";

const account = fc.stringMatching(/^\d{12}$/);
const cluster = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/);

it("makes names that S3 takes, of any cluster", () => {
    fc.assert(
        fc.property(
            account,
            cluster,
            fc.constantFrom(...bucketPurposes),
            (accountId, name, purpose) => {
                const made = bucketName({ accountId, region: "ap-northeast-3" }, name, purpose);
                expect(made).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
            },
        ),
    );
});

it("makes another name for another account, region, cluster or purpose", () => {
    const at = (accountId: string, region: string) => ({ accountId, region });
    const names = [
        bucketName(at("123456789012", "eu-west-1"), "one", "blobs"),
        bucketName(at("123456789013", "eu-west-1"), "one", "blobs"),
        bucketName(at("123456789012", "eu-west-2"), "one", "blobs"),
        bucketName(at("123456789012", "eu-west-1"), "two", "blobs"),
        bucketName(at("123456789012", "eu-west-1"), "one", "backups"),
    ];
    expect(new Set(names).size).toBe(names.length);
});
