import { z } from "zod";
import { assignments, roleHolders } from "./ownership";
import { hostname, says, slug, wholeNumber } from "./shared";

/** What KubeSpawner takes; its own names, its own units (bytes, cores). */
const override = z.record(z.string(), z.json());

const choice = z.strictObject({
    display_name: z.string().min(1),
    description: z.string().optional(),
    slug: z.string().optional(),
    default: z.boolean().optional(),
    allowed_groups: z.array(z.string()).optional(),
    kubespawner_override: override.optional(),
});

const profile = choice.extend({
    profile_options: z
        .record(
            z.string(),
            z.strictObject({
                display_name: z.string().min(1),
                unlisted_choice: override.optional(),
                choices: z.record(z.string(), choice).optional(),
            }),
        )
        .optional(),
});

const authenticator = z.strictObject({
    class: z
        .enum(["generic-oauth", "github", "cilogon"])
        .describe("JupyterHub's name of the authenticator; dummy lets anybody in and is refused"),
    clientId: z
        .string()
        .min(1)
        .describe("The OAuth client; its secret is `steward:secrets`, <hub>.oauthClientSecret"),
    settings: z
        .record(z.string(), z.json())
        .default({})
        .describe("Settings of the authenticator, by the names of oauthenticator"),
});

const hub = z.strictObject({
    name: slug.max(40).describe("Also the Kubernetes namespace"),
    domain: hostname,
    roles: roleHolders.optional(),
    layers: assignments.optional(),
    authenticator,
    admins: z.array(z.string().min(1)).default([]),
    image: z
        .strictObject({ name: z.string().min(1), tag: z.string().min(1) })
        .optional()
        .describe("The environment where no profile names one"),
    profiles: z.array(profile).default([]).describe("KubeSpawner's profile_list"),
    homes: z.strictObject({
        sizeGiB: wholeNumber(1, 65_536, "GiB").describe("The volume of all home directories, gp3"),
        iops: wholeNumber(3_000, 80_000, "operations per second").optional(),
        throughputMiBps: wholeNumber(125, 2_000, "MiB per second").optional(),
        quotaGiB: wholeNumber(1, 65_536, "GiB").describe("What one user may store"),
    }),
    scratch: z
        .strictObject({
            bucket: z
                .string()
                .regex(
                    /^(?!xn--|sthree-)[a-z0-9][a-z0-9-]{1,61}[a-z0-9](?<!-s3alias|--ol-s3)$/,
                    says("is not a bucket name", "use 3 to 63 of a-z, 0-9 and -"),
                )
                .describe("Unique in all of AWS"),
            deleteAfterDays: wholeNumber(1, 365, "days"),
        })
        .optional(),
    temporary: z
        .strictObject({ sizeGiB: wholeNumber(1, 1_000, "GiB") })
        .optional()
        .describe("Scratch disk of a session, mounted at /tmp"),
    environment: z.record(z.string(), z.string()).default({}),
    idle: z
        .strictObject({
            timeoutSeconds: wholeNumber(60, 604_800, "seconds").default(3_600),
            maxAgeSeconds: wholeNumber(0, 2_592_000, "seconds").default(0),
        })
        .prefault({}),
    budget: z.strictObject({
        monthlyUsd: wholeNumber(1, 10_000_000, "US dollars"),
        covers: z
            .enum(["account", "hub"])
            .default("account")
            .describe("hub: only what carries its `hub` tag, once the payer activated that tag"),
    }),
});

/** Everything that only a JupyterHub cluster has. */
export const jupyterhubSchema = z.strictObject({
    chartVersion: z
        .string()
        .regex(/^\d+\.\d+\.\d+$/, says("is not a released version", "write one such as 4.4.0"))
        .default("4.4.0"),
    homesChartVersion: z
        .string()
        .regex(/^\d+\.\d+\.\d+$/, says("is not a released version", "write one such as 1.2.0"))
        .default("1.2.0"),
    gatewayChartVersion: z
        .string()
        .regex(/^\d+\.\d+\.\d+$/, says("is not a released version", "write one such as 41.3.0"))
        .default("41.3.0")
        .describe("Release of the Traefik chart"),
    certificatesChartVersion: z
        .string()
        .regex(/^v\d+\.\d+\.\d+$/, says("is not a released version", "write one such as v1.20.3"))
        .default("v1.20.3")
        .describe("Release of the cert-manager chart"),
    letsEncryptContact: z
        .email()
        .describe(
            "Contact of the accounts with Let's Encrypt, which tells it of changes but not of certificates about to end",
        ),
    hubs: z.array(hub).min(1, says("names no hub", "describe at least one")),
});

export type JupyterhubSpec = z.infer<typeof jupyterhubSchema>;
export type HubSpec = z.infer<typeof hub>;
export type Profile = z.infer<typeof profile>;
