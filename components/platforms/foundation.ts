import type * as pulumi from "@pulumi/pulumi";
import type { Provider } from "@pulumi/kubernetes/provider";
import type { Cluster } from "../cluster";
import type { ClusterSpec } from "../model/spec";
import type { Secrets } from "../secrets";
import type { Inside } from "./inside";
import type { MonitoringFoundation } from "./monitoring-foundation";

/** Where the home directories of one hub are. */
export type HubHomes =
    /** On a disk, to be exported inside the cluster by the chart of homes. */
    | {
          readonly driver: "disk";
          /** What the chart is told of the disk. */
          readonly disk: Readonly<Record<string, unknown>>;
          /** How the nodes find it, where the chart knows no disks of the platform. */
          readonly csi?: CsiVolume;
          /** The same of a disk that one node has. */
          readonly local?: LocalVolume;
      }
    /** In a file system that nodes mount. */
    | {
          readonly driver: "file-system";
          /** Of the volume's name, after the hub's. */
          readonly suffix: string;
          readonly mountOptions: readonly string[];
          readonly csi: CsiVolume;
      }
    /** In a directory of one node, where all users' servers of the hub run. */
    | { readonly driver: "directory"; readonly suffix: string; readonly local: LocalVolume }
    /** Nowhere: a session leaves nothing behind. */
    | { readonly driver: "none" };

/** A volume that the platform made, as its driver on the nodes finds it. */
export interface CsiVolume {
    readonly driver: string;
    readonly volumeHandle: pulumi.Input<string>;
    readonly volumeAttributes?: Readonly<Record<string, pulumi.Input<string>>>;
}

/** What lies on one node: its pods run there and nowhere else. */
export interface LocalVolume {
    /** The node, by its name. */
    readonly node: string;
    /** A directory, or the device of a disk. */
    readonly path: string;
    /** Of a device: the file system that it gets, unless it has one. */
    readonly fsType?: "xfs";
}

/** Where one hub keeps what it knows. */
export type HubStore =
    /**
     * In a file, on a disk to be claimed: name of the storage class, encrypted, kept on deletion, its disks
     * owned. One for each hub, because the owner of its disks stands in the class.
     */
    | { readonly kind: "claim"; readonly storageClass: pulumi.Output<string> }
    /** In a file, on a disk that the platform made, in the zone of the core nodes. */
    | { readonly kind: "disk"; readonly csi: CsiVolume; readonly sizeGiB: number }
    /** In a file, in a directory of one node. */
    | { readonly kind: "directory"; readonly local: LocalVolume; readonly sizeGiB: number }
    /** In a database that speaks PostgreSQL, by TLS. */
    | {
          readonly kind: "postgres";
          readonly address: pulumi.Output<string>;
          readonly port: number;
          readonly name: string;
          readonly user: string;
          /** Secret. */
          readonly password: pulumi.Output<string>;
      };

/** Where the images of one hub's builds go, and how its BinderHub asks for the right to push one. */
export interface BuildsFoundation {
    /** What all of them begin with: `registry.example.org/hub/builds/`. */
    readonly imagePrefix: string;
    /**
     * Python of BinderHub's pod that has a class `Registry`, of BinderHub's `DockerRegistry`: whether an image is
     * there, and what is worth a push to one repository for about an hour. A credential without a name is a token that
     * the registry takes as it is.
     */
    readonly client: string;
    /** What that class is told. */
    readonly settings: Readonly<Record<string, pulumi.Input<string | readonly string[]>>>;
    /** By which BinderHub's pod asks. */
    readonly identity: PodIdentity;
    readonly ready: readonly pulumi.Resource[];
}

