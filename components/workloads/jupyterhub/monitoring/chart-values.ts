import { hubLabel, hubPurposeLabel } from "../../../model/machines";
import {
    alertSender,
    logCollector,
    receiverSecretsPath,
} from "../../../platforms/monitoring-foundation";
import { logState } from "./log-collection";
import { monitoringNames } from "./names";

/*
 * Nothing in these values follows from a stack file: what does stands in objects of the layer, which the charts
 * find by name. So pods do not restart when a hub comes, and the charts are rehearsed as they were recorded.
 */

const onCoreNodes = { [hubPurposeLabel]: "core" };

const resources = (cpu: string, memory: string, limit: string) => ({
    requests: { cpu, memory },
    limits: { memory: limit },
});

/** What a restricted namespace asks of every container. */
const restricted = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
};
const nobody = {
    runAsUser: 65534,
    runAsGroup: 65534,
    runAsNonRoot: true,
    fsGroup: 65534,
    seccompProfile: { type: "RuntimeDefault" },
};

/**
 * Values for the chart of the Prometheus community, version 29.27.0.
 *
 * @param receiverSecrets Whether there are any that Alertmanager reads as files: that is the platform's, not a stack's.
 * @see https://github.com/prometheus-community/helm-charts/tree/prometheus-29.27.0/charts/prometheus
 */
export function prometheusValues(receiverSecrets = false) {
    return {
        rbac: { create: false }, // the chart's own may read every ConfigMap; ours the nodes
        configmapReload: {
            prometheus: {
                containerSecurityContext: restricted,
                resources: resources("5m", "16Mi", "64Mi"),
            },
        },
        server: {
            configMapOverrideName: "config",
            persistentVolume: { existingClaim: monitoringNames.claims.prometheus },
            extraSecretMounts: [
                {
                    name: monitoringNames.hubKeys,
                    secretName: monitoringNames.hubKeys,
                    mountPath: monitoringNames.hubKeysPath,
                    readOnly: true,
                },
            ],
            retention: "",
            service: { servicePort: monitoringNames.ports.prometheus },
            nodeSelector: onCoreNodes,
            securityContext: nobody,
            containerSecurityContext: restricted,
            resources: resources("100m", "1Gi", "3Gi"),
            enableServiceLinks: false,
        },
        alertmanager: alertmanager(receiverSecrets),
        "kube-state-metrics": {
            // Of what there is to tell, what is asked; rights follow from this list.
            collectors: [
                "daemonsets",
                "deployments",
                "nodes",
                "persistentvolumeclaims",
                "pods",
                "statefulsets",
            ],
            metricLabelsAllowlist: [
                `nodes=[${hubLabel},${hubPurposeLabel},node.kubernetes.io/instance-type]`,
            ],
            nodeSelector: onCoreNodes,
            resources: resources("20m", "64Mi", "256Mi"),
        },
        "prometheus-node-exporter": {
            namespaceOverride: monitoringNames.agents,
            hostPID: false, // for processes, which nobody looks at
            containerSecurityContext: restricted,
            resources: resources("5m", "24Mi", "64Mi"),
        },
        "prometheus-pushgateway": { enabled: false },
    };
}

function alertmanager(receiverSecrets: boolean) {
    const config = { name: "settings", mountPath: "/etc/alertmanager" };
    const secrets = {
        name: monitoringNames.receiverSecrets,
        secretName: monitoringNames.receiverSecrets,
        mountPath: receiverSecretsPath,
        readOnly: true,
    };
    return {
        automountServiceAccountToken: false,
        serviceAccount: { name: alertSender.serviceAccount },
        extraArgs: { "cluster.listen-address": "" }, // it is one
        // Ours: the layer's ConfigMap has the ways to owners, which only the platform knows.
        config: { enabled: false },
        extraVolumes: [
            { name: config.name, configMap: { name: monitoringNames.configs.alertmanager } },
        ],
        extraVolumeMounts: [config],
        ...(receiverSecrets ? { extraSecretMounts: [secrets] } : {}),
        // A StatefulSet would make the claim from a template, and no template can be given another owner.
        persistence: { enabled: false },
        configmapReload: {
            enabled: true,
            extraVolumeMounts: [config],
            securityContext: restricted,
            resources: resources("5m", "16Mi", "64Mi"),
        },
        nodeSelector: onCoreNodes,
        podSecurityContext: nobody,
        securityContext: restricted,
        resources: resources("10m", "32Mi", "128Mi"),
    };
}

