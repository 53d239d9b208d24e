import { missingSecrets } from "../../../../components/model/secrets";
import { parseSpec } from "../../../../components/model/spec";
import { stackConfig } from "../../../support/stack-file";

type Config = Record<string, unknown> & { parties: Record<string, Record<string, unknown>> };

/** Problems of the stack of hosts with this under `monitoring`, and something else changed. */
function problems(monitoring: object, change: (config: Config) => unknown = () => undefined) {
    const config = stackConfig("commcare-vms") as Config;
    config["vms"] = { ...(config["vms"] as object), monitoring };
    change(config);
    return parseSpec(config).problems.map(
        ({ path, message, fix }) => `${path}: ${message}; ${fix}`,
    );
}

describe("the monitoring of hosts", () => {
    it("needs nothing said, and takes what fits", () => {
        expect(problems({})).toEqual([]);
        expect(problems({ host: "web-a1", webhooks: ["operator"], heartbeat: true })).toEqual([]);
    });

    it.each<[string, object, string[]]>([
        [
            "a host that is none",
            { host: "web-z9" },
            [
                "steward:vms.monitoring.host: is no machine of the plan; take one of: control-a1, proxy-a1, web-a1, web-a2, sql-a1, db-a1",
            ],
        ],
        [
            "a password in clear",
            { mail: { username: "steward", tls: false } },
            [
                "steward:vms.monitoring.mail.tls: is off, and a password would go in clear; leave `tls` out, or the user name",
            ],
        ],
        [
            "a party that is none",
            { webhooks: ["vendor"] },
            [
                "steward:vms.monitoring.webhooks[0]: is no party; take one of: ministry, operator, datacentre",
            ],
        ],
        [
            "a party without an address for posts",
            { webhooks: ["ministry"] },
            [
                "steward:vms.monitoring.webhooks[0]: names ministry, which has no https address; write one as contact or escalation of ministry, or take it out",
            ],
        ],
    ])("refuses %s", (_, monitoring, said) => {
        expect(problems(monitoring)).toEqual(said);
    });

    it("refuses a party whom no alert would reach", () => {
        const paged = ({ parties }: Config) =>
            (parties["datacentre"] = { name: "Data centre", contact: "https://desk.example.org" });
        expect(problems({}, paged)).toEqual([
            "steward:parties.datacentre.contact: is a page, and alerts of hosts go by mail; write an e-mail address, or name datacentre in steward:vms.monitoring.webhooks if it takes posts of Alertmanager",
        ]);
        expect(problems({ webhooks: ["datacentre"] }, paged)).toEqual([]);
    });

    it("asks for the machine that watches where the plan has none for control", () => {
        const line = { vcpus: 4, memoryGiB: 16 };
        const { hosts } = stackConfig("commcare-vms")["vms"] as { hosts: Record<string, object> };
        const said = problems({}, (config) => {
            const { users: _, ...commcare } = config["commcare"] as Record<string, unknown>;
            const machines = { app: { services: ["proxy"], ...line } };
            config["commcare"] = { ...commcare, plan: { basis: "nothing", machines } };
            config["vms"] = { ...(config["vms"] as object), hosts: { "app-a1": hosts["web-a1"] } };
        });
        expect(said).toContain(
            "steward:vms.monitoring.host: is missing, and the plan has no control machine; name the machine that watches the others, one of: app-a1",
        );
    });
});

it("asks for the password and the address only where the stack file needs them", () => {
    const missing = (monitoring: object) =>
        missingSecrets({ vms: { key: "agent", monitoring } }).map(({ path }) => path);
    expect(missing({})).toEqual([]);
    expect(missing({ mail: { username: "steward" }, heartbeat: true })).toEqual([
        "steward:secrets.hosts.smtpPassword",
        "steward:secrets.hosts.heartbeatUrl",
    ]);
});

it("asks for the address of a sign of life of hubs where one is sent", () => {
    const missing = (heartbeat: boolean) =>
        missingSecrets({ vms: { key: "agent", k3s: { heartbeat } }, jupyterhub: {} });
    expect(missing(false).map(({ path }) => path)).toEqual(["steward:secrets.alerts.smtpPassword"]);
    expect(missing(true).map(({ path }) => path)).toEqual([
        "steward:secrets.alerts.smtpPassword",
        "steward:secrets.alerts.heartbeatUrl",
    ]);
});
