import { parseSpec } from "../../../../components/model/spec";
import { geolabConfig } from "../../../support/stack-file";

/** Whether a database with that maintenance window is refused where copies start at that hour. */
function refused(
    hourUtc: number,
    maintenanceWindow: string,
    backupWindow = "15:00-15:30",
): string[] {
    const config = geolabConfig();
    Object.assign(config["aws"] as object, { backups: { hourUtc } });
    const { hubs } = config["jupyterhub"] as { hubs: [Record<string, unknown>] };
    hubs[0]["database"] = { kind: "rds", maintenanceWindow, backupWindow };
    return parseSpec(config).problems.map(
        ({ path, message, fix }) => `${path}: ${message}; ${fix}`,
    );
}

describe("a database that AWS Backup copies", () => {
    it("is refused where copies would start while it is maintained, or in the hour before", () => {
        expect(refused(9, "tue:09:00-tue:10:00")).toEqual([
            "steward:jupyterhub.hubs[0].database.maintenanceWindow: is when copies start, within an hour of 09:00 UTC " +
                "by steward:aws.backups.hourUtc, and AWS starts none from an hour before it; move one of the two",
        ]);
    });

    it.each([
        [7, "tue:09:00-tue:10:00", false], // may start until 08:00
        [7, "tue:08:30-tue:09:30", true], // closed from 07:30
        [8, "tue:09:00-tue:10:00", true],
        [9, "tue:09:00-tue:10:00", true],
        [10, "tue:09:00-tue:10:00", false],
        [10, "tue:09:00-tue:10:01", true],
        [23, "mon:00:30-mon:01:30", true], // closed from sunday, 23:30
        [0, "sun:23:30-mon:00:30", true],
        [1, "sun:23:30-mon:00:30", false],
        [22, "sun:23:30-mon:00:30", true], // may start at 22:59
        [21, "sun:23:30-mon:00:30", false],
        [3, "tue:09:00-tue:10:00", false],
    ])("with copies from %d:00 and %s: refused %s", (hourUtc, window, isRefused) => {
        expect(refused(hourUtc, window)).toHaveLength(isRefused ? 1 : 0);
    });

    it.each([
        [5, "07:00-07:30", false],
        [6, "07:00-07:30", true],
        [7, "07:00-07:30", true],
        [8, "07:00-07:30", false],
        [23, "23:45-00:15", true],
        [0, "23:45-00:15", true],
        [1, "23:45-00:15", false],
        [21, "23:45-00:15", false],
        [3, "07:00-07:30", false],
    ])("with copies from %d:00 and its own at %s: refused %s", (hourUtc, window, isRefused) => {
        const found = refused(hourUtc, "sun:12:00-sun:12:30", window);
        expect(found.map((each) => each.split(":").slice(0, 2).join(":"))).toEqual(
            isRefused ? ["steward:jupyterhub.hubs[0].database.backupWindow"] : [],
        );
    });
});
