import type { Check, Drift, Moment } from "../../../stacks/commands/audit/check";
import type { WantedHost } from "../../../stacks/commands/audit/wanted";
import { wantedHosts } from "../../../stacks/commands/audit/wanted";
import { vmsSpec } from "../../components/platforms/vms/vms";

/** What has to be on one host of the stack of hosts. */
export function wantedOn(name: string): WantedHost {
    const found = wantedHosts(vmsSpec(), "commcare-vms").find((each) => each.name === name);
    if (found === undefined) throw new Error(`no host ${name}`);
    return found;
}

const now = Date.UTC(2026, 10, 26, 20);
export const moment: Moment = { now, ahead: { least: -0.02, most: 0.02 } };
export const secondsAgo = (seconds: number) => String(now / 1_000 - seconds);

/** What a check makes of an answer, in one line each. */
export function judged(check: Check, said: string, host = wantedOn("web-a1"), when = moment) {
    return check.judge(said, host, when).map(({ layer, is, should }: Drift) => {
        return `${layer}: ${is}; ${should}`;
    });
}
