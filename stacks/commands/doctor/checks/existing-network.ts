import type { OnlyAws } from "../../../../components/model/spec";
import { ownerKeys } from "../../../../components/model/tags";
import { forTarget } from "../aws-client";
import type { CloudCheck, Finding } from "../check";
import { standing } from "../standing";

const id = "existing-network";

/** A VPC that an earlier deploy of the same stack left behind. */
export const existingNetworkCheck: CloudCheck<OnlyAws> = {
    id,
    title: "Networks of this stack",
    needs: "region",
    async run(target) {
        const { name } = target.spec;
        const sdk = await import("@aws-sdk/client-ec2");
        const client = new sdk.EC2Client(forTarget(target));
        const Filters = [
            { Name: `tag:${ownerKeys.cluster}`, Values: [name] },
            { Name: `tag:${ownerKeys.managedBy}`, Values: ["steward"] },
        ];
        const { Vpcs = [] } = await client.send(new sdk.DescribeVpcsCommand({ Filters }));
        const found = Vpcs.map(({ VpcId = "" }): Finding => standing(id, `VPC ${VpcId}`, true, ""));
        const free: Finding = { id, status: "ok", message: `no VPC carries the tags of ${name}` };
        return found.length === 0 ? [free] : found;
    },
};
