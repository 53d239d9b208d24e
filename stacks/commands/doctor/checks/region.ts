import type { OnlyAws } from "../../../../components/model/spec";
import { forHome } from "../aws-client";
import { nameOf } from "../aws-error";
import type { CloudCheck, Finding } from "../check";

const id = "region";

/** Whether the account may use the region. https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html */
export const regionCheck: CloudCheck<OnlyAws> = {
    id,
    title: "Region",
    needs: "account",
    async run({ spec: { region }, caller }) {
        const sdk = await import("@aws-sdk/client-ec2");
        const client = new sdk.EC2Client(forHome(region, caller));
        const input = { AllRegions: true, RegionNames: [region] };
        try {
            const { Regions = [] } = await client.send(new sdk.DescribeRegionsCommand(input));
            const found = Regions.find(({ RegionName }) => RegionName === region);
            return [judgeRegion(region, found?.OptInStatus)];
        } catch (error) {
            if (nameOf(error) !== "InvalidParameterValue") throw error;
            return [judgeRegion(region, undefined)];
        }
    },
};

function judgeRegion(region: string, status: string | undefined): Finding {
    switch (status) {
        case "opt-in-not-required":
        case "opted-in":
            return { id, status: "ok", message: `${region} is enabled` };
        case undefined: {
            const fix = "correct steward:cluster.region";
            return { id, status: "lacking", message: `AWS has no region ${region}`, fix };
        }
        default: {
            const fix =
                `enable it, which takes minutes to hours: ` +
                `aws account enable-region --region-name ${region}`;
            return { id, status: "lacking", message: `${region} is ${status}`, fix };
        }
    }
}
