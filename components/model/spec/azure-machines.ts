import { z } from "zod";
import { blobStore, cidr, says, wholeNumber } from "./shared";

const weekday = z.enum([
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
]);

const patching = z
    .strictObject({
        day: weekday.default("Sunday"),
        hourUtc: wholeNumber(0, 23, "hours")
            .default(1)
            .describe(
                "Of the first window, of two hours: machines with data go first, a zone at a time; applications follow",
            ),
        restart: z
            .boolean()
            .default(true)
            .describe("Whether a machine restarts when its patches ask for it"),
    })
    .prefault({});

/** @see https://learn.microsoft.com/azure/application-gateway/key-vault-certs */
const certificate = z
    .strictObject({
        secretId: z
            .string()
            .regex(
                /^https:\/\/[a-z][a-z0-9-]{1,22}[a-z0-9]\.vault\.azure\.net\/secrets\/[A-Za-z0-9-]{1,127}\/?$/,
                says(
                    "is no secret of a key vault without a version",
                    "write one such as https://certificates.vault.azure.net/secrets/site",
                ),
            )
            .describe("Without a version: a renewed certificate is taken by itself"),
        vaultId: z
            .string()
            .regex(
                /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[\w().-]{1,90}\/providers\/Microsoft\.KeyVault\/vaults\/[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/,
                says("is no key vault", "write its resource id, as `az keyvault show` has it"),
            )
            .describe("Of that vault, which takes roles instead of access policies"),
    })
    .refine(
        ({ secretId, vaultId }) =>
            secretId.split(/[/.]/)[2]?.toLowerCase() === vaultId.split("/").at(-1)?.toLowerCase(),
        says("names two vaults", "write the secret and the id of one vault"),
    )
    .describe("The site's certificate: somebody else makes it, the gateway may read it");

/** The machines of a CommCare cluster, and what keeps them whole. */
export const azureMachines = z
    .strictObject({
        certificate: certificate.optional(),
        imageRelease: z
            .string()
            .regex(
                /^22\.04\.20\d{7}$/,
                says("is no version of the image", 'write one such as "22.04.202601100"'),
            )
            .optional()
            .describe(
                "Version of Canonical's image of Ubuntu 22.04; without it a machine keeps the newest of its first day. Another one replaces machines that keep no data; one that does keeps its image and is patched in place",
            ),
        bastion: z
            .boolean()
            .default(true)
            .describe("Azure Bastion, for SSH to the control machine without a public address"),
        administrators: z
            .array(cidr)
            .default([])
            .describe("Ranges that reach the control machine by SSH: a VPN, a peered network"),
        encryptionAtHost: z
            .boolean()
            .default(true)
            .describe(
                "Caches of disks sealed as well; the subscription has to have registered Microsoft.Compute/EncryptionAtHost",
            ),
        sharedGiB: wholeNumber(100, 102_400, "GiB")
            .optional()
            .describe(
                "Of the shared directory, paid whether or not it is full; without it: by the users",
            ),
        blobStore: blobStore
            .optional()
            .describe(
                "A store that speaks S3, for attachments; Azure's does not. Without it they lie in the shared directory",
            ),
        patching,
    })
    .prefault({})
    .describe("Of CommCare's clusters");

export type AzureMachinesSection = z.infer<typeof azureMachines>;
export type CertificateSpec = z.infer<typeof certificate>;
export type PatchingSpec = z.infer<typeof patching>;
