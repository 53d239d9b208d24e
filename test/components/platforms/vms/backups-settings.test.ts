import { spawnSync } from "node:child_process";
import * as pulumi from "@pulumi/pulumi";
import { vmsBackups } from "../../../../components/model/spec/vms-backups";
import { settingsText, sshText } from "../../../../components/platforms/vms/backups/repository";
import { timerSteps, unitsOf } from "../../../../components/platforms/vms/backups/units";

const secrets = {
    backupsRestPassword: pulumi.output("of rest/"),
    backupsAccessKeyId: pulumi.output("of S3"),
    backupsSecretAccessKey: pulumi.output("it's"),
};

const url = "https://copies.example.org/commcare/";

const settings = (repository: object, more: object = {}): Promise<string> => {
    const spec = vmsBackups.parse({ repository, ...more });
    return new Promise((resolve) => {
        settingsText("db-a1", "geolab/db-a1", spec, secrets).apply(resolve);
    });
};

it.each([
    [
        "a rest-server",
        { kind: "rest", url, user: "commcare" },
        [
            "export RESTIC_REPOSITORY='rest:https://commcare:of%20rest%2F@copies.example.org/commcare/geolab/db-a1/'",
        ],
    ],
    [
        "a rest-server that asks nobody",
        { kind: "rest", url },
        ["export RESTIC_REPOSITORY='rest:https://copies.example.org/commcare/geolab/db-a1/'"],
    ],
    [
        "S3",
        { kind: "s3", url, region: "eu-west-1" },
        [
            "export RESTIC_REPOSITORY='s3:https://copies.example.org/commcare/geolab/db-a1'",
            "export AWS_ACCESS_KEY_ID='of S3'",
            "export AWS_SECRET_ACCESS_KEY='it'\\''s'",
            "export AWS_DEFAULT_REGION='eu-west-1'",
        ],
    ],
])("tells restic of %s what it needs, and no more", async (_, repository, told) => {
    const lines = (await settings(repository)).split("\n");
    const of = lines.filter((line) => /RESTIC_REPOSITORY|AWS_/.test(line));
    expect(of).toEqual(told);
});

it("leaves old copies to whoever keeps them, where nothing may be deleted", async () => {
    expect(await settings({ kind: "rest", url })).toContain("\nprune='true'\n");
    expect(await settings({ kind: "rest", url }, { prune: false })).toContain("\nprune='false'\n");
});

it("goes by SSH only to the machine that shows the known key, and asks RSA for no SHA-1", () => {
    const there = { kind: "sftp", address: "2001:db8::40", port: 2222, user: "copies" } as const;
    const { config, knownHosts } = sshText({
        ...there,
        hostKey: "ssh-rsa AAAA",
        folder: "/srv/copies",
    });
    expect(knownHosts).toBe("backups ssh-rsa AAAA\n");
    expect(config).toContain("    StrictHostKeyChecking yes\n");
    expect(config).toContain("    HostKeyAlgorithms rsa-sha2-512,rsa-sha2-256\n");
    expect(config).toContain("    HostName 2001:db8::40\n    Port 2222\n    User copies\n");
});

it("runs when the stack file says so", () => {
    const spec = vmsBackups.parse({
        repository: { kind: "rest", url },
        hourUtc: 2,
        drill: { day: "Wed", hourUtc: 21 },
    });
    const when = (unit: string) => /^OnCalendar=(.*)$/m.exec(unitsOf(spec)[unit] ?? "")?.[1];
    expect(when("steward-backup.timer")).toBe("*-*-* 02:00:00 UTC");
    expect(when("steward-restore-drill.timer")).toBe("Wed *-*-* 21:00:00 UTC");
});

it.each([
    ["unchanged", ["backup", "restore-drill"]],
    ["changed", ["backup"]],
    ["changed", []],
])("says %s where the timers of %j run", (said, running) => {
    // As the real one: true when one of several is.
    const systemctl = `systemctl() {
    case $2 in is-*) ;; *) return 0 ;; esac
    shift 2
    for unit in "$@"; do case "$unit" in ${[...running, "none"].map((name) => `steward-${name}.timer`).join("|")}) return 0 ;; esac; done
    return 1
}`;
    const script = `set -e\n${systemctl}\n${timerSteps.bring}`;
    const { stdout } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
    expect(stdout).toBe(`${said}\n`);
});
