import { z } from "zod";
import { bucketName } from "./jupyterhub-buckets";
import { says } from "./shared";

/** `service:Action`, with `*` and `?` in the action. https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const action = z
    .string()
    .regex(
        /^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/,
        says("is no action of IAM", "write one such as s3:GetObject"),
    );

const statement = z.strictObject({
    actions: z.array(action).min(1),
    resources: z
        .array(
            z
                .string()
                .regex(/^(\*|arn:aws:.+)$/, says("is no resource of IAM", "write an ARN, or *")),
        )
        .min(1),
});

/** Roles of data that Azure brings; of what is done to resources themselves none. */
export const dataRoles = [
    "Storage Blob Data Contributor",
    "Storage Blob Data Reader",
    "Storage File Data Privileged Reader",
] as const;

/** https://learn.microsoft.com/azure/role-based-access-control/scope-overview */
const role = z.strictObject({
    role: z.enum(
        dataRoles,
        says("is no role that users may have", `take one of: ${dataRoles.join(", ")}`),
    ),
    scope: z
        .string()
        .regex(
            /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[\w().-]{1,90}\/providers\/Microsoft\.Storage\/storageAccounts\/[a-z0-9]{3,24}(\/(blob|file)Services\/default\/(containers|shares)\/[a-z0-9-]{3,63})?$/,
            says(
                "is no storage account, container or share",
                "write its resource id, as `az storage account show` has it",
            ),
        ),
});

/** What users may do in the cloud beside their own buckets. */
export const cloudPermissions = z
    .strictObject({
        readBuckets: z
            .array(bucketName)
            .default([])
            .describe("Buckets of this or another account that users may read"),
        statements: z.array(statement).default([]).describe("What else users' servers may do"),
        roles: z
            .array(role)
            .default([])
            .describe("On Azure, instead of both: what users may do with data that stands already"),
    })
    .prefault({})
    .describe("What every user of the hub may do in the cloud: all share one identity");

export type PermissionStatement = z.infer<typeof statement>;
