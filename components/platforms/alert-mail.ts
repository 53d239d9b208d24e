import { contactKind } from "../model/contact";
import type { MailSpec } from "../model/spec/mail";
import type { EgressRule } from "./foundation";
import type { ReceiverSettings } from "./monitoring-foundation";
import { receiverSecretsPath } from "./monitoring-foundation";

/** The file of the relay's password, where Alertmanager finds it. */
export const passwordFile = "smtp-password";

/**
 * Whether Alertmanager has to ask a relay for STARTTLS. At 465 it speaks TLS from the first byte, whatever its
 * configuration says, and no relay offers it there.
 *
 * @see https://github.com/prometheus/alertmanager/pull/704
 */
export const needsStartTls = (port: number): boolean => port !== 465;

/** @see https://prometheus.io/docs/alerting/latest/configuration/#email_config */
export function settings(
    { host, port, from, username }: MailSpec,
    addresses: readonly string[],
): ReceiverSettings {
    const mails = addresses.filter((each) => contactKind(each) === "email");
    const hooks = addresses.filter((each) => contactKind(each) !== "email");
    return {
        ...(mails.length === 0
            ? {}
            : {
                  email_configs: mails.map((to) => ({
                      to,
                      from,
                      smarthost: `${host}:${String(port)}`,
                      require_tls: needsStartTls(port),
                      auth_username: username,
                      auth_password_file: `${receiverSecretsPath}/${passwordFile}`,
                      headers: { Subject: '{{ template "steward.subject" . }}' },
                      html: "",
                      text: '{{ template "steward.message" . }}',
                      send_resolved: true,
                  })),
              }),
        ...(hooks.length === 0
            ? {}
            : { webhook_configs: hooks.map((url) => ({ url, send_resolved: true })) }),
    };
}

/** The way to the relay, wherever it is. */
export const toRelay = ({ port }: MailSpec): EgressRule => ({
    to: [{ ipBlock: { cidr: "0.0.0.0/0" } }],
    ports: [{ port, protocol: "TCP" }],
});
