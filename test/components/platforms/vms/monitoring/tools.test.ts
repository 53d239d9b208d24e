import * as pulumi from "@pulumi/pulumi";
import { alertTemplates } from "../../../../../components/alert-routes";
import { alertMail } from "../../../../../components/platforms/vms/monitoring/alert-mail";
import { alertRules } from "../../../../../components/platforms/vms/monitoring/alert-rules";
import { folder } from "../../../../../components/platforms/vms/monitoring/names";
import { scrapes } from "../../../../../components/platforms/vms/monitoring/scrapes";
import { ask, describeWithTools } from "../../../../support/prometheus";
import { vmsSpec } from "../vms";

// What Prometheus's own tools say of the configuration of hosts, and of each rule. That the hosts' own releases of
// them take it, test/hosts/ shows on Debian 12.

jest.setTimeout(180_000);

const spec = vmsSpec();
const groups = alertRules(spec);
const rules = JSON.stringify({ groups });

interface Case {
    readonly alert: string;
    /** Whose it is, where the same alert has several owners. */
    readonly layer?: string;
    /** Series and their values, one in five minutes: `1x30` is 1 and 30 more of it, `0+1x30` grows by 1. */
    readonly when: Readonly<Record<string, string>>;
    readonly fires: boolean;
}

const host = 'host="db-a1"';
const up = `up{job="hosts",${host},service_layer="data-services",keeps_data="yes"}`;
const reached = `probe_success{job="reach",${host}}`;
const site = 'probe_success{job="site",host="proxy-a1"}';
const day = 86_400;

const known = <T>(output: pulumi.Output<T>) =>
    new Promise<T>((resolve) => {
        output.apply(resolve);
    });

/** A file system with as many hundredths of its bytes and inodes left. */
function filled(mount: string, bytes: number, inodes: number): Record<string, string> {
    const of = `{${host},fstype="ext4",mountpoint="${mount}",service_layer="data-services"}`;
    return {
        [`node_filesystem_avail_bytes${of}`]: `${String(bytes)}x900`,
        [`node_filesystem_size_bytes${of}`]: "100x900",
        [`node_filesystem_files_free${of}`]: `${String(inodes)}x900`,
        [`node_filesystem_files${of}`]: "100x900",
    };
}

const unit = (name: string, state: string, value: number) => ({
    [`node_systemd_unit_state{${host},name="${name}",state="${state}"}`]: `${String(value)}x900`,
});

const copied = (metric: string, value: number) => ({
    [`steward_${metric}{${host},service="postgresql"}`]: `${String(value)}x900`,
});

