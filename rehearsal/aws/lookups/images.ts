import { createHash } from "node:crypto";
import type { Cloud } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import { arnOf } from "../account";
import { refuse } from "../aws-type";
import { flagAt, textAt, textsAt } from "../look";

/** Amazon publishes a node image about every week; here, one before every run. */
const firstRelease = Date.UTC(2026, 0, 5);
const week = 7 * 24 * 60 * 60 * 1000;
/** Amazon's account for EKS images in most regions. */
const imageOwner = "602401143452";

const path =
    /^\/aws\/service\/eks\/optimized-ami\/(1\.\d{2})\/(amazon-linux-2023)\/(x86_64|arm64)\/(standard|nvidia|neuron)\/(recommended|amazon-eks-node-[^/]+)\/(image_id|image_name|release_version)$/;

/** The release of node images that is newest in this run, such as 1.34.1-20260112. */
function newestRelease(kubernetes: string, cloud: Cloud): string {
    const day = new Date(firstRelease + cloud.run * week).toISOString().slice(0, 10);
    return `${kubernetes}.1-${day.replaceAll("-", "")}`;
}

function imageName(
    kubernetes: string,
    processor: string,
    variant: string,
    release: string,
): string {
    const date = release.slice(release.lastIndexOf("-") + 1);
    return `amazon-eks-node-al2023-${processor}-${variant}-${kubernetes}-v${date}`;
}

function imageId(name: string, region: string): string {
    const digest = createHash("sha256").update(`${region} ${name}`).digest("hex");
    const id = `ami-0${digest.slice(0, 16)}`;
    const processor = /-(x86_64|arm64)-/.exec(name)?.[1];
    if (processor !== undefined) processors.set(id, processor);
    return id;
}

/** Canonical's parameters of Ubuntu, by release of the image or the newest one. */
const ubuntu =
    /^\/aws\/service\/canonical\/ubuntu\/server\/22\.04\/stable\/(current|20\d{6})\/(amd64|arm64)\/hvm\/ebs-gp2\/ami-id$/;

const processors = new Map<string, string>();

/** Which processor an image is for, of those that this process was asked about: x86_64 or arm64. */
export function processorOf(image: string): string | undefined {
    return processors.get(image);
}

/**
 * A public parameter of Systems Manager: which node image EKS recommends, or which image Canonical does. Each run
 * finds a newer one.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html
 * @see https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/
 */
export function getParameter(args: Props, region: string, cloud: Cloud): Props {
    const name = textAt(args, "name") ?? "";
    const [, published, card] = ubuntu.exec(name) ?? [];
    if (published !== undefined) {
        const newest = new Date(firstRelease + cloud.run * week).toISOString().slice(0, 10);
        const release = published === "current" ? newest.replaceAll("-", "") : published;
        const processor = card === "amd64" ? "x86_64" : "arm64";
        const image = imageId(`ubuntu-jammy-22.04-${processor}-${release}`, region);
        return parameter(name, region, cloud, image);
    }
    const [, kubernetes, , processor, variant, release, wanted] = path.exec(name) ?? [];
    if (kubernetes === undefined || processor === undefined || variant === undefined) {
        return refuse(
            "ParameterNotFound",
            `${name} in ${region}; the rehearsal has the parameters of EKS's node images and of Ubuntu 22.04 only: ` +
                `add others to rehearsal/aws/lookups/images.ts`,
        );
    }
    const newest = newestRelease(kubernetes, cloud);
    const recommended = imageName(kubernetes, processor, variant, newest);
    const image = release === "recommended" || release === undefined ? recommended : release;
    const version = `${kubernetes}.1-${image.slice(image.lastIndexOf("-v") + 2)}`;
    const answers = {
        image_id: imageId(image, region),
        image_name: image,
        release_version: version,
    };
    return parameter(name, region, cloud, answers[(wanted ?? "image_id") as keyof typeof answers]);
}

function parameter(name: string, region: string, cloud: Cloud, value: string): Props {
    return {
        arn: `arn:aws:ssm:${region}::parameter${name}`,
        id: name,
        insecureValue: value,
        name,
        region,
        type: "String",
        value,
        version: cloud.run,
    };
}

/** The newest image that a filter by name admits; only EKS's node images are published here. */
export function getAmi(args: Props, region: string, cloud: Cloud): Props {
    const filters = Array.isArray(args["filters"]) ? args["filters"] : [];
    const wanted = filters.flatMap((filter) => {
        const props = typeof filter === "object" && !Array.isArray(filter) ? filter : null;
        return props?.["name"] === "name" ? textsAt(props, "values") : [];
    })[0];
    const [, processor, kubernetes] =
        /^amazon-eks-node-al2023-(x86_64|arm64)-standard-(1\.\d{2})-(v\*|\*|v\d{8})$/.exec(
            wanted ?? "",
        ) ?? [];
    if (kubernetes === undefined || processor === undefined) {
        return refuse(
            "InvalidAMIID.NotFound",
            `Your query returned no results in ${region}; the rehearsal publishes ` +
                `amazon-eks-node-al2023-<processor>-standard-<version>-v* only`,
        );
    }
    if (wanted?.endsWith("*") === true && flagAt(args, "mostRecent") !== true)
        refuse("InvalidParameterValue", "Your query returned more than one result; set mostRecent");
    const newest = imageName(kubernetes, processor, "standard", newestRelease(kubernetes, cloud));
    const name = wanted?.endsWith("*") === true ? newest : (wanted ?? newest);
    const id = imageId(name, region);
    return {
        architecture: processor,
        arn: arnOf("ec2", region, `image/${id}`).replace(/:\d{12}:/, "::"),
        blockDeviceMappings: [],
        creationDate: new Date(firstRelease + cloud.run * week).toISOString(),
        id,
        imageId: id,
        imageOwnerAlias: "amazon",
        name,
        ownerId: imageOwner,
        public: true,
        region,
        rootDeviceName: "/dev/xvda",
        rootDeviceType: "ebs",
        state: "available",
        tags: {},
        virtualizationType: "hvm",
    };
}
