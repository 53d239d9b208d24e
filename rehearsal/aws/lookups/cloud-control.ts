import type { Cloud } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import { refuse } from "../aws-type";
import { textAt } from "../look";

/** Types of CloudFormation that a program asks for, by the types that the rehearsal has. */
const types: Readonly<Record<string, string>> = {
    "AWS::Config::ConfigurationRecorder": "aws:cfg/recorder:Recorder",
};

/**
 * One resource of the account by its identifier, through Cloud Control; in the words of the provider where there is
 * none. Of its properties only the identifier's is there.
 *
 * @see https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_GetResource.html
 */
export function getResource(args: Props, region: string, cloud: Cloud): Props {
    const typeName = textAt(args, "typeName") ?? "";
    const identifier = textAt(args, "identifier") ?? "";
    const type = Object.hasOwn(types, typeName) ? types[typeName] : undefined;
    if (type === undefined) {
        return refuse(
            "NotRehearsed",
            `the rehearsal looks no ${typeName} up; add it to rehearsal/aws/lookups/cloud-control.ts`,
        );
    }
    const found = [...cloud.all(type)].find(
        ({ id, outputs }) => id === identifier && outputs["region"] === region,
    );
    if (found === undefined) {
        const what = `reading Cloud Control API (${typeName}) Resource (${identifier}): couldn't find resource`;
        return refuse("NotFound", what);
    }
    return { id: identifier, properties: JSON.stringify({ Name: identifier }), region };
}
