import type { StorageAccount } from "@pulumi/azure-native/storage";
import * as batch from "@pulumi/kubernetes/batch/v1";
import * as core from "@pulumi/kubernetes/core/v1";
import * as networking from "@pulumi/kubernetes/networking/v1";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { contactAnnotation } from "../../model/tags";
import type { CsiVolume } from "../foundation";
import { containers } from "./containers";
import { copyingPod } from "./copying-pod";
import { workloadIdentity } from "./dns-domain";
import type { HubSite } from "./hub-site";
import { endpointIn } from "./hub-site";
import { podIdentity } from "./identity";
import { globalName } from "./names";
import { grant } from "./role-assignment";
import { closedAccount } from "./storage-account";

/** A share of homes that is copied. */
export interface CopiedShare {
    readonly hub: string;
    readonly csi: CsiVolume;
    readonly mountOptions: readonly string[];
}

export interface HomesCopyArgs extends LayerArgs {
    readonly site: HubSite;
    readonly shares: readonly CopiedShare[];
    /** When copying begins, an hour of the day, UTC. */
    readonly hourUtc: number;
    /** Days for which what was deleted or overwritten can be had back. */
    readonly keepDays: number;
    /** What must stand before the shares can be mounted. */
    readonly ready: readonly pulumi.Resource[];
}

/** The namespace of what copies; nothing else is in it. */
export const copiesNamespace = "homes-copies";

/** How long one may take; the next goes on where it was stopped, since what is there is not written again. */
export const copyHours = 20;

const nominalSize = "1Gi";

/** What of the cluster the account is for, in its name. */
const copies = "copies";

/**
 * The part of the backups layer that copies homes to another account, in another region as well: snapshots lie in the
 * share, and go with its account. What is copied is read only, as the users' own number and not as root.
 */
export class HomesCopy extends Layer {
    readonly #name: string;
    readonly #args: HomesCopyArgs;

    constructor(name: string, args: HomesCopyArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:HomesCopy", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { account, ready } = this.#account();
        const namespace = this.#namespace();
        for (const share of args.shares) this.#copy(share, account, namespace, ready);
        this.registerOutputs({ account: account.name });
    }

