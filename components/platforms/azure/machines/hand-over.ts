import { controlPlaces } from "../../../model/commcare/control-machine";
import type { AzureCommcareSpec } from "../../../model/spec";
import type { HandOver } from "../../hand-over";
import { behindBalancer, insideNames } from "../../hand-over";
import { filesHost, namesOf, redisHost, shareName } from "./names";

/** Where Azure Managed Redis listens; it speaks TLS and nothing else. */
export const redisPort = 10_000;

/**
 * What commcare-cloud is told of a cluster on Azure. It knows no Azure itself: machines are any machines to it, whose
 * disks somebody else seals.
 *
 * Azure's object storage does not speak S3, the one language that CommCare HQ has for it: attachments lie in the shared
 * directory, unless the stack file names a store that does.
 */
export function azureHandOver(spec: AzureCommcareSpec): HandOver {
    const { network, machines } = spec.platform.azure;
    const { plan } = spec.workload;
    const names = namesOf(spec);
    const inside = insideNames(spec);
    const broker = plan.redisBroker === null ? undefined : redisHost(names.broker, spec.region);
    const shared = plan.sharedDirectory === "cloud" ? filesHost(names.shared) : undefined;
    return {
        addresses: {
            ...inside,
            redisBroker: broker ?? inside.redisBroker,
            sharedDirectory: shared ?? inside.sharedDirectory,
            cidr: network.cidr,
        },
        hosts: {
            rootUser: "ubuntu",
            rootKey: `~/${controlPlaces.firstKey}`,
            privateInterface: "eth0",
            // A link that Azure's agent keeps; sdb and sdc change places at a restart.
            // https://learn.microsoft.com/troubleshoot/azure/virtual-machines/linux/troubleshoot-device-names-problems
            dataDevice: "/dev/disk/azure/scsi1/lun0",
            encryption: "azure",
            certificate: behindBalancer,
            zones: network.zones.map((zone) => `${spec.region}-${zone}`),
            // https://learn.microsoft.com/azure/storage/files/storage-files-how-to-mount-nfs-shares
            shared: {
                path: `/${names.shared}/${shareName}`,
                options: "_netdev,nfsvers=4.1,sec=sys,nconnect=4,hard,timeo=600,retrans=2",
            },
            variables: {
                use_chrony: false, // which asks AWS's clock; Azure's image keeps time by its host's
                ...blobs(machines.blobStore),
                backup_es_s3: false,
                ...(broker === undefined ? {} : brokerVariables),
            },
            secrets:
                broker === undefined
                    ? {}
                    : {
                          REDIS_BROKER_KEY:
                              "the secret redis-broker-key of the cluster's key vault",
                      },
        },
    };
}

/** Of the queue of tasks: commcare-cloud's own address of it would know neither the key nor TLS. */
const brokerVariables = {
    REDIS_BROKER_PORT: String(redisPort),
    REDIS_BROKER_DB: "0", // the only one that there is
    BROKER_URL:
        "rediss://:{{ REDIS_BROKER_KEY | urlencode | replace('/', '%2F') }}@{{ REDIS_BROKER_HOST }}:{{ REDIS_BROKER_PORT }}/{{ REDIS_BROKER_DB }}?ssl_cert_reqs=required",
} as const;

function blobs(store: AzureCommcareSpec["platform"]["azure"]["machines"]["blobStore"]) {
    if (store === undefined) return { s3_blob_db_enabled: false };
    return {
        s3_blob_db_enabled: true,
        s3_blob_db_url: store.url,
        s3_blob_db_s3_bucket: store.bucket,
    };
}
