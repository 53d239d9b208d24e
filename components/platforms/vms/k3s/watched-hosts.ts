import { k3sBackups } from "../../../model/k3s-backups";
import type { HubSpec } from "../../../model/spec/jupyterhub";
import type { K3sVmsSpec } from "../../../model/spec/vms";
import type { WatchedHosts } from "../../monitoring-foundation";
import { jobs, textfiles } from "../monitoring/names";
import { filledBy, hostAlerts } from "./host-alerts";

/** What the rules of hosts ask; the rest is thousands of series that nobody looks at. */
const kept = [
    "steward_.+",
    "node_systemd_unit_state",
    "node_textfile_scrape_error",
    "node_timex_(sync_status|offset_seconds)",
    "node_filesystem_(avail_bytes|size_bytes|files|files_free|readonly)",
    "node_disk_((read|write)_time_seconds|(reads|writes)_completed)_total",
].join("|");

/** The hosts as the monitoring in the cluster sees them: by the exporter that runs in a pod on each. */
export function watchedHosts(vms: K3sVmsSpec, hubs: readonly HubSpec[]): WatchedHosts {
    return {
        textfiles,
        scrape: {
            job_name: jobs.hosts,
            static_configs: Object.entries(vms.hosts).map(([host, { address }]) => ({
                targets: [`${address}:9100`],
                labels: {
                    host,
                    service_layer: filledBy,
                    keeps_data: k3sBackups(host, vms, hubs).length > 0 ? "yes" : "no",
                },
            })),
            metric_relabel_configs: [{ source_labels: ["__name__"], regex: kept, action: "keep" }],
        },
        rules: hostAlerts(),
    };
}