    #account(): { account: StorageAccount; ready: pulumi.Resource[] } {
        const { site, shares, keepDays } = this.#args;
        const resourceGroupName = site.groupOf("backups");
        const tags = this.tags();
        const account = closedAccount(
            `${this.#name}-copies`,
            {
                place: site.place,
                resourceGroupName,
                what: copies,
                keeps: "copies",
                zonal: site.zonal,
                tags,
            },
            this,
        );
        const { made } = containers(
            `${this.#name}-copies`,
            {
                resourceGroupName,
                account,
                containers: shares.map(({ hub }) => ({ name: hub, keepVersionsDays: keepDays })),
            },
            this,
        );
        const endpoint = endpointIn(site, `${this.#name}-copies`, {
            resourceGroupName,
            noun: "copies-blob",
            service: "blob",
            target: account.id,
            tags,
            parent: this,
        });
        return { account, ready: [...made, ...endpoint] };
    }

    /** A plain text, so that what is asked of the pod stands in the plan. */
    #accountName(): string {
        return globalName("storageAccount", { ...this.#args.site.place, what: copies });
    }

    #namespace(): pulumi.Output<string> {
        const metadata = this.metadata(copiesNamespace);
        const restricted = { "pod-security.kubernetes.io/enforce": "restricted" };
        const namespace = new core.Namespace(
            `${this.#name}-copies-namespace`,
            { metadata: { ...metadata, labels: { ...metadata.labels, ...restricted } } },
            { parent: this },
        );
        const tcp = (port: number) => ({ port, protocol: "TCP" });
        new networking.NetworkPolicy(
            `${this.#name}-copies-policy`,
            {
                metadata: this.metadata("copies", namespace.metadata.name),
                spec: {
                    podSelector: {},
                    policyTypes: ["Ingress", "Egress"],
                    egress: [
                        {
                            to: [
                                {
                                    namespaceSelector: {
                                        matchLabels: {
                                            "kubernetes.io/metadata.name": "kube-system",
                                        },
                                    },
                                },
                            ],
                            ports: [tcp(53), { port: 53, protocol: "UDP" }],
                        },
                        // Entra, and the account's address in the network.
                        { to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [tcp(443)] },
                    ],
                },
            },
            { parent: this },
        );
        return namespace.metadata.name;
    }

    #copy(
        share: CopiedShare,
        account: StorageAccount,
        namespace: pulumi.Output<string>,
        ready: readonly pulumi.Resource[],
    ): void {
        const { site } = this.#args;
        const { hub } = share;
        const name = `${this.#name}-copy-${hub}`;
        const { identity, ready: known } = podIdentity(
            name,
            {
                place: site.place,
                resourceGroupName: site.groupOf("backups"),
                noun: `copy-${hub}`,
                issuer: site.controlPlane.issuer,
                namespace: copiesNamespace,
                serviceAccount: hub,
                tags: this.tags(),
            },
            this,
        );
        const writes = grant(
            name,
            {
                subscriptionId: site.place.subscriptionId,
                role: "Storage Blob Data Contributor",
                scope: pulumi.interpolate`${account.id}/blobServices/default/containers/${hub}`,
                principalId: identity.principalId,
                principalType: "ServicePrincipal",
            },
            { parent: this, dependsOn: [...ready] },
        );
        const claim = this.#claim(name, share, namespace);
        const { accountAnnotations, podLabels } = workloadIdentity(identity.clientId);
        const metadata = this.metadata(hub, namespace);
        const serviceAccount = new core.ServiceAccount(
            `${name}-account`,
            {
                metadata: {
                    ...metadata,
                    annotations: { ...metadata.annotations, ...accountAnnotations },
                },
                automountServiceAccountToken: false,
            },
            { parent: this },
        );
        const labels = { ...this.labels(), ...podLabels };
        new batch.CronJob(
            `${name}-job`,
            {
                metadata,
                spec: {
                    schedule: `0 ${String((this.#args.hourUtc + 1) % 24)} * * *`,
                    timeZone: "Etc/UTC",
                    concurrencyPolicy: "Forbid",
                    successfulJobsHistoryLimit: 1,
                    failedJobsHistoryLimit: 3,
                    jobTemplate: {
                        metadata: { labels },
                        spec: {
                            backoffLimit: 1,
                            activeDeadlineSeconds: copyHours * 3_600,
                            template: {
                                metadata: {
                                    labels,
                                    annotations: { [contactAnnotation]: this.owner.contact },
                                },
                                spec: copyingPod(hub, this.#accountName()),
                            },
                        },
                    },
                },
            },
            { parent: this, dependsOn: [...known, writes, claim, serviceAccount] },
        );
    }

    /** The share once more, to read. */
    #claim(
        name: string,
        { hub, csi, mountOptions }: CopiedShare,
        namespace: pulumi.Output<string>,
    ): pulumi.Resource {
        const shared = { accessModes: ["ReadOnlyMany"], storageClassName: "" };
        const volume = new core.PersistentVolume(
            `${name}-volume`,
            {
                metadata: this.metadata(`${hub}-homes-copy`),
                spec: {
                    ...shared,
                    capacity: { storage: nominalSize },
                    persistentVolumeReclaimPolicy: "Retain",
                    claimRef: { namespace, name: hub },
                    mountOptions: [...mountOptions, "ro"],
                    csi: {
                        driver: csi.driver,
                        volumeHandle: pulumi.interpolate`${csi.volumeHandle}-copy`,
                        // A directory that is only read takes no other mode.
                        volumeAttributes: { ...csi.volumeAttributes, mountPermissions: "0" },
                        readOnly: true,
                    },
                },
            },
            { parent: this, protect: true, dependsOn: [...this.#args.ready] },
        );
        return new core.PersistentVolumeClaim(
            `${name}-claim`,
            {
                metadata: this.metadata(hub, namespace),
                spec: {
                    ...shared,
                    volumeName: volume.metadata.name,
                    resources: { requests: { storage: nominalSize } },
                },
            },
            { parent: this, protect: true },
        );
    }
}
