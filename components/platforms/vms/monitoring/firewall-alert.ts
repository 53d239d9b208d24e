import type { DueRule } from "../../../model/alert-rule";

/** Whether the firewall is in force. */
export const firewallDown: DueRule = {
    layer: "network",
    alert: "FirewallDown",
    expr: 'node_systemd_unit_state{name="steward-firewall.service",state="active"} == 0',
    for: "5m",
    severity: "critical",
    summary: "the firewall of {{ $labels.host }} is not in force: whatever listens is open",
    action: "On it: systemctl restart steward-firewall",
};
