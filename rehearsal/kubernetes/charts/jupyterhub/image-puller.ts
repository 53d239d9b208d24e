import type { KubernetesObject } from "../../../helm/object";
import type { Value } from "../../../provider/values";
import { isProps } from "../../../provider/values";
import { textAt } from "../../path";
import type { HubRelease } from "./release";
import { confined } from "./release";

const puller = "continuous-image-puller";
const path = "prePuller.continuous";

/** What has every node fetch the images of users before one of them waits for it. */
export function imagePullerObjects(release: HubRelease): KubernetesObject[] {
    const { values } = release;
    if (!values.isOn(`${path}.enabled`)) return [];
    return [
        ...release.serviceAccount(puller, "image-puller", `${path}.serviceAccount`),
        daemonSet(release),
    ];
}

function daemonSet(release: HubRelease): KubernetesObject {
    const { values } = release;
    const name = release.named(puller);
    const pull = (image: string, of: string) => ({
        name: `image-pull-${of}`,
        image,
        command: ["/bin/sh", "-c", "true"],
        ...values.optional("resources", "prePuller.resources"),
        securityContext: confined,
    });
    const blocks = values.isOn("singleuser.cloudMetadata.blockWithIptables");
    const initContainers = [
        ...(blocks ? [pull(values.image("singleuser.networkTools.image"), "metadata-block")] : []),
        pull(values.image("singleuser.image"), "singleuser"),
        ...profileImages(release).map((image, index) => pull(image, `profile-${index}`)),
    ];
    const metadata = {
        labels: { ...release.podLabels(puller), ...values.map("prePuller.labels") },
        ...values.optional("annotations", "prePuller.annotations"),
    };
    const pod = {
        ...release.scheduling("user", values.list("prePuller.extraTolerations")),
        ...release.priority("image-puller-priority"),
        ...values.optional("nodeSelector", "singleuser.nodeSelector"),
        ...release.account(puller, `${path}.serviceAccount`),
        automountServiceAccountToken: false,
        terminationGracePeriodSeconds: 0,
        initContainers,
        containers: [
            {
                name: "pause",
                image: values.image("prePuller.pause.image"),
                ...values.optional("resources", "prePuller.resources"),
                securityContext: confined,
            },
        ],
    };
    // A pod of the puller runs on nodes of users only because of its tolerations, not by affinity.
    const { affinity: _, ...unbound } = pod as typeof pod & { affinity?: unknown };
    const spec = {
        selector: { matchLabels: release.selector(puller) },
        updateStrategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "100%" } },
        template: { metadata, spec: unbound },
    };
    const annotations = values.map(`${path}.daemonsetAnnotations`);
    return release.object("apps/v1", "DaemonSet", name, puller, { spec }, annotations);
}

/** Images that profiles put in the place of the usual one, each once. */
function profileImages({ values }: HubRelease): string[] {
    if (!values.isOn("prePuller.pullProfileListImages")) return [];
    const overriding = values
        .list("singleuser.profileList")
        .flatMap((profile) => [
            textAt(profile, "kubespawner_override.image"),
            ...choices(profile).map((choice) => textAt(choice, "kubespawner_override.image")),
        ]);
    const images = overriding.filter((image) => image !== undefined);
    return [...new Set(images)];
}

function choices(profile: Value): Value[] {
    const options = isProps(profile) ? profile["profile_options"] : undefined;
    if (!isProps(options)) return [];
    return Object.values(options).flatMap((option) => {
        const all = isProps(option) ? option["choices"] : undefined;
        return isProps(all) ? Object.values(all) : [];
    });
}
