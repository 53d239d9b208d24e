import * as pulumi from "@pulumi/pulumi";
import { alertMail } from "../../../../../components/platforms/vms/monitoring/alert-mail";
import { vmsSpec } from "../vms";

// What Alertmanager is told to do; that mail arrives, test/hosts/ shows.

interface Receiver {
    readonly name: string;
    readonly email_configs?: readonly { readonly to: string }[];
    readonly webhook_configs?: readonly { readonly url: string }[];
}

async function told(monitoring: object, secrets: Record<string, string> = {}) {
    const of = (key: string) => {
        const value = secrets[key];
        return value === undefined ? undefined : pulumi.secret(value);
    };
    const routes = alertMail(
        vmsSpec({ monitoring }),
        { role: "operations-engineer", party: "operator" },
        { smtpPassword: of("smtpPassword"), heartbeatUrl: of("heartbeatUrl") },
    );
    const text = await new Promise<string>((resolve) => {
        routes.apply(resolve);
    });
    const isSecret = await pulumi.isSecret(routes);
    const { global, receivers } = JSON.parse(text) as { global: object; receivers: Receiver[] };
    return { global, receivers, isSecret };
}

const reached = (receivers: readonly Receiver[], name: string) => {
    const found = receivers.find((each) => each.name === name);
    return [
        found?.email_configs?.map(({ to }) => to) ?? [],
        found?.webhook_configs?.map(({ url }) => url) ?? [],
    ];
};

it("mails each owner through the stack's own relay, over TLS", async () => {
    const { global, receivers, isSecret } = await told({});
    expect(global).toEqual({
        smtp_smarthost: "smtp.health.example.org:587",
        smtp_from: "commcare@health.example.org",
        smtp_hello: "control-a1.commcare.internal",
        smtp_require_tls: true,
    });
    expect(isSecret).toBe(false);
    expect(reached(receivers, "infrastructure-provider datacentre")).toEqual([
        ["datacentre@example.org"],
        [],
    ]);
    // Its escalation is a page: nothing is posted to it unless the stack file says so.
    expect(reached(receivers, "cluster-management operator")).toEqual([
        ["commcare-operations@example.org"],
        [],
    ]);
});

it("asks for no STARTTLS where TLS comes first", async () => {
    const { global } = await told({ mail: { port: 465 } });
    expect(global).toMatchObject({
        smtp_smarthost: "smtp.health.example.org:465",
        smtp_require_tls: false,
    });
});

it("posts to a party that takes posts, beside the mail", async () => {
    const { receivers } = await told({ webhooks: ["operator"] });
    expect(reached(receivers, "cluster-management operator")).toEqual([
        ["commcare-operations@example.org"],
        ["https://pager.example.org"],
    ]);
    expect(reached(receivers, "infrastructure-provider datacentre")).toEqual([
        ["datacentre@example.org"],
        [],
    ]);
});

it("signs in with a secret, and sends a sign of life to a secret address, where the stack file has them", async () => {
    const mail = {
        host: "relay.example.org",
        port: 2525,
        from: "a@example.org",
        username: "steward",
    };
    const secrets = { smtpPassword: "hush", heartbeatUrl: "https://beats.example.org/1" };
    const { global, receivers, isSecret } = await told({ mail, heartbeat: true }, secrets);
    expect(global).toMatchObject({
        smtp_smarthost: "relay.example.org:2525",
        smtp_from: "a@example.org",
        smtp_auth_username: "steward",
        smtp_auth_password: "hush",
    });
    expect(reached(receivers, "LifeSign")).toEqual([[], ["https://beats.example.org/1"]]);
    expect(isSecret).toBe(true);
});
