import type { OnlyAws } from "../../../../components/model/spec";
import { forTarget } from "../aws-client";
import type { CloudCheck } from "../check";
import { isOurs, tagMap } from "../standing";
import { judgeQuota, limitOf } from "../quota";

const id = "elastic-addresses";
const quota = { service: "ec2", code: "L-0263D0A3", counted: "elastic addresses" } as const;

/** One address for each NAT gateway. */
export const elasticAddressesCheck: CloudCheck<OnlyAws> = {
    id,
    title: "Elastic addresses",
    needs: "region",
    async run(target) {
        const { name, region, platform } = target.spec;
        const { zones, natGateways } = platform.aws.network;
        const sdk = await import("@aws-sdk/client-ec2");
        const client = new sdk.EC2Client(forTarget(target));
        const [limit, { Addresses = [] }] = await Promise.all([
            limitOf(target, quota),
            client.send(new sdk.DescribeAddressesCommand({})),
        ]);
        // Addresses that the account brought along do not count.
        const counted = Addresses.filter(
            ({ PublicIpv4Pool = "amazon" }) => PublicIpv4Pool === "amazon",
        );
        const used = counted.filter(({ Tags }) => !isOurs(tagMap(Tags), name)).length;
        const needed = natGateways === "single" ? 1 : zones.length;
        return [judgeQuota(id, quota, region, { limit, used, needed })];
    },
};
