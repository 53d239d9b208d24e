import { inTheWay, keptProblems, wordKept } from "../../stacks/commands/kept";
import { guardedIn } from "../../stacks/commands/protected";
import { commcareSpec } from "../support/commcare";
import { beginning, layerOf, resourceAt } from "../support/stack";

const { matrix } = commcareSpec();

/** A state with a database that RDS protects too, a bucket, a machine of another layer, and one of no data. */
function guarded(deletionProtection = true) {
    const [data, services] = ["data-services", "app-services"].map((layer) =>
        layerOf(layer, undefined, matrix),
    );
    if (data === undefined || services === undefined) throw new Error("no layer");
    const at = (above: typeof data, type: string, id: string, inputs = {}, protect = true) => ({
        ...resourceAt(above.urn, type, inputs, { urn: id, protect }),
        id,
    });
    const database = { identifier: "commcare-pgmain", deletionProtection };
    const resources = [
        ...beginning(matrix),
        data,
        services,
        at(data, "aws:rds/instance:Instance", "db-1", database),
        at(data, "aws:s3/bucket:Bucket", "blobs"),
        at(services, "aws:ec2/instance:Instance", "i-1"),
        at(services, "aws:ec2/instance:Instance", "i-2", {}, false),
    ];
    return guardedIn({ version: 3, deployment: { resources } }, "commcare-aws");
}

const lines = (...places: string[]) =>
    keptProblems(inTheWay(guarded(), places)).map(
        ({ path, message, fix }) => `${path}: ${message}; ${fix}`,
    );

const database =
    "data-services: RDS instance db-1 (db-1) is protected and owned by operations-engineer (operator); nothing was deleted; " +
    "write `plan: { postgresql: { pgmain: { deletionProtection: false } } }` under steward:commcare in the stack " +
    "file and run up; then give it up with --release data-services";

describe("what a destroy stops at", () => {
    it("is all that is protected, each with its layer, its owner and its way out", () => {
        expect(lines()).toEqual([
            database,
            "data-services: S3 bucket blobs (blobs) is protected and owned by operations-engineer (operator); nothing was " +
                "deleted; give it up with --release data-services",
            "app-services: EC2 instance i-1 (i-1) is protected and owned by operations-engineer (operator); nothing was " +
                "deleted; give it up with --release app-services",
        ]);
    });

    it("is no released layer, but for what the cloud protects itself", () => {
        expect(lines("data-services", "app-services")).toEqual([database]);
        expect(inTheWay(guarded(false), ["data-services", "app-services"])).toEqual([]);
    });

    it("is a table too, with the command that deletes all of it", () => {
        const text = wordKept("commcare-aws", inTheWay(guarded(), []));
        expect(text).toMatch(
            /\noperations-engineer +operator +app-services +- +i-1 +aws:ec2\/instance:Instance +i-1\n/,
        );
        expect(text).toMatch(/\nfirst, for db-1: write `plan: .* and run up\n/);
        expect(text).toContain(
            "destroy commcare-aws --release data-services --release app-services",
        );
    });
});
