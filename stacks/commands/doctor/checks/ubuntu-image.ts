import type { AwsCommcareSpec } from "../../../../components/model/spec";
import { imageParameter } from "../../../../components/platforms/aws/machines/ubuntu-image";
import { forTarget } from "../aws-client";
import { nameOf } from "../aws-error";
import type { CloudCheck } from "../check";

const id = "ubuntu-image";

/** Whether Canonical publishes the image that machines start from in the region. */
export const ubuntuImageCheck: CloudCheck<AwsCommcareSpec> = {
    id,
    title: "Ubuntu image",
    needs: "region",
    async run(target) {
        const Name = imageParameter(target.spec.platform.aws.machines.imageRelease);
        const sdk = await import("@aws-sdk/client-ssm");
        const client = new sdk.SSMClient(forTarget(target));
        try {
            const { Parameter } = await client.send(new sdk.GetParameterCommand({ Name }));
            return [{ id, status: "ok", message: `${Parameter?.Value ?? ""}, by ${Name}` }];
        } catch (error) {
            if (nameOf(error) !== "ParameterNotFound") throw error;
            const message = `Canonical publishes no ${Name} in the region`;
            const fix = "correct steward:aws.machines.imageRelease, or leave it out";
            return [{ id, status: "lacking", message, fix }];
        }
    },
};
