import { z } from "zod";
import { parseCidr } from "../cidr";
import { slugPattern } from "../tags";

/** A message of the form `what; what to do`, the two halves of a problem. */
export const says = (what: string, fix: string): string => `${what}; ${fix}`;

export const slug = z
    .string()
    .regex(
        slugPattern,
        says(
            "cannot be written as a tag and a label",
            "use up to 63 of a-z, 0-9 and -, starting and ending with a letter or a digit",
        ),
    );

export const cidr = z
    .string()
    .refine(
        (text) => parseCidr(text) !== undefined,
        says("is not an IPv4 range", "write the first address of a range, such as 10.8.0.0/16"),
    );

/** RFC 1123, dotted, lower case. */
export const hostname = z
    .string()
    .max(253)
    .regex(
        /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
        says("is not a domain name", "write it in lower case, such as hub.example.org"),
    );

/** A bucket of a store that speaks S3. */
export const blobStore = z.strictObject({
    url: z.url({ protocol: /^https$/ }),
    bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
});

export const wholeNumber = (min: number, max: number, unit: string) =>
    z
        .int(says("is not a whole number", `write ${unit} from ${String(min)} to ${String(max)}`))
        .min(
            min,
            says(`is below ${String(min)}`, `write ${unit} from ${String(min)} to ${String(max)}`),
        )
        .max(
            max,
            says(`is above ${String(max)}`, `write ${unit} from ${String(min)} to ${String(max)}`),
        );
