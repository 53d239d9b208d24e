import { lifeSign, ownerLabelNames } from "./model/alert-rule";
import type { Owner } from "./model/matrix";
import type { AlertReceiver, ReceiverSettings } from "./platforms/monitoring-foundation";

export interface RoutesArgs {
    /** Where `alertTemplates` lies, as a pattern of files. */
    readonly templates: string;
    readonly receivers: readonly AlertReceiver[];
    /** None where the platform watches the monitoring by itself. */
    readonly lifeSign: ReceiverSettings | undefined;
    /** Of the monitoring layer: gets what finds nobody else. */
    readonly fallback: Pick<Owner, "role" | "party">;
    /** Alerts that make others needless, each named by a pattern. */
    readonly silences: readonly { readonly by: string; readonly of: string }[];
    /** Labels that both have in common then. */
    readonly within: readonly string[];
}

/** Receivers by name; a role may have several parties, one for each hub. */
const nameOf = ({ role, party }: Pick<Owner, "role" | "party">) => `${role} ${party}`;

/**
 * Alertmanager's configuration: an alert goes to whom its labels name, and to nobody else.
 *
 * A sign of life is sent anew every five minutes: less than that since the last one counts as nothing to send.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 */
export function alertRoutes({
    templates,
    receivers,
    lifeSign: sign,
    fallback,
    silences,
    within,
}: RoutesArgs) {
    return {
        templates: [templates],
        route: {
            receiver: nameOf(fallback),
            group_by: ["alertname", ownerLabelNames.layer, ownerLabelNames.hub],
            group_wait: "30s",
            group_interval: "5m",
            repeat_interval: "12h",
            routes: [
                {
                    // A receiver without settings tells nobody.
                    receiver: lifeSign.alert,
                    matchers: [`alertname="${lifeSign.alert}"`],
                    group_wait: "0s",
                    group_interval: "5m",
                    repeat_interval: "4m",
                },
                ...receivers.map((each) => ({
                    receiver: nameOf(each),
                    matchers: [
                        `${ownerLabelNames.role}="${each.role}"`,
                        `${ownerLabelNames.party}="${each.party}"`,
                    ],
                })),
            ],
        },
        inhibit_rules: silences.map(({ by, of }) => ({
            source_matchers: [`alertname="${by}"`],
            target_matchers: [`alertname=~"${of}"`],
            equal: within,
        })),
        receivers: [
            { name: lifeSign.alert, ...sign },
            ...receivers.map((each) => ({ name: nameOf(each), ...each.settings })),
        ],
    };
}

/** Texts of messages. SNS takes a subject of one line and 100 ASCII characters. */
export const alertTemplates = `{{ define "steward.subject" -}}
{{ .Status | toUpper }}: {{ .CommonLabels.alertname }}{{ with .CommonLabels.${ownerLabelNames.hub} }} of {{ . }}{{ end }}{{ with .CommonLabels.host }} of {{ . }}{{ end }}
{{- end }}
{{ define "steward.message" -}}
{{ range .Alerts -}}
{{ .Status | toUpper }} in {{ .Labels.cluster }} since {{ .StartsAt.UTC.Format "2006-01-02 15:04" }} UTC: {{ .Annotations.summary }}.
What to do: {{ .Annotations.action }}.
{{ .Annotations.contact }}. Severity: {{ .Labels.severity }}.

{{ end -}}
{{- end }}
`;
