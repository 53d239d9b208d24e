import { EventLog, lineOf } from "../../rehearsal/outcome";

const vpc = "urn:pulumi:dev::steward::aws:ec2/vpc:Vpc::network";

function errorsAfter(...messages: readonly string[]): readonly string[] {
    const log = new EventLog();
    for (const [sequence, message] of messages.entries()) {
        const diagnosticEvent = { urn: vpc, message, severity: "error" as const, color: "never" };
        log.record({ sequence, timestamp: 0, diagnosticEvent });
    }
    return log.outcome(false).errors.map(({ message }) => message);
}

describe("the errors of a run", () => {
    const shutDown =
        "Unhandled exception: Error: resource monitor shut down while waiting on step's done channel\n    at Object.callErrorFromStatus (call.ts:82:17)";
    const terminating = "Unhandled exception: Error: Resource monitor is terminating\n    at x";

    test("what only followed from another error is left out", () => {
        expect(
            errorsAfter("VpcLimitExceeded: 5 of 5", shutDown, terminating, "update failed"),
        ).toEqual(["VpcLimitExceeded: 5 of 5", "update failed"]);
    });

    test("nothing is lost where no other error says what went wrong", () => {
        const alone = [shutDown, "update failed"];
        expect(errorsAfter(...alone)).toEqual(alone);
    });

    test("an exception of the program's own is kept, whatever stands in its stack", () => {
        const own = "Unhandled exception: Error: no such zone\n    at resource monitor shut down";
        expect(errorsAfter(own, "VpcLimitExceeded: 5 of 5")).toEqual([
            own,
            "VpcLimitExceeded: 5 of 5",
        ]);
    });
});

describe("what a resource says while it is worked on", () => {
    const said = (ephemeral: boolean, severity: "info" | "error" = "info") => ({
        ...{ sequence: 1, timestamp: 0 },
        diagnosticEvent: {
            urn: vpc,
            message: "<{%reset%}>half<{%reset%}>\n",
            severity,
            ephemeral,
            color: "never",
        },
    });

    test("has the name of the resource before it", () => {
        expect(lineOf(said(true))).toBe("network: half");
    });

    test("is neither what stays nor an error", () => {
        expect(lineOf(said(false))).toBeUndefined();
        expect(lineOf(said(true, "error"))).toBeUndefined();
        expect(lineOf({ sequence: 1, timestamp: 0 })).toBeUndefined();
    });
});
