import { z } from "zod";
import { platformNames, workloads } from "../roles";
import { awsSchema } from "./aws";
import { azureSchema } from "./azure";
import { budgets } from "./budgets";
import { commcareSchema } from "./commcare";
import { jupyterhubSchema } from "./jupyterhub";
import { access, assignments, carriers, exemptions, parties, roleHolders } from "./ownership";
import { slug } from "./shared";
import { vmsSchema } from "./vms";

const cluster = z.strictObject({
    name: slug.max(40).describe("Unique in the account"),
    workload: z.enum(workloads),
    platform: z.enum(platformNames),
    environment: slug.describe("production, staging, …"),
    region: z.string().min(1).optional().describe("The cloud's region; none on VMs"),
});

/** What stands under `steward:` in a stack file. */
export const stackSchema = z.strictObject({
    cluster,
    parties,
    roles: roleHolders,
    layers: assignments.default({}),
    exemptions: exemptions.default([]),
    carriers: carriers.default({}),
    access: access.default({}),
    budgets,
    tags: z
        .record(z.string(), z.string())
        .default({})
        .describe("Further tags for every cloud resource; the owner's keys win"),
    secrets: z.json().optional().describe("Set with `pulumi config set --secret --path`"),
    aws: awsSchema.optional(),
    azure: azureSchema.optional(),
    vms: vmsSchema.optional(),
    jupyterhub: jupyterhubSchema.optional(),
    commcare: commcareSchema.optional(),
});

export type StackInput = z.infer<typeof stackSchema>;

/** The JSON Schema of a whole stack file, for editors. */
export function stackFileSchema(): object {
    const schema = z.toJSONSchema(stackSchema, { io: "input", target: "draft-7" });
    const properties = Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, value]) => [`steward:${key}`, value]),
    );
    return {
        $schema: "http://json-schema.org/draft-07/schema#",
        title: "A Steward stack file",
        definitions: schema.definitions ?? {},
        type: "object",
        properties: {
            encryptionsalt: { type: "string" },
            secretsprovider: { type: "string" },
            encryptedkey: { type: "string" },
            config: {
                type: "object",
                properties,
                patternProperties: { "^(?!steward:)": {} },
                additionalProperties: false,
                required: (schema.required ?? []).map((key) => `steward:${key}`),
            },
        },
        required: ["config"],
        additionalProperties: false,
    };
}
