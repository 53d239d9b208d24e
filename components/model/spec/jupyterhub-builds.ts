import { z } from "zod";
import { says, wholeNumber } from "./shared";

/** Where an environment may be built from: BinderHub's names, which stand in the links that users pass on. */
export const buildSources = ["gh", "gist", "gl", "zenodo", "figshare", "dataverse"] as const;

/**
 * Environments that the users of one hub have built from a repository and start, as on mybinder.org. What a build may
 * take is decided here: it runs what a stranger wrote.
 *
 * @see https://binderhub.readthedocs.io/en/latest/
 */
export const builds = z.strictObject({
    cores: z
        .number()
        .min(0.5, says("is below 0.5", "write cores from 0.5 to 96"))
        .max(96, says("is above 96", "write cores from 0.5 to 96"))
        .default(2)
        .describe("Of one build"),
    memoryGiB: wholeNumber(1, 768, "GiB").default(6).describe("Of one build"),
    diskGiB: wholeNumber(5, 1_000, "GiB")
        .default(30)
        .describe("For the layers of one image, on the machine's own disk"),
    timeoutMinutes: wholeNumber(5, 45, "minutes")
        .default(30)
        .describe("A build that takes longer is ended; the right to push ends after an hour"),
    atOnce: wholeNumber(1, 100, "builds").default(5).describe("Further ones are refused"),
    keepDays: wholeNumber(1, 3_650, "days")
        .default(90)
        .describe("Older images are deleted, and built again when somebody asks"),
    from: z
        .array(z.enum(buildSources))
        .min(1, says("names no source", `take some of: ${buildSources.join(", ")}`))
        .default(["gh", "gist", "gl", "zenodo"])
        .describe("By BinderHub's names: GitHub, its gists, GitLab, Zenodo, …"),
});

export type BuildsSpec = z.infer<typeof builds>;
