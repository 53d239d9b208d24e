import type { HubSpec } from "./spec/jupyterhub";

/** Images that users write themselves: what they write, between two texts, matches a pattern. */
export interface ImageRule {
    readonly before: string;
    /** As KubeSpawner has it: a regular expression of Python that the beginning has to match. */
    readonly matches: string;
    readonly after: string;
}

export interface HubImages {
    /** Sorted, each once. */
    readonly names: readonly string[];
    readonly rules: readonly ImageRule[];
}

type Override = Readonly<Record<string, unknown>> | undefined;

/** Where KubeSpawner puts what the user wrote. */
const written = "{value}";

/**
 * The images that a hub's users can start a server in: those that profiles name, and those that users may name.
 *
 * @see https://jupyterhub-kubespawner.readthedocs.io/en/latest/spawner.html#kubespawner.KubeSpawner.profile_list
 */
export function imagesOf({ image, profiles }: Pick<HubSpec, "image" | "profiles">): HubImages {
    const options = profiles.flatMap(({ profile_options: each = {} }) => Object.values(each));
    const overrides: Override[] = [
        ...profiles.map(({ kubespawner_override: override }) => override),
        ...options.flatMap(({ choices = {} }) =>
            Object.values(choices).map(({ kubespawner_override: override }) => override),
        ),
    ];
    const names = [
        ...(image === undefined ? [] : [`${image.name}:${image.tag}`]),
        ...overrides.flatMap((override) => textOf(override?.["image"])),
    ];
    return {
        names: [...new Set(names)].sort(),
        rules: options.flatMap(({ unlisted_choice: choice }) => rulesOf(choice)),
    };
}

function rulesOf(choice: Override): ImageRule[] {
    if (choice?.["enabled"] !== true) return [];
    const override = (choice["kubespawner_override"] ?? {}) as Record<string, unknown>;
    const [matches = ""] = textOf(choice["validation_regex"]);
    return textOf(override["image"]).flatMap((template) => {
        const at = template.indexOf(written);
        const [before, after] = [template.slice(0, at), template.slice(at + written.length)];
        return at < 0 ? [] : [{ before, matches, after }];
    });
}

const textOf = (value: unknown): string[] => (typeof value === "string" ? [value] : []);
