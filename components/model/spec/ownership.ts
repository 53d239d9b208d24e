import { z } from "zod";
import { chosenCarriers } from "../carriers/entries";
import { says, slug } from "./shared";

/** Who fills the roles. Whether a contact reaches anybody is a question for `findGaps`, not for the schema. */
export const parties = z
    .record(
        slug,
        z.strictObject({
            name: z.string().min(1).describe("The person or firm, as people know it"),
            contact: z.string().describe("E-mail address or https URL"),
            escalation: z
                .string()
                .optional()
                .describe(
                    "Where to turn when the contact stays silent: e-mail address or https URL",
                ),
            until: z.iso
                .date()
                .optional()
                .describe("Last day of the engagement, YYYY-MM-DD in UTC"),
        }),
    )
    .describe("The persons and firms that fill the roles, by slug");

export const roleHolders = z
    .record(z.string(), z.string().nullable())
    .describe("Role or bundle → party; null leaves the role vacant");

const answer = z.union([z.string(), z.null(), z.array(z.string()).min(1)]);

export const assignments = z
    .record(
        z.string(),
        z.strictObject({
            role: answer.optional().describe("The accountable role; null vacates the layer"),
            party: answer.optional().describe("The accountable party; null vacates the layer"),
        }),
    )
    .describe("Overrides of the book's defaults, by layer");

export const exemptions = z
    .array(
        z.strictObject({
            rule: z.string().describe("Name of the rule, see docs/rules.md"),
            urn: z.string().describe("URN of the resource, * for any run of characters"),
            reason: z.string().min(10).describe("Why the exception is right"),
            approver: z.string().describe("Role that approved it: another than the owner"),
            until: z.iso.datetime().describe("When it ends, such as 2027-01-31T00:00:00Z"),
            breakGlass: z.boolean().optional().describe("At most 72 hours; lifts the gate too"),
        }),
    )
    .describe("Written exceptions from the rules");

const carried = z
    .string()
    .regex(
        /^[A-Za-z][\w-]*(:[\w./-]+(:[\w.-]+)?)?$/,
        says(
            "is no type, module or package",
            "write one such as datadog:index/monitor:Monitor, datadog:index/monitor or datadog",
        ),
    );

export const carriers = z
    .record(
        carried,
        z.strictObject({
            carrier: z
                .enum(chosenCarriers)
                .describe("Where the owner stands in its inputs, see docs/carriers.md"),
            reason: z
                .string()
                .min(10, says("gives no reason", "write in ten characters or more why it is so"))
                .describe("Why that is so"),
        }),
    )
    .describe("How types that Steward does not know carry their owner, by type, module or package");

/** On AWS a role or user of IAM, on Azure a group, service principal or user of Entra. */
const principal = z
    .string()
    .regex(
        /^(arn:aws(-[a-z]+)*:iam::\d{12}:(role|user)\/[\w+=,.@/-]{1,576}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
        "is not the ARN of a role or user; write arn:aws:iam::<account>:role/<name>, or on Azure the object id of a principal",
    );

export const access = z
    .record(z.string(), principal)
    .describe(
        "Role, or `deployer` → principal of the cloud that may reach the Kubernetes API, and on Azure read the accessLogs of layers that are the role's",
    );
