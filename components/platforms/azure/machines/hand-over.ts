import { controlPlaces } from "../../../model/commcare/control-machine";
import type { AzureCommcareSpec } from "../../../model/spec";
import type { HandOver } from "../../hand-over";
import { behindBalancer, insideNames } from "../../hand-over";
import { attachmentsOf } from "./attachments";
import { dataDevice, filesHost, namesOf, redisHost, shareName } from "./names";

/** Where Azure Managed Redis listens; it speaks TLS and nothing else. */
export const redisPort = 10_000;

/**
 * What commcare-cloud is told of a cluster on Azure. It knows no Azure itself: machines are any machines to it, whose
 * disks somebody else seals.
 *
 * Azure's object storage does not speak S3, the one language that CommCare HQ has for it: attachments lie in the shared
 * directory, unless the stack file asks for a store that does, or names one.
 */
export function azureHandOver(spec: AzureCommcareSpec): HandOver {
    const { network } = spec.platform.azure;
    const { plan } = spec.workload;
    const names = namesOf(spec);
    const inside = insideNames(spec);
    const attachments = attachmentsOf(spec, inside.machines);
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
            dataDevice,
            encryption: "azure",
            certificate: behindBalancer,
            zones: network.zones.map((zone) => `${spec.region}-${zone}`),
            // https://learn.microsoft.com/azure/storage/files/storage-files-how-to-mount-nfs-shares
            shared: {
                path: `/${names.shared}/${shareName}`,
                options:
                    "_netdev,nfsvers=4.1,sec=sys,nconnect=4,noresvport,hard,timeo=600,retrans=2",
            },
            variables: {
                // Without it ntp is installed, which drives out the chrony of Azure's image: that keeps time by its
                // host's clock, and no other is in reach. The server of AWS's that it adds answers nobody here.
                // https://learn.microsoft.com/azure/virtual-machines/linux/time-sync
                use_chrony: true,
                ...attachments.variables,
                backup_es_s3: false,
                ...(broker === undefined ? {} : brokerVariables),
            },
            secrets: { ...attachments.secrets, ...(broker === undefined ? {} : brokerSecrets) },
        },
    };
}

const brokerSecrets = {
    REDIS_BROKER_KEY: "the secret redis-broker-key of the cluster's key vault",
} as const;

/** Of the queue of tasks: commcare-cloud's own address of it would know neither the key nor TLS. */
const brokerVariables = {
    REDIS_BROKER_PORT: String(redisPort),
    REDIS_BROKER_DB: "0", // the only one that there is
    BROKER_URL:
        "rediss://:{{ REDIS_BROKER_KEY | urlencode | replace('/', '%2F') }}@{{ REDIS_BROKER_HOST }}:{{ REDIS_BROKER_PORT }}/{{ REDIS_BROKER_DB }}?ssl_cert_reqs=required",
} as const;
