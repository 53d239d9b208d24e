import type { Problem } from "./problem";
import type { StackInput } from "./spec";

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const [hour, day] = [60, 24 * 60];
const week = 7 * day;

/** How long after `hourUtc` a copy may start: the start window of the plan. */
const startsWithin = hour;

/** Minutes from Monday, 00:00, of `tue:09:00`. */
function minuteOf(moment: string): number {
    const [name = "", hours = "", minutes = ""] = moment.split(":");
    return days.indexOf(name) * day + Number(hours) * hour + Number(minutes);
}

/** First minute and length of a weekly window such as `sun:23:30-mon:00:30`. */
function spanOf(window: string): { readonly from: number; readonly length: number } {
    const [from = 0, to = 0] = window.split("-").map(minuteOf);
    return { from, length: (to - from + week) % week };
}

/**
 * Databases that AWS Backup could not copy on one day of the week: it starts no copy of an RDS instance in the hour
 * before its maintenance window, nor during it, and tells so only when the job has failed.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html backup window
 */
export function checkDatabaseWindows({ aws, jupyterhub }: StackInput): Problem[] {
    if (aws === undefined) return [];
    const { hourUtc } = aws.backups;
    return (jupyterhub?.hubs ?? []).flatMap(({ database }, at): Problem[] => {
        if (database.kind !== "rds") return [];
        const { from, length } = spanOf(database.maintenanceWindow);
        const [closes, closedFor] = [from - hour, length + hour];
        const meets = days.some((_, of) => {
            const start = of * day + hourUtc * hour;
            const after = (start - closes + week) % week;
            return after < closedFor || week - after < startsWithin;
        });
        if (!meets) return [];
        const time = `${String(hourUtc).padStart(2, "0")}:00 UTC`;
        const path = `steward:jupyterhub.hubs[${String(at)}].database.maintenanceWindow`;
        const message = `is when copies start, within an hour of ${time} by steward:aws.backups.hourUtc, and AWS starts none from an hour before it`;
        return [{ path, message, fix: "move one of the two" }];
    });
}
