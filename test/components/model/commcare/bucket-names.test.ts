import fc from "fast-check";
import { bucketName, bucketPurposes } from "../../../../components/model/commcare/bucket-names";

const account = fc.stringMatching(/^\d{12}$/);
const cluster = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/);

it("makes names that S3 takes, of any cluster", () => {
    fc.assert(
        fc.property(account, cluster, fc.constantFrom(...bucketPurposes), (accountId, name, of) => {
            const made = bucketName(name, of, accountId);
            expect(made).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
        }),
    );
});

it("makes another name for another account, cluster or purpose", () => {
    const names = [
        bucketName("one", "blobs", "123456789012"),
        bucketName("one", "blobs", "123456789013"),
        bucketName("two", "blobs", "123456789012"),
        bucketName("one", "backups", "123456789012"),
    ];
    expect(new Set(names).size).toBe(names.length);
});
