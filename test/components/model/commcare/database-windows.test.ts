import { meets, onMonday } from "../../../../components/model/checks/database-windows";
import { databaseWindows } from "../../../../components/model/commcare/database-windows";

describe("the windows of a database", () => {
    it("lie in the night before its copies", () => {
        expect(databaseWindows(3)).toEqual({
            backupWindow: "01:45-02:30",
            maintenanceWindow: "sun:00:00-sun:01:00",
        });
        expect(databaseWindows(2)).toEqual({
            backupWindow: "00:45-01:30",
            maintenanceWindow: "sat:23:00-sun:00:00",
        });
        expect(databaseWindows(0)).toEqual({
            backupWindow: "22:45-23:30",
            maintenanceWindow: "sat:21:00-sat:22:00",
        });
    });

    it.each(Array.from({ length: 24 }, (_, hourUtc) => hourUtc))(
        "let copies begin at %i",
        (hourUtc) => {
            const { backupWindow, maintenanceWindow } = databaseWindows(hourUtc);
            expect(meets(hourUtc, onMonday(backupWindow))).toBe(false);
            expect(meets(hourUtc, maintenanceWindow)).toBe(false);
        },
    );
});
