import type { Props } from "../../provider/values";
import type { Problem } from "../grammar";
import { textAt } from "../look";

const minutes = (time: string): number => {
    const [hours = "0", rest = "0"] = time.split(":");
    return Number(hours) * 60 + Number(rest);
};
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const dayLong = 24 * 60;
const weekLong = 7 * dayLong;

/** `[from, to]` in minutes of a week; `to` may lie behind its end. */
function weekly(window: string): [number, number] | undefined {
    const [, day = "", at = "", lastDay = "", end = ""] =
        /^(\w{3}):(\d\d:\d\d)-(\w{3}):(\d\d:\d\d)$/.exec(window.toLowerCase()) ?? [];
    if (!days.includes(day) || !days.includes(lastDay)) return undefined;
    const from = days.indexOf(day) * dayLong + minutes(at);
    const to = days.indexOf(lastDay) * dayLong + minutes(end);
    return [from, to < from ? to + weekLong : to];
}

/**
 * Windows of half an hour at least, of which neither covers the other.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export function* windowProblems(inputs: Props): Generator<Problem> {
    const [copying, upkeep] = [textAt(inputs, "backupWindow"), textAt(inputs, "maintenanceWindow")];
    const [, start, end] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(copying ?? "") ?? [];
    const week = upkeep === undefined ? undefined : weekly(upkeep);
    if (copying !== undefined && (start === undefined || end === undefined))
        yield { property: "backupWindow", reason: `${copying} is no 09:00-09:30` };
    if (upkeep !== undefined && week === undefined)
        yield { property: "maintenanceWindow", reason: `${upkeep} is no tue:09:00-tue:10:00` };
    if (week !== undefined && week[1] - week[0] < 30)
        yield { property: "maintenanceWindow", reason: "is shorter than 30 minutes" };
    if (start === undefined || end === undefined) return;
    const length = (minutes(end) - minutes(start) + dayLong) % dayLong;
    if (length < 30) yield { property: "backupWindow", reason: "is shorter than 30 minutes" };
    if (week === undefined) return;
    const [from, to] = week;
    for (let day = -1; day <= 8; day += 1) {
        const at = day * dayLong + minutes(start);
        if (at >= to || at + length <= from) continue;
        const reason = "The backup window and maintenance window must not overlap.";
        yield { property: "backupWindow", reason };
        return;
    }
}
