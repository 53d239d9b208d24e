import type { Problem } from "../problem";
import type { StackInput } from "../spec/stack";

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

/**
 * Whether copies that start at an hour of every day would meet a window of the week, such as `sun:23:30-mon:00:30`, or
 * the hour before it.
 */
export function meets(hourUtc: number, window: string): boolean {
    const [from = 0, to = 0] = window.split("-").map(minuteOf);
    const [closes, closedFor] = [from - hour, ((to - from + week) % week) + hour];
    return days.some((_, of) => {
        const after = (of * day + hourUtc * hour - closes + week) % week;
        return after < closedFor || week - after < startsWithin;
    });
}

/** A daily window such as `23:45-00:15`, on Monday. */
export function onMonday(window: string): string {
    const [from = "", to = ""] = window.split("-");
    return `mon:${from}-${to < from ? "tue" : "mon"}:${to}`;
}

/**
 * Databases that AWS Backup could not copy: it starts no copy of an RDS instance in its maintenance window or that of
 * its own backups, nor in the hour before, and tells so only when the job has failed.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/troubleshooting.html
 */
export function checkDatabaseWindows({ aws, jupyterhub }: StackInput): Problem[] {
    if (aws === undefined) return [];
    const { hourUtc } = aws.backups;
    return (jupyterhub?.hubs ?? []).flatMap(({ database }, at): Problem[] => {
        if (database.kind !== "rds") return [];
        const windows = [
            ["maintenanceWindow", database.maintenanceWindow],
            ["backupWindow", onMonday(database.backupWindow)],
        ] as const;
        return windows
            .filter(([, window]) => meets(hourUtc, window))
            .map(([key]) => {
                const time = `${String(hourUtc).padStart(2, "0")}:00 UTC`;
                const path = `steward:jupyterhub.hubs[${String(at)}].database.${key}`;
                const message = `is when copies start, within an hour of ${time} by steward:aws.backups.hourUtc, and AWS starts none from an hour before it`;
                return { path, message, fix: "move one of the two" };
            });
    });
}