/** After three days of the values; time begins at 0, so that a time stamp of 0 is three days old. */
const cases: readonly Case[] = [
    { alert: "LifeSign", when: {}, fires: true },
    { alert: "HostDown", when: { [up]: "0x900", [reached]: "0x900" }, fires: true },
    { alert: "HostDown", when: { [up]: "0x900", [reached]: "1x900" }, fires: false },
    { alert: "HostDown", when: { [up]: "1x900", [reached]: "0x900" }, fires: false },
    { alert: "HostDown", when: { [up]: "0x900" }, fires: true }, // nothing pings: better once too often
    { alert: "HostNotMeasured", when: { [up]: "0x900", [reached]: "1x900" }, fires: true },
    { alert: "HostNotMeasured", when: { [up]: "0x900", [reached]: "0x900" }, fires: false },
    { alert: "SiteDown", when: { [site]: "1x700 0x200" }, fires: true },
    { alert: "SiteDown", when: { [site]: "0x900" }, fires: false },
    { alert: "DiskFilling", layer: "operating-system", when: filled("/", 14, 90), fires: true },
    { alert: "DiskFilling", layer: "operating-system", when: filled("/", 90, 14), fires: true },
    { alert: "DiskFilling", layer: "operating-system", when: filled("/", 16, 16), fires: false },
    {
        alert: "DiskFilling",
        layer: "data-services",
        when: filled("/opt/data", 14, 90),
        fires: true,
    },
    {
        alert: "DiskFilling",
        layer: "operating-system",
        when: filled("/opt/data", 14, 90),
        fires: false,
    },
    { alert: "DiskFull", layer: "data-services", when: filled("/opt/data", 4, 90), fires: true },
    { alert: "DiskFull", layer: "data-services", when: filled("/opt/data", 6, 6), fires: false },
    {
        alert: "DiskSlow",
        when: {
            [`node_disk_read_time_seconds_total{${host},device="vda"}`]: "0+600x900",
            [`node_disk_write_time_seconds_total{${host},device="vda"}`]: "0+600x900",
            [`node_disk_reads_completed_total{${host},device="vda"}`]: "0+600x900",
            [`node_disk_writes_completed_total{${host},device="vda"}`]: "0+600x900",
        },
        fires: true,
    },
    {
        alert: "DiskSlow",
        when: {
            [`node_disk_read_time_seconds_total{${host},device="vda"}`]: "0+30x900",
            [`node_disk_write_time_seconds_total{${host},device="vda"}`]: "0+30x900",
            [`node_disk_reads_completed_total{${host},device="vda"}`]: "0+600x900",
            [`node_disk_writes_completed_total{${host},device="vda"}`]: "0+600x900",
        },
        fires: false,
    },
    {
        alert: "DiskReadOnly",
        when: {
            [`node_filesystem_readonly{${host},fstype="ext4",mountpoint="/opt/data"}`]: "1x900",
        },
        fires: true,
    },
    {
        alert: "DiskReadOnly",
        when: {
            [`node_filesystem_readonly{${host},fstype="squashfs",mountpoint="/snap/x"}`]: "1x900",
        },
        fires: false,
    },
    ...[
        { available: 4, fires: true },
        { available: 6, fires: false },
    ].map(({ available, fires }) => ({
        alert: "MemoryUsedUp",
        layer: "data-services",
        when: {
            [`node_memory_MemAvailable_bytes{${host},service_layer="data-services"}`]: `${String(available)}x900`,
            [`node_memory_MemTotal_bytes{${host},service_layer="data-services"}`]: "100x900",
        },
        fires,
    })),
    {
        alert: "ProcessKilledForMemory",
        layer: "app-services",
        when: { 'node_vmstat_oom_kill{host="web-a1",service_layer="app-services"}': "0x861 1x40" },
        fires: true,
    },
    {
        alert: "ClockNotInStep",
        when: { [`node_timex_sync_status{${host}}`]: "0x900" },
        fires: true,
    },
    {
        alert: "ClockNotInStep",
        when: {
            [`node_timex_sync_status{${host}}`]: "1x900",
            [`node_timex_offset_seconds{${host}}`]: "-0.2x900",
        },
        fires: true,
    },
    {
        alert: "ClockNotInStep",
        when: {
            [`node_timex_sync_status{${host}}`]: "1x900",
            [`node_timex_offset_seconds{${host}}`]: "0.01x900",
        },
        fires: false,
    },
    {
        alert: "UnitFailed",
        layer: "backups",
        when: unit("steward-backup.service", "failed", 1),
        fires: true,
    },
    {
        alert: "UnitFailed",
        layer: "operating-system",
        when: unit("steward-backup.service", "failed", 1),
        fires: false,
    },
    {
        alert: "UnitFailed",
        layer: "operating-system",
        when: unit("cron.service", "failed", 1),
        fires: true,
    },
    {
        alert: "UnitFailed",
        layer: "data-services",
        when: unit("postgresql@14-main.service", "failed", 1),
        fires: true,
    },
    {
        alert: "UnitFailed",
        layer: "data-services",
        when: unit("postgresql@14-main.service", "active", 1),
        fires: false,
    },
    {
        alert: "SecurityUpdatesPending",
        when: { [`steward_security_updates_pending{${host}}`]: "3x900" },
        fires: true,
    },
    {
        alert: "SecurityUpdatesPending",
        when: { [`steward_security_updates_pending{${host}}`]: "0x300 3x300 0x90 3x210" },
        fires: false,
    },
    {
        alert: "UpgradesFail",
        when: {
            [`steward_upgrade_last_success_timestamp_seconds{${host}}`]: `${String(-day)}x900`,
        },
        fires: true,
    },
    {
        alert: "UpgradesFail",
        when: {
            [`steward_upgrade_last_success_timestamp_seconds{${host}}`]: `${String(day)}x900`,
        },
        fires: false,
    },
    {
        alert: "RebootRequired",
        when: {
            [`steward_reboot_required_since_timestamp_seconds{${host}}`]: `${String(-6 * day)}x900`,
        },
        fires: true,
    },
    {
        alert: "RebootRequired",
        when: { [`steward_reboot_required_since_timestamp_seconds{${host}}`]: "0x900" },
        fires: false,
    },
    { alert: "PatchesNotMeasured", when: { [up]: "1x900" }, fires: true },
    {
        alert: "PatchesNotMeasured",
        when: { [up]: "1x900", [`steward_security_updates_pending{${host}}`]: "0x900" },
        fires: false,
    },
    { alert: "BackupFailed", when: copied("backup_last_result", 0), fires: true },
    { alert: "BackupFailed", when: copied("backup_last_result", 1), fires: false },
    { alert: "BackupOld", when: copied("backup_last_success_timestamp_seconds", 0), fires: true },
    {
        alert: "BackupOld",
        when: copied("backup_last_success_timestamp_seconds", 2 * day),
        fires: false,
    },
    { alert: "BackupNotMeasured", when: { [up]: "1x900" }, fires: true },
    {
        alert: "BackupNotMeasured",
        when: { [up]: "1x900", ...copied("backup_last_result", 0) },
        fires: false,
    },
    {
        alert: "BackupNotMeasured",
        when: { 'up{job="hosts",host="web-a1",keeps_data="no"}': "1x900" },
        fires: false,
    },
    { alert: "RestoreDrillFailed", when: copied("restore_drill_last_result", 0), fires: true },
    { alert: "RestoreDrillFailed", when: copied("restore_drill_last_result", 1), fires: false },
    {
        alert: "RestoreDrillOld",
        when: copied("restore_drill_last_success_timestamp_seconds", -13 * day),
        fires: true,
    },
    {
        alert: "RestoreDrillOld",
        when: copied("restore_drill_last_success_timestamp_seconds", 0),
        fires: false,
    },
    { alert: "FilesChanged", when: { [`steward_files_changed{${host}}`]: "1x900" }, fires: true },
    { alert: "FilesChanged", when: { [`steward_files_changed{${host}}`]: "0x900" }, fires: false },
    { alert: "FilesNotChecked", when: { [up]: "1x900" }, fires: true },
    {
        alert: "FilesNotChecked",
        when: { [up]: "1x900", [`steward_files_check_timestamp_seconds{${host}}`]: "0x900" },
        fires: true,
    },
    {
        alert: "FilesNotChecked",
        when: {
            [up]: "1x900",
            [`steward_files_check_timestamp_seconds{${host}}`]: `${String(2 * day)}x900`,
        },
        fires: false,
    },
    { alert: "DetectionStopped", when: unit("fail2ban.service", "active", 0), fires: true },
    { alert: "DetectionStopped", when: unit("fail2ban.service", "active", 1), fires: false },
    {
        alert: "AuditRulesLacking",
        when: { [`steward_audit_rules_lacking{${host}}`]: "1x900" },
        fires: true,
    },
    {
        alert: "AuditRulesLacking",
        when: { [`steward_audit_rules_lacking{${host}}`]: "0x900" },
        fires: false,
    },
    { alert: "AuditNotChecked", when: { [up]: "1x900" }, fires: true },
    {
        alert: "AuditNotChecked",
        when: { [up]: "1x900", [`steward_audit_check_timestamp_seconds{${host}}`]: "0x900" },
        fires: true,
    },
    {
        alert: "AuditNotChecked",
        when: {
            [up]: "1x900",
            [`steward_audit_check_timestamp_seconds{${host}}`]: `${String(3 * day - 600)}x900`,
        },
        fires: false,
    },
    { alert: "FirewallDown", when: unit("steward-firewall.service", "active", 0), fires: true },
    { alert: "FirewallDown", when: unit("steward-firewall.service", "active", 1), fires: false },
    { alert: "HostIsolated", when: { [`steward_isolated{${host}}`]: "1x900" }, fires: true },
    { alert: "HostIsolated", when: { [`steward_isolated{${host}}`]: "0x900" }, fires: false },
    ...[
        { alert: "CertificateExpires", left: 20, fires: true },
        { alert: "CertificateExpires", left: 22, fires: false },
        { alert: "CertificateEnds", left: 6, fires: true },
        { alert: "CertificateEnds", left: 20, fires: false },
    ].map(({ alert, left, fires }) => ({
        alert,
        when: {
            'probe_ssl_earliest_cert_expiry{job="site",host="proxy-a1"}': `${String((left + 3) * day)}x900`,
        },
        fires,
    })),
    { alert: "NotMeasured", when: { 'up{job="alertmanager"}': "0x900" }, fires: true },
    {
        alert: "NotMeasured",
        when: { [up]: "0x900", 'up{job="reach",host="db-a1"}': "1x900" },
        fires: false,
    },
    { alert: "NotMeasured", when: { [up]: "1x900" }, fires: true }, // nobody pings
    {
        alert: "MeasurementsUnreadable",
        when: { [`node_textfile_scrape_error{${host}}`]: "1x900" },
        fires: true,
    },
    {
        alert: "RulesFail",
        when: { prometheus_rule_evaluation_failures_total: "0+1x900" },
        fires: true,
    },
    {
        alert: "ConfigurationRefused",
        when: { 'alertmanager_config_last_reload_successful{job="alertmanager"}': "0x900" },
        fires: true,
    },
    {
        alert: "AlertsNotSent",
        when: { 'alertmanager_notifications_failed_total{integration="email"}': "0+1x900" },
        fires: true,
    },
    {
        alert: "AlertsNotSent",
        when: { 'alertmanager_notifications_failed_total{integration="email"}': "7x900" },
        fires: false,
    },
];

