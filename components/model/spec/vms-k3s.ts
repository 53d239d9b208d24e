import { z } from "zod";
import { mail } from "./mail";
import { cidr, hostname, says, slug, wholeNumber } from "./shared";

const sha256 = z
    .string()
    .regex(/^[0-9a-f]{64}$/, says("is no SHA-256", "write its 64 hexadecimal digits"));

const host = slug.describe("One of `hosts`");

const volumes = z.strictObject({
    homes: z
        .strictObject({
            host,
            device: z
                .string()
                .regex(
                    /^\/dev\/[A-Za-z0-9._+/-]+$/,
                    says("is no device", "write a path below /dev that stays, such as /dev/vg/hub"),
                )
                .optional()
                .describe("Of homes: { storage: nfs }, for them alone; made an XFS if it is empty"),
        })
        .optional()
        .describe("Where the hub's homes lie"),
    database: z.strictObject({ host }).optional().describe("The first server if not said"),
});

/**
 * Kubernetes by k3s on hosts that stand.
 *
 * @see https://docs.k3s.io/installation/configuration
 */
export const k3s = z.strictObject({
    version: z
        .string()
        .regex(
            /^v1\.\d+\.\d+\+k3s\d+$/,
            says("is no release of k3s", "write one such as v1.36.4+k3s1"),
        ),
    checksums: z
        .strictObject({
            script: sha256.describe("Of install.sh at the release's tag"),
            binary: sha256.describe("Of k3s, as sha256sum-amd64.txt of the release has it"),
            images: sha256
                .optional()
                .describe("Of k3s-airgap-images-amd64.tar.zst, to be fetched from the mirror"),
        })
        .describe("What is fetched and has another one is not run"),
    mirror: z
        .string()
        .regex(/^https?:\/\/[^\s'"/]+(\/[^\s'"]*[^\s'"/])?$/, says("is no URL", "write https://…"))
        .optional()
        .describe(
            "Where hosts fetch from instead of GitHub: <mirror>/<version>/install.sh, k3s and, with their checksum, k3s-airgap-images-amd64.tar.zst",
        ),
    servers: z
        .array(host)
        .min(1)
        .describe("Run the control plane, one or three; every other host is an agent"),
    apiServer: z
        .string()
        .regex(
            /^https:\/\/[^\s/]+:\d+$/,
            says("is no address of an API server", "write one such as https://127.0.0.1:6443"),
        )
        .optional()
        .describe(
            "By which whoever deploys reaches Kubernetes; without it port 6443 of the first server. A tunnel: https://127.0.0.1:6443",
        ),
    tlsNames: z
        .array(z.union([hostname, z.ipv4()]))
        .default([])
        .describe("Further names that the API server's certificate is for"),
    podCidr: cidr.default("10.42.0.0/16"),
    serviceCidr: cidr.default("10.43.0.0/16"),
    snapshots: z
        .strictObject({
            everyHours: z.union([1, 2, 3, 4, 6, 8, 12, 24].map((hours) => z.literal(hours))),
            keep: wholeNumber(2, 500, "snapshots"),
        })
        .default({ everyHours: 6, keep: 28 })
        .describe("Of what Kubernetes knows, on each server"),
    volumes: z.record(slug, volumes).default({}).describe("By hub"),
    mail,
    heartbeat: z
        .boolean()
        .default(false)
        .describe(
            "A sign of life each five minutes to `steward:secrets`, alerts.heartbeatUrl: whoever keeps that tells when it stays away",
        ),
});

export type K3sSpec = z.infer<typeof k3s>;
