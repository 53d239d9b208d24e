import { noneServes } from "../../model/alert-rule";
import type { ClusterWatch } from "../monitoring-foundation";

/**
 * The autoscaler and the drivers of disks and shares run in AKS's own control plane, where Prometheus sees no pod of
 * theirs: the one writes what it does to a ConfigMap, and of pods that find no node AKS has an alert of its own.
 *
 * @see https://learn.microsoft.com/azure/aks/cluster-autoscaler#retrieve-cluster-autoscaler-logs-and-status
 * @see https://learn.microsoft.com/azure/aks/node-auto-repair
 */
export const clusterWatch: ClusterWatch = {
    actions: {
        NodeNotReady:
            "kubectl describe node {{ $labels.node }}; AKS tries to repair it for up to an hour; then drain it, and az aks nodepool delete-machines",
        NodeUnderPressure:
            "kubectl describe node {{ $labels.node }}; diskGiB of its kind is too small where images fill it",
        UsersWaitForMachines:
            "kubectl -n kube-system get configmap cluster-autoscaler-status -o yaml: a pool at its maximum, or a quota or capacity that Azure does not have",
        HomesFilling:
            "Raise homes.sizeGiB of {{ $labels.hub }} and run up: the file system grows by itself. Or ask who could tidy up",
        HubDatabaseFilling:
            "Delete users who left, or move the hub to database: { kind: flexible-server }; full, nobody signs in",
        MonitoringDiskFilling:
            "Raise monitoring.volumeGiB and run up, or lower monitoring.retentionDays",
    },
    rules: [
        {
            layer: "control-plane",
            alert: "ClusterServiceDown",
            // Without the second, pods that name an identity are refused or start without it.
            expr: noneServes("kube-system", "coredns|azure-wi-webhook-controller-manager"),
            for: "10m",
            severity: "critical",
            summary:
                "{{ $labels.deployment }} does not run: names are not found, or pods have no identity in Azure",
            action: "kubectl -n kube-system describe deploy {{ $labels.deployment }}",
        },
    ],
};