/**
 * Values for the chart of the Grafana community, version 12.11.1. It keeps nothing: what it shows is provisioned.
 *
 * @see https://github.com/grafana-community/helm-charts/tree/grafana-12.11.1/charts/grafana
 */
export function grafanaValues() {
    const { configs, grafanaAdmin, namespace, ports } = monitoringNames;
    const dashboards = "/var/lib/grafana/dashboards/steward";
    return {
        rbac: { create: false },
        automountServiceAccountToken: false,
        testFramework: { enabled: false },
        admin: { existingSecret: grafanaAdmin },
        "grafana.ini": {
            analytics: {
                check_for_updates: false,
                check_for_plugin_updates: false,
                reporting_enabled: false,
            },
            "auth.anonymous": { enabled: false },
            users: { allow_sign_up: false },
            plugins: { preinstall_disabled: true },
            snapshots: { external_enabled: false },
            // Through `kubectl port-forward` there is no TLS; nothing else leads here.
            security: { disable_gravatar: true },
        },
        datasources: {
            "datasources.yaml": {
                apiVersion: 1,
                datasources: [
                    {
                        name: "Prometheus",
                        uid: "prometheus",
                        type: "prometheus",
                        access: "proxy",
                        url: `http://prometheus-server.${namespace}.svc.cluster.local:${ports.prometheus}`,
                        isDefault: true,
                        jsonData: { timeInterval: "1m" },
                    },
                ],
            },
        },
        dashboardProviders: {
            "dashboardproviders.yaml": {
                apiVersion: 1,
                providers: [
                    {
                        name: "steward",
                        type: "file",
                        folder: "Hubs",
                        disableDeletion: true,
                        allowUiUpdates: false,
                        options: { path: dashboards },
                    },
                ],
            },
        },
        extraConfigmapMounts: [
            {
                name: configs.dashboards,
                configMap: configs.dashboards,
                mountPath: dashboards,
                readOnly: true,
            },
        ],
        containerSecurityContext: { ...restricted, seccompProfile: { type: "RuntimeDefault" } },
        extraEmptyDirMounts: [{ name: "temporary", mountPath: "/tmp" }],
        nodeSelector: onCoreNodes,
        resources: resources("20m", "128Mi", "384Mi"),
    };
}

/**
 * Values for the chart of Fluent Bit, version 0.58.1.
 *
 * @see https://github.com/fluent/helm-charts/tree/fluent-bit-0.58.1/charts/fluent-bit
 */
export function logValues() {
    const logs = { name: "logs", path: "/var/log" };
    const state = { name: "state", path: logState };
    return {
        existingConfigMap: monitoringNames.configs.logs,
        args: ["--workdir=/fluent-bit/etc", "--config=/fluent-bit/etc/conf/fluent-bit.yaml"],
        hotReload: { enabled: true },
        serviceAccount: {
            name: logCollector.serviceAccount,
            automountServiceAccountToken: false,
        },
        rbac: { create: false },
        testFramework: { enabled: false },
        service: { clusterIP: "None" }, // so that each pod is found by its own address
        daemonSetVolumes: [
            { name: logs.name, hostPath: { path: logs.path, type: "Directory" } },
            { name: state.name, hostPath: { path: state.path, type: "DirectoryOrCreate" } },
        ],
        daemonSetVolumeMounts: [
            { name: logs.name, mountPath: logs.path, readOnly: true },
            { name: state.name, mountPath: state.path },
        ],
        // Root, because logs of containers are root's; without any of root's powers.
        securityContext: { ...restricted, runAsUser: 0 },
        tolerations: [{ operator: "Exists", effect: "NoSchedule" }],
        nodeSelector: { "kubernetes.io/os": "linux" },
        resources: resources("10m", "40Mi", "192Mi"),
    };
}
