import type { Check } from "../check";

/** Seconds that a host's clock may be wrong: beyond, tokens and the order of what happened are. */
const most = 1;

const seconds = (value: number) => `${Math.abs(value).toFixed(1)} s`;

/** The host's clock, against that of whoever asks; and whether chrony has somebody to keep step with. */
export const clock: Check = {
    id: "clock",
    layer: "operating-system",
    // Without chrony, or where it may not run, another check says so.
    ask: () => "chronyc -n -c tracking 2>/dev/null || true",
    judge(said, _, { ahead }) {
        const { layer } = clock;
        const off = ahead.least > most ? ahead.least : ahead.most < -most ? ahead.most : undefined;
        const fields = said.trim().split(",");
        const inStep = fields.length < 14 || fields.at(-1) !== "Not synchronised";
        const fix = "run `chronyc sources` on the host, and look at `steward:vms.timeServers`";
        return [
            ...(off === undefined
                ? []
                : [
                      {
                          layer,
                          is: `the clock is ${seconds(off)} ${off > 0 ? "ahead" : "behind"}`,
                          should: `within ${seconds(most)} of this machine's`,
                          fix,
                      },
                  ]),
            ...(inStep
                ? []
                : [
                      {
                          layer,
                          is: "chrony reaches no time server",
                          should: "in step with one",
                          fix,
                      },
                  ]),
        ];
    },
};
