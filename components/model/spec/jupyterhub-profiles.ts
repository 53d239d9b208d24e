import { z } from "zod";
import { says } from "./shared";

/** What KubeSpawner takes; its own names, its own units (bytes, cores). */
export const override = z.record(z.string(), z.json());

const groups = z.array(z.string());

const choice = z.strictObject({
    display_name: z.string().min(1),
    description: z.string().optional(),
    slug: z.string().optional(),
    default: z.boolean().optional(),
    allowed_groups: groups.optional(),
    kubespawner_override: override.optional(),
});

const users = z.literal([1, 2, 4, 8, 16, 32]);

/** Machines that choices are computed from: the whole machine, its half, and so on. */
const machine = z.strictObject({
    type: z.string().min(1).describe("Instance type of a node group, such as r5.xlarge"),
    sharedBy: z
        .array(users)
        .min(1, says("offers no share of the machine", "write how many users share one"))
        .describe("One choice each: the share of one of 1, 2, 4, 8, 16 or 32 users"),
    allowed_groups: groups.optional().describe("Who is offered these; without it, everybody"),
});

const option = z.strictObject({
    display_name: z.string().min(1),
    unlisted_choice: override.optional(),
    choices: z.record(z.string(), choice).optional().describe("Choices written by hand"),
    machines: z.array(machine).optional().describe("Choices computed from machines' sizes"),
});

export const profile = choice.extend({
    profile_options: z.record(z.string(), option).optional(),
});

export type Profile = z.infer<typeof profile>;
export type ProfileOption = z.infer<typeof option>;
export type Choice = z.infer<typeof choice>;
export type MachineShares = z.infer<typeof machine>;
