import { z } from "zod";
import { principal } from "./jupyterhub-principal";
import { wholeNumber } from "./shared";

/** Images that the community builds elsewhere. */
export const images = z
    .strictObject({
        keep: wholeNumber(1, 1_000, "images")
            .default(50)
            .describe("Older images than so many are deleted"),
        builders: z.array(principal).default([]).describe("Who may push an image"),
    })
    .optional()
    .describe("A repository of the hub's own for the images that the community builds");

export type ImagesSpec = NonNullable<z.infer<typeof images>>;
