import { noneServes } from "../../../model/alert-rule";
import { hubsFolder } from "../../../model/k3s-backups";
import type { ClusterWatch } from "../../monitoring-foundation";

/**
 * No machine comes or goes by itself here, and what hubs keep in directories shares the disk of its host. k3s' balancer
 * is a DaemonSet for each Service, `svclb-` and the Service's name.
 *
 * @see https://docs.k3s.io/networking/networking-services#service-load-balancer
 */
export const clusterWatch: ClusterWatch = {
    actions: {
        NodeNotReady:
            "Enter {{ $labels.node }}: systemctl status 'k3s*'; journalctl -u 'k3s*'. If nobody can, whoever hosts it looks at the machine",
        NodeUnderPressure:
            "kubectl describe node {{ $labels.node }}; then df -h and free -h there: images fill the disk, or too many servers run on it",
        UsersWaitForMachines:
            "kubectl describe pod of one: hosts have no CPU or memory left. End idle servers, or add a host to steward:vms.hosts and run up",
        HomesFilling:
            "Let the disk of volumes.{{ $labels.hub }}.homes grow on its host: the file system follows. Or ask who could tidy up",
        HubDatabaseFilling: `df ${hubsFolder} on the host of the hub's database: the disk is the host's, find what else fills it, or let it grow; full, nobody signs in`,
        MonitoringDiskFilling: `df ${hubsFolder} on the first server: the disk is the host's, find what else fills it, let it grow, or lower monitoring.retentionDays`,
    },
    rules: [
        {
            layer: "control-plane",
            alert: "ClusterServiceDown",
            expr: noneServes("kube-system", "coredns"),
            for: "10m",
            severity: "critical",
            summary: "{{ $labels.deployment }} does not run: names are not found",
            action: "kubectl -n kube-system describe deploy {{ $labels.deployment }}",
        },
        {
            layer: "gateway",
            alert: "WayInBroken",
            expr: 'kube_daemonset_status_number_unavailable{namespace="kube-system",daemonset=~"svclb-.+"} > 0',
            for: "10m",
            severity: "critical",
            summary:
                "{{ $value }} of the servers do not hand browsers on to the gateway: who is sent there reaches no hub",
            action: "kubectl -n kube-system get pods -o wide: those of {{ $labels.daemonset }} that do not run; then describe them",
        },
    ],
};
