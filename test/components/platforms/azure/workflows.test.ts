import { databaseTrial, diskTrial } from "../../../../components/platforms/azure/restore-trials";
import { shareSnapshots } from "../../../../components/platforms/azure/share-snapshots";

interface Action {
    readonly type: string;
    readonly inputs?: { method?: string; uri?: string; body?: unknown; headers?: object };
    readonly runAfter: object;
    readonly actions?: Readonly<Record<string, Action>>;
}
interface Definition {
    readonly triggers: { clock: { recurrence: { schedule: object } & Record<string, unknown> } };
    readonly actions: Readonly<Record<string, Action>>;
}

const manager = "https://management.azure.com";
const asked = ({ actions }: Definition) =>
    Object.entries(actions).map(([name, { inputs }]) => [name, inputs?.method, inputs?.uri]);
const order = ({ actions }: Definition) =>
    Object.entries(actions).map(([name, { runAfter }]) => [name, Object.keys(runAfter)[0]]);

describe("snapshots of a share", () => {
    const accountId =
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a";
    const made = shareSnapshots(3, { accountId, share: "homes", keepDays: 35 }) as Definition;

    it("are taken each day, and old ones end after the new one stands", () => {
        const { recurrence } = made.triggers.clock;
        expect(recurrence).toMatchObject({ frequency: "Day", interval: 1, timeZone: "UTC" });
        expect(recurrence.schedule).toEqual({ hours: [3], minutes: [0] });
        expect(order(made)).toEqual([
            ["take", undefined],
            ["list", "take"],
            ["old", "list"],
            ["forget", "old"],
        ]);
        const shares = `${manager}${accountId}/fileServices/default/shares`;
        expect(asked(made).slice(0, 2)).toEqual([
            ["take", "PUT", `${shares}/homes?api-version=2024-01-01&$expand=snapshots`],
            ["list", "GET", `${shares}?api-version=2024-01-01&$expand=snapshots`],
        ]);
    });

    it("never delete the share: each deletion names its snapshot, older than the days kept", () => {
        const { old, forget } = made.actions;
        expect(JSON.stringify(old?.inputs)).toContain("addDays(utcNow(), -35)");
        expect(JSON.stringify(old?.inputs)).toContain(
            "not(empty(item()?['properties']?['snapshotTime']))",
        );
        const { delete: deletes } = forget?.actions ?? {};
        expect(deletes?.inputs).toMatchObject({
            method: "DELETE",
            headers: { "x-ms-snapshot": "@{items('forget')?['properties']?['snapshotTime']}" },
        });
    });
});

describe("restores on trial", () => {
    const groupId = "/subscriptions/s/resourceGroups/utoronto-restore-trials";
    const trial = { groupId, location: "canadacentral", name: "utoronto-trial" };

    it("bring the newest copy of a disk back beside it, look, and delete what they made", () => {
        const instanceId =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/v/backupInstances/i";
        const made = diskTrial(3, { ...trial, instanceId }) as Definition;
        const disk = `${manager}${groupId}/providers/Microsoft.Compute/disks/utoronto-trial?api-version=2024-03-02`;
        expect(asked(made)).toEqual([
            ["copies", "GET", `${manager}${instanceId}/recoveryPoints?api-version=2025-01-01`],
            ["flat", undefined, undefined],
            ["restore", "POST", `${manager}${instanceId}/restore?api-version=2025-01-01`],
            ["look", "GET", disk],
            ["delete", "DELETE", disk],
        ]);
        expect(made.triggers.clock.recurrence.schedule).toEqual({
            hours: [7],
            minutes: [0],
            weekDays: ["Sunday"],
        });
        expect(made.actions["flat"]).toMatchObject({
            type: "Select",
            inputs: {
                from: "@body('copies')?['value']",
                select: {
                    name: "@item()?['name']",
                    at: "@item()?['properties']?['recoveryPointTime']",
                },
            },
        });
        expect(made.actions["restore"]?.inputs?.body).toMatchObject({
            recoveryPointId: "@{last(sort(body('flat'), 'at'))?['name']}",
            sourceDataStoreType: "OperationalStore",
            restoreTargetInfo: { recoveryOption: "FailIfExists" },
        });
    });

    it("bring a database back as it was an hour ago, closed, and delete it", () => {
        const serverId =
            "/subscriptions/s/resourceGroups/g/providers/Microsoft.DBforPostgreSQL/flexibleServers/d";
        const made = databaseTrial(22, { ...trial, serverId }) as Definition;
        expect(asked(made).map(([name, method]) => [name, method])).toEqual([
            ["restore", "PUT"],
            ["look", "GET"],
            ["delete", "DELETE"],
        ]);
        expect(made.triggers.clock.recurrence.schedule).toMatchObject({ hours: [2] });
        expect(made.actions["restore"]?.inputs?.body).toEqual({
            location: "canadacentral",
            properties: {
                createMode: "PointInTimeRestore",
                sourceServerResourceId: serverId,
                pointInTimeUTC: "@{addHours(utcNow(), -1)}",
                network: { publicNetworkAccess: "Disabled" },
            },
        });
        for (const [, , uri] of asked(made)) expect(uri).toContain(groupId);
    });
});