it("has a case for every rule", () => {
    const all = groups.flatMap((group) => group.rules.map(({ alert }) => alert));
    const fired = cases.filter(({ fires }) => fires).map(({ alert }) => alert);
    expect([...new Set(fired)].sort()).toEqual([...new Set(all)].sort());
});

describeWithTools("the tools of Prometheus", () => {
    it("take the rules and the configuration", () => {
        const count = groups.flatMap((group) => group.rules).length;
        expect(ask("promtool", ["check", "rules", "rules.json"], { "rules.json": rules })).toEqual({
            code: 0,
            said: `Checking rules.json\n  SUCCESS: ${String(count)} rules found`,
        });
        const config = JSON.stringify(scrapes(spec)).replace(`${folder}/`, "");
        const files = { "prometheus.yml": config, "rules.json": rules };
        const { code, said } = ask("promtool", ["check", "config", "prometheus.yml"], files);
        expect([code, said]).toEqual([0, expect.stringContaining("SUCCESS")]);
    });

    it("find for each rule the receiver of its owner", async () => {
        const secrets = {
            smtpPassword: undefined,
            heartbeatUrl: pulumi.output("https://beats.example.org/1"),
        };
        const fallback = { role: "operations-engineer", party: "operator" };
        const routes = await known(alertMail(spec, fallback, secrets));
        const files = {
            "alertmanager.yml": routes.replace("/etc/steward/monitoring/", ""),
            "steward.tmpl": alertTemplates,
        };
        expect(ask("amtool", ["check-config", "alertmanager.yml"], files).code).toBe(0);
        const all = groups.flatMap((group) => group.rules);
        const kinds = new Map(
            all.map(({ alert, labels }) => {
                const { owner_role: role = "", owner_party: party = "" } = labels;
                return [alert === "LifeSign" ? alert : `${role} ${party}`, { alert, labels }];
            }),
        );
        expect([...kinds.keys()].sort()).toEqual([
            "LifeSign",
            "cluster-management operator",
            "infrastructure-provider datacentre",
            "operations-engineer operator",
        ]);
        for (const [receiver, { alert, labels }] of kinds) {
            const set = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
            const args = ["config", "routes", "test", "--config.file=alertmanager.yml"];
            expect(ask("amtool", [...args, `alertname=${alert}`, ...set], files)).toEqual({
                code: 0,
                said: receiver,
            });
        }
    });

    it("fire when they should, and not when they should not", () => {
        // All in one go: the tool takes seconds to start.
        const tests = cases.map(({ alert, layer, when, fires }, at) => {
            const of = layer === undefined ? "" : `,owner_layer="${layer}"`;
            return {
                name: `${String(at)}: ${alert} ${fires ? "fires" : "is silent"}`,
                interval: "5m",
                input_series: Object.entries(when).map(([series, values]) => ({ series, values })),
                promql_expr_test: [
                    {
                        expr: `count(ALERTS{alertname="${alert}",alertstate="firing"${of}}) > bool 0`,
                        eval_time: "3d",
                        exp_samples: fires ? [{ labels: "{}", value: 1 }] : [],
                    },
                ],
            };
        });
        const test = { rule_files: ["rules.json"], evaluation_interval: "6h", tests };
        const files = { "rules.json": rules, "test.json": JSON.stringify(test) };
        expect(ask("promtool", ["test", "rules", "test.json"], files)).toEqual({
            code: 0,
            said: "SUCCESS",
        });
    });
});
