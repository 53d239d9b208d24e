import { wordProblem } from "../../../../components/model/problem";
import { parseSpec } from "../../../../components/model/spec";
import { geolabConfig } from "../../../support/stack-file";

/** What is wrong with the stack file once its hub's servers live so. */
function problemsOf(over: Record<string, unknown>): string[] {
    const config = geolabConfig();
    const { hubs } = config["jupyterhub"] as { hubs: [object] };
    Object.assign(hubs[0], over);
    return parseSpec(config).problems.map(wordProblem);
}

const path = "steward:jupyterhub.hubs[0]";

describe("how servers live", () => {
    it("must fit together", () => {
        expect(
            problemsOf({
                server: {
                    memoryGuaranteeGiB: 8,
                    memoryLimitGiB: 6,
                    cpuGuarantee: 1,
                    cpuLimit: 0.5,
                },
                placeholders: { seats: 3, arrivals: { users: 60, withinMinutes: 3 } },
                idle: { timeoutSeconds: 3_600, maxAgeSeconds: 1_800 },
            }),
        ).toEqual([
            `${path}.server.memoryLimitGiB: is below what is guaranteed; write at least as much`,
            `${path}.server.cpuLimit: is below what is guaranteed; write at least as much`,
            `${path}.placeholders: names both a number of seats and arrivals, or neither; write \`seats\`, or \`arrivals\` to have them computed`,
            `${path}.idle.maxAgeSeconds: ends servers before they can be idle that long; write at least timeoutSeconds, or 0 for never`,
        ]);
        expect(problemsOf({ placeholders: {} })).toHaveLength(1);
    });

    it("is taken where it does", () => {
        expect(
            problemsOf({
                server: { memoryGuaranteeGiB: 6, memoryLimitGiB: 8, cpuLimit: 1 },
                placeholders: { arrivals: { users: 60, withinMinutes: 3 } },
                idle: { timeoutSeconds: 3_600, maxAgeSeconds: 43_200, everySeconds: 300 },
                imagePullPolicy: "Always",
                prePull: true,
                reaches: [{ cidr: "10.8.0.0/16", ports: [5432] }],
            }),
        ).toEqual([]);
    });
});
