import { readState, sealed, StateProblem } from "../../../policies/report/state";
import { ciphertext, hubState } from "../../fixtures/hub-state";

const urn = "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::files";
const bucket = { urn, type: "aws:s3/bucket:Bucket", custom: true, inputs: {} };
const stateOf = (...resources: object[]) => ({ version: 3, deployment: { resources } });

function problemOf(json: unknown): unknown {
    try {
        return readState(json);
    } catch (error) {
        return error instanceof StateProblem ? error.message : error;
    }
}

describe("reading an exported state", () => {
    it("reads every resource in the order of the state", () => {
        const state = hubState();
        const urns = state.deployment.resources.map((each) => each.urn);
        expect(readState(state).map((each) => each.urn)).toEqual(urns);
    });

    it("reads all that is known of a resource", () => {
        const parent = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
        const [read] = readState(
            stateOf({
                ...bucket,
                id: "files-1",
                parent,
                protect: true,
                delete: true,
                inputs: { tags: { a: "b" } },
                outputs: { arn: "arn:aws:s3:::files-1" },
                propertyDependencies: { bucket: [parent], tags: null },
            }),
        );
        expect(read).toEqual({
            urn,
            type: "aws:s3/bucket:Bucket",
            name: "files",
            custom: true,
            id: "files-1",
            parent,
            protect: true,
            pendingDelete: true,
            inputs: { tags: { a: "b" } },
            outputs: { arn: "arn:aws:s3:::files-1" },
            dependencies: { bucket: [parent], tags: [] },
        });
    });

    it("keeps a name that holds the separator", () => {
        const [read] = readState(stateOf({ ...bucket, urn: `${urn}::more::names` }));
        expect(read?.name).toBe("files::more::names");
    });

    it.each(["pulumi:pulumi:Stack", "pulumi:providers:aws"])(
        "takes no %s for a resource",
        (type) => {
            expect(readState(stateOf({ ...bucket, type }))[0]?.custom).toBe(false);
        },
    );

    it("seals every secret, at any depth, in inputs and outputs, encrypted or not", () => {
        const signature = {
            "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        };
        const inputs = {
            open: "shown",
            deep: [{ key: { ...signature, ciphertext } }],
            plain: { ...signature, plaintext: '"hunter2"' },
        };
        const [read] = readState(stateOf({ ...bucket, inputs, outputs: inputs }));
        const expected = { open: "shown", deep: [{ key: sealed }], plain: sealed };
        expect(read).toMatchObject({ inputs: expected, outputs: expected });
        expect(JSON.stringify(read)).not.toMatch(/hunter2|cipher0text/);
    });

    it("shows no ciphertext of a whole state", () => {
        expect(JSON.stringify(hubState())).toContain(ciphertext);
        expect(JSON.stringify(readState(hubState()))).not.toContain(ciphertext);
    });

    it("reads the file of a file backend too", () => {
        const checkpoint = { stack: "dev", latest: { resources: [bucket] } };
        expect(readState({ version: 3, checkpoint })).toHaveLength(1);
        expect(readState({ version: 3, checkpoint: { stack: "dev" } })).toEqual([]);
    });

    it("reads an empty stack", () => {
        expect(readState({ version: 3, deployment: { manifest: {} } })).toEqual([]);
    });

    const again = "take what `pulumi stack export` writes";
    it.each([
        [[], `state: is not an object; ${again}`],
        [null, `state: is not an object; ${again}`],
        ["text", `state: is not an object; ${again}`],
        [{ deployment: {} }, `version: is missing; ${again}`],
        [{ version: 2, deployment: {} }, `version: is not 3 or 4; ${again}`],
        [{ version: 3 }, `deployment: is missing; ${again}`],
        [{ version: 3, checkpoint: { latest: 1 } }, `deployment: is missing; ${again}`],
        [
            { version: 3, deployment: { resources: {} } },
            `deployment.resources: is not a list; ${again}`,
        ],
        [
            { version: 3, checkpoint: { latest: { resources: 1 } } },
            `checkpoint.latest.resources: is not a list; ${again}`,
        ],
        [stateOf(bucket, []), `deployment.resources[1]: is not a resource; ${again}`],
        [
            stateOf({ ...bucket, urn: "files" }),
            `deployment.resources[0].urn: is not the URN of a resource; ${again}`,
        ],
        [stateOf({ urn }), `deployment.resources[0].type: is missing; ${again}`],
    ])("refuses %j", (json, message) => {
        expect(problemOf(json)).toBe(message);
    });
});