/** What pods need besides their service account to be given their identity in the cloud. */
export interface PodIdentity {
    /** Of the service account. */
    readonly accountAnnotations: Readonly<Record<string, pulumi.Input<string>>>;
    readonly podLabels: Readonly<Record<string, string>>;
    readonly podAnnotations: Readonly<Record<string, string>>;
    /** Ways out to where it is handed out, and to what of the cloud has a private address; rules of a network policy. */
    readonly egress: readonly EgressRule[];
}

export interface Toleration {
    readonly key: string;
    readonly operator: string;
    readonly value: string;
    readonly effect: string;
}

export interface EgressRule {
    readonly to: { readonly ipBlock: { readonly cidr: string } }[];
    readonly ports: { readonly port: number; readonly protocol: string }[];
}

/** What a platform keeps for one hub. */
export interface HubFoundation {
    readonly homes: HubHomes;
    readonly database: HubStore;
    /** Where its buckets are, as the tools of its users write it: `s3://<bucket>`. */
    readonly buckets: { readonly scratch?: string; readonly persistent?: string };
    /** The service account of users' pods, which the platform has tied to the hub's cloud identity. */
    readonly serviceAccount: string;
    readonly identity: PodIdentity;
    /** What the cloud writes on machines of the hub that it may take back; none where it writes nothing. */
    readonly spotTolerations: readonly Toleration[];
    /** Labels of the nodes that run this hub's users and nobody else's. */
    readonly nodeSelector: Readonly<Record<string, string>>;
    /** Set where users' servers run on the nodes that all hubs share, since there are no others. */
    readonly sharesNodes?: boolean;
    /** Of a hub whose users have environments built. */
    readonly builds?: BuildsFoundation;
}

/** The pods that renew certificates: the workload starts them, the platform gives them an identity. */
export const certificateAgent = {
    namespace: "cert-manager",
    serviceAccount: "cert-manager",
} as const;

/** The pod in a hub's namespace that has environments built; the platform gives it an identity. */
export const imageBuilder = { serviceAccount: "binder" } as const;

/** Ports that the gateway opens on each node it runs on. */
export interface NodePorts {
    readonly http: number;
    readonly https: number;
    /** Where the gateway says that it is ready. */
    readonly health: number;
}

/** How the world reaches the hubs: what the platform has in front of the gateway. */
export interface Entrance {
    /** A balancer of the platform's own that sends to ports of nodes, or one that a Service asks for. */
    readonly service:
        | { readonly type: "NodePort"; readonly ports: NodePorts }
        | {
              readonly type: "LoadBalancer";
              readonly annotations: Readonly<Record<string, pulumi.Input<string>>>;
          };
    /** The name that the hubs' domains have to point at. */
    readonly address: pulumi.Output<string>;
    /** Whether certificates can be asked for: no name server is still unknown to the world. */
    readonly reachable: boolean;
    /** Where the platform writes to the domains' zone: how a certificate is proven by a record in it. */
    readonly proof?: {
        /** `dns01` of https://cert-manager.io/docs/configuration/acme/dns01/ */
        readonly solver: Readonly<Record<string, unknown>>;
        readonly ready: readonly pulumi.Resource[];
    };
    /** By which the pods that renew certificates write to the zone. */
    readonly identity: PodIdentity;
}

/** What a workload that runs on Kubernetes builds on. */
export interface Foundation {
    readonly kubernetes: Provider;
    /** What must stand before a pod can run: add-ons and node groups. */
    readonly ready: readonly pulumi.Resource[];
    readonly hubs: Readonly<Record<string, HubFoundation>>;
    readonly inside: Inside;
    readonly entrance: Entrance;
    readonly monitoring: MonitoringFoundation;
    /** What is worth printing after a deploy. */
    readonly outputs: Readonly<Record<string, pulumi.Input<unknown>>>;
}

/**
 * Builds everything below the workload, as layers of the cluster.
 *
 * @param secrets Of the stack file.
 */
export type BuildFoundation<S = ClusterSpec> = (
    spec: S,
    cluster: Cluster,
    secrets: Secrets,
) => Promise<Foundation>;
