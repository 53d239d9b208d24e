import type * as pulumi from "@pulumi/pulumi";
import { passedOn } from "../../../passed-on";
import { receiverSecretsPath } from "../../../platforms/monitoring-foundation";
import { monitoringNames } from "./names";

/*
 * What the charts have no value for, or one that would make other objects of them than were recorded.
 */

/**
 * Alertmanager remembers whom it told and what was silenced on a claim of ours, where its chart has a directory
 * that goes with the pod. Its other way, a claim by the StatefulSet, would bear its first owner for ever.
 */
export const claimedStorage: pulumi.ResourceTransform = ({ type, props, opts }) => {
    if (type !== "kubernetes:apps/v1:StatefulSet") return undefined;
    const { spec } = props as { spec: { template: { spec: { volumes: { name: string }[] } } } };
    const pod = spec.template.spec;
    const claimName = monitoringNames.claims.alertmanager;
    const volumes = pod.volumes.map((volume) =>
        volume.name === "storage"
            ? { name: volume.name, persistentVolumeClaim: { claimName } }
            : volume,
    );
    const template = { ...spec.template, spec: { ...pod, volumes } };
    return { props: { ...props, spec: { ...spec, template } }, opts: passedOn(opts) };
};

/**
 * Alertmanager signs in with secrets of the platform's, mounted beside its configuration. Where there are none, its
 * chart stays as it is.
 */
export function mountsSecrets(there: boolean): pulumi.ResourceTransform {
    const name = monitoringNames.receiverSecrets;
    return ({ type, props, opts }) => {
        if (!there || type !== "kubernetes:apps/v1:StatefulSet") return undefined;
        const { spec } = props as { spec: { template: { spec: AlertmanagerPod } } };
        const pod = spec.template.spec;
        const mount = { name, mountPath: receiverSecretsPath, readOnly: true };
        const containers = pod.containers.map((container) =>
            container.name === "alertmanager"
                ? { ...container, volumeMounts: [...container.volumeMounts, mount] }
                : container,
        );
        const volumes = [...pod.volumes, { name, secret: { secretName: name } }];
        const template = { ...spec.template, spec: { ...pod, containers, volumes } };
        return { props: { ...props, spec: { ...spec, template } }, opts: passedOn(opts) };
    };
}

interface AlertmanagerPod {
    readonly containers: readonly { readonly name: string; readonly volumeMounts: object[] }[];
    readonly volumes: readonly object[];
}

/**
 * The exporter reads what scripts on the host left. The chart shows it the host's files below `/host/root` already, to
 * read only.
 *
 * @param folder On the host; undefined where no script leaves anything.
 */
export function readsTextfiles(folder: string | undefined): pulumi.ResourceTransform {
    return ({ type, props, opts }) => {
        if (folder === undefined || type !== "kubernetes:apps/v1:DaemonSet") return undefined;
        const { spec } = props as { spec: { template: { spec: ExporterPod } } };
        const pod = spec.template.spec;
        const containers = pod.containers.map((container) =>
            container.name === "node-exporter"
                ? {
                      ...container,
                      args: [
                          ...container.args,
                          `--collector.textfile.directory=/host/root${folder}`,
                      ],
                  }
                : container,
        );
        const template = { ...spec.template, spec: { ...pod, containers } };
        return { props: { ...props, spec: { ...spec, template } }, opts: passedOn(opts) };
    };
}

interface ExporterPod {
    readonly containers: readonly { readonly name: string; readonly args: readonly string[] }[];
}
