import { noneServes } from "../../model/alert-rule";
import type { ClusterWatch } from "../monitoring-foundation";

/** The autoscaler and the drivers of disks run on nodes of the cluster, as add-ons of it. */
export const clusterWatch: ClusterWatch = {
    actions: {
        NodeNotReady:
            "kubectl describe node {{ $labels.node }}; drain it and end its instance, another one comes",
        NodeUnderPressure:
            "kubectl describe node {{ $labels.node }}; volumeGiB of its kind is too small where images fill it",
        UsersWaitForMachines:
            "kubectl -n kube-system logs deploy/cluster-autoscaler: a group at its maximum, or nothing to be had",
        HomesFilling:
            "Raise homes.sizeGiB of {{ $labels.hub }} and run up: the file system grows by itself. Or ask who could tidy up",
        HubDatabaseFilling:
            "Delete users who left, or move the hub to database: { kind: rds }; full, nobody signs in",
        MonitoringDiskFilling:
            "Raise monitoring.volumeGiB and run up, or lower monitoring.retentionDays",
    },
    rules: [
        {
            layer: "node-pools",
            alert: "AutoscalerDown",
            expr: noneServes("kube-system", "cluster-autoscaler"),
            for: "15m",
            severity: "critical",
            summary: "no machine starts for those who wait, and none stops",
            action: "kubectl -n kube-system logs deploy/cluster-autoscaler",
        },
        {
            layer: "control-plane",
            alert: "ClusterServiceDown",
            expr: noneServes("kube-system", "coredns|ebs-csi-controller|efs-csi-controller"),
            for: "10m",
            severity: "critical",
            summary:
                "{{ $labels.deployment }} does not run: names are not found, or disks not attached",
            action: "kubectl -n kube-system describe deploy {{ $labels.deployment }}",
        },
    ],
};
