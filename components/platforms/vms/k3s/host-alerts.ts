import type { DueRule } from "../../../model/alert-rule";
import { copyAlerts } from "../monitoring/copy-alerts";
import { detectionAlerts } from "../monitoring/detection-alerts";
import { firewallDown } from "../monitoring/firewall-alert";
import { clock, failedUnits, hardwareAlerts, spaceAlerts } from "../monitoring/machine-alerts";
import { jobs } from "../monitoring/names";
import { patchAlerts } from "../monitoring/patch-alerts";
import { hubUnits, unitPatterns } from "../monitoring/unit-layers";

/** The layer of whatever fills a host, beside its system. */
export const filledBy = "node-pools";

/** Alerts about the hosts that are nodes; of users' servers and their memory Kubernetes takes care. */
export function hostAlerts(): DueRule[] {
    return [
        hostDown,
        ...hardwareAlerts(),
        ...spaceAlerts("operating-system"),
        ...spaceAlerts(filledBy),
        clock,
        ...failedUnits(unitPatterns(hubUnits)),
        ...patchAlerts(),
        ...copyAlerts(),
        ...detectionAlerts("security-abuse"),
        firewallDown,
        hostNotMeasured,
        unreadable,
    ];
}

const down = `up{job="${jobs.hosts}"} == 0`;

/** Nodes that Kubernetes hears of, by the name of their host. */
const ready =
    'label_replace(kube_node_status_condition{condition="Ready",status="true"} == 1, "host", "$1", "node", "(.+)")';

/** Both ways: what measures a host may have stopped, and so may its kubelet. */
const hostDown: DueRule = {
    layer: "hosting",
    alert: "HostDown",
    expr: `${down} unless on (host) ${ready}`,
    for: "5m",
    severity: "critical",
    summary: "{{ $labels.host }} does not answer: neither its kubelet nor what measures it",
    action: "Look at its console and its power, then at the network between it and the others",
};

const hostNotMeasured: DueRule = {
    layer: "monitoring-alerts",
    alert: "HostNotMeasured",
    expr: `${down} and on (host) ${ready}`,
    for: "10m",
    severity: "warning",
    summary: "{{ $labels.host }} runs pods, and says nothing of how it is: no alert of it comes",
    action: "kubectl -n node-agents get pods --output wide; the firewall of hosts lets 9100 through among them",
};

const unreadable: DueRule = {
    layer: "monitoring-alerts",
    alert: "MeasurementsUnreadable",
    expr: `node_textfile_scrape_error{job="${jobs.hosts}"} > 0`,
    for: "30m",
    severity: "warning",
    summary: "what scripts of {{ $labels.host }} measure cannot be read: no alert of it comes",
    action: "kubectl -n node-agents logs of its prometheus-node-exporter names the file",
};
