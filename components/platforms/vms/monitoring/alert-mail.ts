import * as pulumi from "@pulumi/pulumi";
import { alertRoutes } from "../../../alert-routes";
import { monitoringMachine } from "../../../model/commcare/host-rules";
import { internalName } from "../../../model/commcare/internal-names";
import type { Owner } from "../../../model/matrix";
import type { VmsCommcareSpec } from "../../../model/spec";
import { needsStartTls } from "../../alert-mail";
import type { ReceiverSettings } from "../../monitoring-foundation";
import { dueTopics } from "../../topics";
import { silences } from "./alert-rules";
import { folder } from "./names";

/** Secrets of the monitoring, as far as the stack file asks for them. */
export interface WatchSecrets {
    readonly smtpPassword: pulumi.Output<string> | undefined;
    /** Where a sign of life goes: whoever has this address can pretend one. */
    readonly heartbeatUrl: pulumi.Output<string> | undefined;
}

/**
 * Alertmanager's configuration: each owner by mail, and by a post to where the stack file says that a post is taken.
 * A password stands in it, because a file of its own is read since 0.25 only, and Ubuntu 22.04 has 0.23.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/#email_config
 */
export function alertMail(
    { name, matrix, workload, platform }: VmsCommcareSpec,
    fallback: Pick<Owner, "role" | "party">,
    { smtpPassword, heartbeatUrl }: WatchSecrets,
): pulumi.Output<string> {
    const { mail, webhooks } = platform.vms.monitoring;
    const relay = workload.commcare.mail;
    const port = mail.port ?? relay.smtpPort;
    const smtp = {
        smtp_smarthost: `${mail.host ?? relay.smtpHost}:${String(port)}`,
        smtp_from: mail.from ?? relay.from,
        smtp_hello: internalName(
            name,
            monitoringMachine(workload.plan, platform.vms.monitoring.host),
        ),
        smtp_require_tls: mail.tls && needsStartTls(port),
        ...(mail.username === undefined
            ? {}
            : { smtp_auth_username: mail.username, smtp_auth_password: smtpPassword }),
    };
    const receivers = dueTopics(matrix).map(({ role, party, subscriptions }) => {
        const to = (protocol: "email" | "https") =>
            subscriptions.filter((each) => each.protocol === protocol);
        const posts = webhooks.includes(party) ? to("https") : [];
        const settings: ReceiverSettings = {
            email_configs: to("email").map(({ endpoint }) => ({ to: endpoint, ...message })),
            webhook_configs: posts.map(({ endpoint }) => ({ url: endpoint, send_resolved: true })),
        };
        return { role, party, settings };
    });
    const routes = alertRoutes({
        templates: `${folder}/*.tmpl`,
        receivers,
        lifeSign:
            heartbeatUrl === undefined
                ? undefined
                : { webhook_configs: [{ url: heartbeatUrl, send_resolved: false }] },
        fallback,
        silences,
        within: ["host", "mountpoint", "service"],
    });
    return pulumi.jsonStringify({ global: smtp, ...routes }, undefined, 2);
}

const message = {
    headers: { Subject: '{{ template "steward.subject" . }}' },
    html: "",
    text: '{{ template "steward.message" . }}',
    send_resolved: true,
} as const;
