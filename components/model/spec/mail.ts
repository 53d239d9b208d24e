import { z } from "zod";
import { hostname, wholeNumber } from "./shared";

/** What carries alerts out of a cluster. On Azure, why: docs/adr/0018-alerts-on-azure.md */
export const mail = z
    .strictObject({
        host: hostname.describe("Of the relay, such as smtp.azurecomm.net"),
        port: wholeNumber(1, 65_535, "a port").default(587).describe("Where it speaks STARTTLS"),
        from: z.email().describe("Address that alerts come from"),
        username: z
            .string()
            .min(1)
            .describe("Its password is `steward:secrets`, alerts.smtpPassword"),
    })
    .describe("The SMTP relay that alerts of the hubs go through");

export type MailSpec = z.infer<typeof mail>;
