import { z } from "zod";
import { machineKinds } from "../machines";
import { hubBudget } from "./budgets";
import { accessLogs, datasets, persistent, scratch } from "./jupyterhub-buckets";
import { builds } from "./jupyterhub-builds";
import { daskGateway } from "./jupyterhub-dask";
import { database } from "./jupyterhub-database";
import { homes } from "./jupyterhub-homes";
import { images } from "./jupyterhub-images";
import { monitoring } from "./jupyterhub-monitoring";
import { cloudPermissions } from "./jupyterhub-permissions";
import { profile } from "./jupyterhub-profiles";
import { idle, imagePullPolicy, placeholders, reaches, server } from "./jupyterhub-sessions";
import { assignments, roleHolders } from "./ownership";
import { hostname, says, slug, wholeNumber } from "./shared";

const authenticator = z.strictObject({
    class: z
        .enum(["generic-oauth", "github", "cilogon", "dummy"])
        .describe(
            "JupyterHub's name of the authenticator; dummy lets anybody in: to rehearse only",
        ),
    clientId: z
        .string()
        .min(1)
        .optional()
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
    machines: z
        .array(z.enum(machineKinds))
        .min(1)
        .default(["user"])
        .describe("Which of the platform's machines it has node groups of"),
    homes,
    database,
    scratch,
    persistent,
    accessLogs,
    cloudPermissions,
    datasets,
    images,
    temporary: z
        .strictObject({ sizeGiB: wholeNumber(1, 1_000, "GiB") })
        .optional()
        .describe("Scratch disk of a session, mounted at /tmp"),
    environment: z.record(z.string(), z.string()).default({}),
    idle,
    server,
    placeholders: placeholders.optional(),
    imagePullPolicy: imagePullPolicy
        .optional()
        .describe("Always: a machine looks for a newer image of the same tag at every start"),
    prePull: z
        .boolean()
        .default(false)
        .describe("Pulls the images of all profiles onto each new machine"),
    reaches: reaches.default([]),
    budget: hubBudget,
    daskGateway: daskGateway
        .optional()
        .describe("A Dask gateway for the hub's users; {} for one with the usual limits"),
    builds: builds
        .optional()
        .describe("Environments built from a repository; {} for the usual limits"),
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
    daskGatewayChartVersion: z
        .string()
        .regex(/^\d+\.\d+\.\d+$/, says("is not a released version", "write one such as 2026.3.0"))
        .default("2026.3.0")
        .describe("Release of the dask-gateway chart, where a hub has a Dask gateway"),
    letsEncryptContact: z
        .email()
        .describe(
            "Contact of the accounts with Let's Encrypt, which tells it of changes but not of certificates about to end",
        ),
    monitoring,
    hubs: z.array(hub).min(1, says("names no hub", "describe at least one")),
});

export type JupyterhubSpec = z.infer<typeof jupyterhubSchema>;
export type HubSpec = z.infer<typeof hub>;
