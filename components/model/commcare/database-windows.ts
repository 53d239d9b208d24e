/** When a managed database copies and mends itself, in UTC. */
export interface DatabaseWindows {
    /** Daily, such as `01:45-02:30`. */
    readonly backupWindow: string;
    /** Weekly, such as `sun:00:00-sun:01:00`. */
    readonly maintenanceWindow: string;
}

const [hour, day] = [60, 24 * 60];

const clock = (minute: number): string =>
    [Math.floor((minute % day) / hour), minute % hour]
        .map((part) => String(part).padStart(2, "0"))
        .join(":");

/**
 * Windows in the night before the hour in which AWS Backup begins its copies: it begins none in a window of the
 * database or in the hour before one, and says so only when the job has failed. See `checkDatabaseWindows`.
 *
 * @param hourUtc When copies begin, from 0 to 23.
 */
export function databaseWindows(hourUtc: number): DatabaseWindows {
    const copies = day + hourUtc * hour; // of Sunday, counted from Saturday
    const [mends, ends] = [copies - 3 * hour, copies - 2 * hour];
    const dayOf = (minute: number) => (minute < day ? "sat" : "sun");
    return {
        backupWindow: `${clock(copies - 75)}-${clock(copies - 30)}`,
        maintenanceWindow: `${dayOf(mends)}:${clock(mends)}-${dayOf(ends)}:${clock(ends)}`,
    };
}
