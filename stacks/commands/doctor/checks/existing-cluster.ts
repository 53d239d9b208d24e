import { forTarget } from "../aws-client";
import { nameOf } from "../aws-error";
import type { CloudCheck } from "../check";
import { isOurs, standing } from "../standing";

const id = "existing-cluster";

export const existingClusterCheck: CloudCheck = {
    id,
    title: "Cluster name",
    needs: "region",
    async run(target) {
        const { name } = target.spec;
        const sdk = await import("@aws-sdk/client-eks");
        const client = new sdk.EKSClient(forTarget(target));
        try {
            const { cluster } = await client.send(new sdk.DescribeClusterCommand({ name }));
            const ours = isOurs(cluster?.tags, name);
            const rename = "choose another steward:cluster.name, or delete that cluster";
            return [standing(id, `an EKS cluster ${name}`, ours, rename)];
        } catch (error) {
            if (nameOf(error) !== "ResourceNotFoundException") throw error;
            return [{ id, status: "ok", message: `no EKS cluster is called ${name}` }];
        }
    },
};
