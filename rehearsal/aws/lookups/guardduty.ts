import type { Cloud } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import { arnOf, accountId, partition } from "../account";
import { refuse } from "../aws-type";
import { textAt } from "../look";
import { detectorType, featureType } from "../types/guardduty";

/** What a detector reads whatever it is told. */
const always = ["CLOUD_TRAIL", "DNS_LOGS", "FLOW_LOGS"];

/** The one detector of the account in the region; in the words of the provider where there is none. */
export function getDetector(args: Props, region: string, cloud: Cloud): Props {
    const wanted = textAt(args, "id");
    const detector = cloud
        .all(detectorType)
        .find(({ id, outputs }) => outputs["region"] === region && (wanted ?? id) === id);
    if (detector === undefined)
        return refuse("NotFound", "reading this account's single GuardDuty Detector: empty result");
    const { id, outputs } = detector;
    const features = cloud
        .all(featureType)
        .filter((each) => each.outputs["detectorId"] === id)
        .map((each) => ({
            name: textAt(each.outputs, "name") ?? "",
            status: textAt(each.outputs, "status") ?? "",
            additionalConfigurations: [],
        }));
    return {
        id,
        arn: arnOf("guardduty", region, `detector/${id}`),
        features: [
            ...always.map((name) => ({ name, status: "ENABLED", additionalConfigurations: [] })),
            ...features,
        ],
        findingPublishingFrequency: outputs["findingPublishingFrequency"] ?? "SIX_HOURS",
        region,
        serviceRoleArn: `arn:${partition}:iam::${accountId}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty`,
        status: outputs["enable"] === false ? "DISABLED" : "ENABLED",
        tags: outputs["tags"] ?? {},
    };
}
