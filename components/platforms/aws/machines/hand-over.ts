import { bucketName } from "../../../model/commcare/bucket-names";
import { controlPlaces } from "../../../model/commcare/control-machine";
import type { AwsCommcareSpec } from "../../../model/spec";
import type { HandOver } from "../../hand-over";
import { behindBalancer, insideNames } from "../../hand-over";

/** Machines of EC2: Nitro names the card ens5, and the second disk /dev/sdf is found by commcare-cloud's own rule. */
export function awsHandOver(spec: AwsCommcareSpec): HandOver {
    const { accountId, network } = spec.platform.aws;
    const addresses = {
        ...insideNames(spec),
        blobBucket: bucketName(spec.name, "blobs", accountId),
        searchBucket: bucketName(spec.name, "search", accountId),
        cidr: network.cidr,
    };
    return {
        addresses,
        hosts: {
            rootUser: "ubuntu",
            rootKey: `~/${controlPlaces.firstKey}`,
            privateInterface: "ens5",
            dataDevice: "/dev/sdf",
            encryption: "aws",
            certificate: behindBalancer,
            zones: network.zones,
            // https://docs.aws.amazon.com/efs/latest/ug/mounting-fs-nfs-mount-settings.html
            shared: {
                path: "/",
                options:
                    "_netdev,nfsvers=4.1,rsize=1048576,wsize=1048576,hard,timeo=600,retrans=2,noresvport",
            },
            variables: {
                aws_region: spec.region,
                use_chrony: true, // whose server is AWS's own
                s3_blob_db_enabled: true,
                s3_blob_db_url: `https://s3.${spec.region}.amazonaws.com`,
                s3_blob_db_s3_bucket: addresses.blobBucket,
                es_snapshot_bucket: addresses.searchBucket,
                backup_es_s3: true,
            },
            secrets: {},
        },
    };
}
