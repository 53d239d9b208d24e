import type * as pulumi from "@pulumi/pulumi";
import { liesOn } from "../../../../components/workloads/jupyterhub/home-export";
import {
    mountsSecrets,
    readsTextfiles,
} from "../../../../components/workloads/jupyterhub/monitoring/chart-transforms";

const given = (type: string, props: object) =>
    ({ custom: true, type, name: "x", props, opts: {} }) as pulumi.ResourceTransformArgs;

describe("the volume of the chart of homes", () => {
    const volume = given("kubernetes:core/v1:PersistentVolume", {
        spec: {
            capacity: { storage: "1M" },
            csi: { driver: "ebs.csi.aws.com", fsType: "xfs", volumeHandle: "the disk" },
        },
    });

    it("lies on the platform's disk, formatted as the chart has it", async () => {
        const moved = await liesOn({ driver: "disk.csi.azure.com", volumeHandle: "/the/disk" })(
            volume,
        );
        expect(moved?.props).toEqual({
            spec: {
                capacity: { storage: "1M" },
                csi: { driver: "disk.csi.azure.com", fsType: "xfs", volumeHandle: "/the/disk" },
            },
        });
    });

    it("stays as it is where the chart knows the disk", async () => {
        expect(await liesOn(undefined)(volume)).toBeUndefined();
    });
});

describe("the secrets of receivers", () => {
    const alertmanager = given("kubernetes:apps/v1:StatefulSet", {
        spec: {
            template: {
                spec: {
                    containers: [
                        { name: "alertmanager", volumeMounts: [{ name: "settings" }] },
                        { name: "configmap-reload", volumeMounts: [] },
                    ],
                    volumes: [{ name: "settings" }],
                },
            },
        },
    });

    it("are mounted where Alertmanager looks for them, and in no other container", async () => {
        const changed = await mountsSecrets(true)(alertmanager);
        const { spec } = changed?.props as { spec: { template: { spec: object } } };
        expect(spec.template.spec).toEqual({
            containers: [
                {
                    name: "alertmanager",
                    volumeMounts: [
                        { name: "settings" },
                        {
                            name: "receiver-secrets",
                            mountPath: "/etc/alertmanager-secrets",
                            readOnly: true,
                        },
                    ],
                },
                { name: "configmap-reload", volumeMounts: [] },
            ],
            volumes: [
                { name: "settings" },
                { name: "receiver-secrets", secret: { secretName: "receiver-secrets" } },
            ],
        });
    });

    it("leave the chart alone where there are none", async () => {
        expect(await mountsSecrets(false)(alertmanager)).toBeUndefined();
    });
});

describe("what hosts measure by themselves", () => {
    const exporter = given("kubernetes:apps/v1:DaemonSet", {
        spec: {
            template: {
                spec: {
                    containers: [
                        { name: "node-exporter", args: ["--path.rootfs=/host/root"] },
                        { name: "another", args: [] },
                    ],
                },
            },
        },
    });

    it("is read where the exporter sees the host's files", async () => {
        const changed = await readsTextfiles("/var/lib/measured")(exporter);
        expect(changed?.props["spec"]).toEqual({
            template: {
                spec: {
                    containers: [
                        {
                            name: "node-exporter",
                            args: [
                                "--path.rootfs=/host/root",
                                "--collector.textfile.directory=/host/root/var/lib/measured",
                            ],
                        },
                        { name: "another", args: [] },
                    ],
                },
            },
        });
    });

    it("leaves the chart as it is where nobody measures", async () => {
        expect(await readsTextfiles(undefined)(exporter)).toBeUndefined();
    });
});
