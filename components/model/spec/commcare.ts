import { z } from "zod";
import { plan, stands } from "./commcare-plan";
import {
    commcareCloud,
    databases,
    mail,
    operators,
    processes,
    secretsBackend,
} from "./commcare-environment";
import { hostname, wholeNumber } from "./shared";

/** Everything that only a CommCare cluster has. */
export const commcareSchema = z.strictObject({
    domain: hostname.describe("The site's address (SITE_HOST)"),
    users: wholeNumber(1, 2_000_000, "users")
        .optional()
        .describe("What the machines are sized from; not needed where the plan names them all"),
    formsPerDay: wholeNumber(0, 100_000_000, "forms").optional(),
    activeCases: wholeNumber(0, 10_000_000_000, "cases").optional(),
    webAppsUsers: wholeNumber(0, 100_000, "users")
        .optional()
        .describe("Users at work in web apps at the same time"),
    months: wholeNumber(1, 60, "months")
        .optional()
        .describe("How long the disks have to last; see docs/commcare.md for what is assumed"),
    availability: z
        .enum(["single", "standard", "high"])
        .default("standard")
        .describe(
            "single: one of each; standard: no data and no way in is lost with a machine; high: nor any service with a zone",
        ),
    stands,
    blobs: z
        .enum(["shared-directory", "object-store"])
        .optional()
        .describe(
            "On Azure, whose storage speaks no S3: where attachments lie, in the shared directory or in a store on a machine of its own",
        ),
    plan,
    operators,
    commcareCloud: commcareCloud.describe(
        "Commit of commcare-cloud that the control machine gets at its first start; later `git checkout` there",
    ),
    deploy: z
        .boolean()
        .default(false)
        .describe(
            "On hosts of one's own: `up` installs CommCare by commcare-cloud, and is followed while it does; see docs/vms.md",
        ),
    secretsBackend: secretsBackend
        .optional()
        .describe(
            "Where commcare-cloud reads secrets; on AWS from Secrets Manager, which `up` fills, unless this says ansible-vault",
        ),
    mail,
    processes: processes.optional(),
    databases: databases.optional(),
});

export type CommcareSpec = z.infer<typeof commcareSchema>;
