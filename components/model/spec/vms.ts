import { z } from "zod";
import { operators } from "./commcare-environment";
import { blobStore, says, wholeNumber } from "./shared";
import type { K3sSpec } from "./vms-k3s";
import { k3s } from "./vms-k3s";
import { vmsBackups } from "./vms-backups";
import { disks } from "./vms-disks";
import { hostKey, port, user } from "./vms-entered";
import { monitoring } from "./vms-monitoring";

const address = z.ipv4(says("is no IPv4 address", "write one such as 192.0.2.11"));
const address6 = z.ipv6(says("is no IPv6 address", "write one such as 2001:db8::11"));
const range = z.union(
    [z.cidrv4(), z.cidrv6()],
    says("is no range of addresses", "write one such as 192.0.2.0/28 or 2001:db8::/48"),
);

const reachedAt = z
    .string()
    .min(1)
    .optional()
    .describe("By which Steward reaches it, where that is another one");

const entered = { port, user, hostKey };

const host = z.strictObject({
    address: address.describe("By which the other hosts reach it"),
    address6: address6.optional(),
    reachedAt,
    ...entered,
    disks,
    zone: z
        .string()
        .min(1)
        .optional()
        .describe("Rack or room, one of `zones`; the first if not said"),
    mended: z
        .string()
        .regex(
            /^[\w.:-]{1,40}$/,
            says("is no word", 'write one such as the day, in quotes: "2026-11-26"'),
        )
        .optional()
        .describe(
            "Any word. Another one, and the next `up` does everything on this host again: what somebody changed by hand there is as it should be",
        ),
});

const hour = (usual: number) => wholeNumber(0, 23, "hours").default(usual);

/** Everything that only a cluster on machines of somebody else has. */
export const vmsSchema = z.strictObject({
    hosts: z
        .record(z.string(), host)
        .default({})
        .describe("By the machines of the plan: one for each, such as web-a1; of hubs by any name"),
    systems: z
        .array(z.enum(["ubuntu-22.04", "ubuntu-24.04", "debian-12"]))
        .min(1)
        .default(["ubuntu-22.04"])
        .describe(
            "What hosts may run. commcare-cloud installs on Ubuntu 22.04 and on nothing else",
        ),
    zones: z
        .array(z.string().min(1))
        .min(1)
        .max(3)
        .default(["a"])
        .describe("Racks or rooms that fail one by one"),
    jump: z
        .strictObject({
            address: address.describe("By which the hosts see it: from there alone SSH is open"),
            address6: address6.optional(),
            reachedAt,
            ...entered,
        })
        .optional()
        .describe("The host that all others are reached through"),
    key: z
        .enum(["secret", "agent"])
        .default("secret")
        .describe(
            "secret: `steward:secrets.hosts.privateKey`; agent: whatever the SSH agent of whoever deploys has",
        ),
    administrators: z
        .array(range)
        .min(
            1,
            says(
                "names nobody",
                "name the addresses that may open SSH, those of Steward among them",
            ),
        )
        .describe("From where SSH is open: to every host, or with `jump` to the control machine"),
    operators: operators
        .optional()
        .describe(
            "Who may sign in to hosts of hubs, with a public key each; CommCare's stand in steward:commcare.operators",
        ),
    connect: z
        .strictObject({
            tries: wholeNumber(0, 60, "tries")
                .default(15)
                .describe("After the first: a host may be starting"),
            seconds: wholeNumber(1, 120, "seconds").default(15).describe("Of each try"),
        })
        .prefault({}),
    certificate: z
        .enum(["self-signed", "lets-encrypt", "given"])
        .default("self-signed")
        .describe(
            "Of the site, on the proxies: self-signed until commcare-cloud has asked for one; lets-encrypt from then on; given: yours, which the vault holds",
        ),
    blobStore: blobStore
        .optional()
        .describe(
            "A store that speaks S3, for attachments; without it they lie in the shared directory",
        ),
    patching: z
        .strictObject({
            reboot: z.boolean().default(true).describe("When a patch asks for it"),
            dataHourUtc: hour(2).describe("When hosts that keep data may start again"),
            otherHourUtc: hour(1).describe("When the others may"),
        })
        .prefault({}),
    monitoring,
    timeServers: z
        .array(z.string().min(1))
        .min(1)
        .default(["pool.ntp.org"])
        .describe("Where hosts have their time from"),
    k3s: k3s.optional().describe("Kubernetes on the hosts: of hubs alone, which need it"),
    backups: vmsBackups.optional().describe("Where copies of the data go: off the cluster"),
});

export type VmsSpec = z.infer<typeof vmsSchema>;

/** The same with Kubernetes on its hosts. */
export type K3sVmsSpec = VmsSpec & { readonly k3s: K3sSpec };

export const withK3s = (vms: VmsSpec | undefined): K3sVmsSpec | undefined =>
    vms?.k3s === undefined ? undefined : { ...vms, k3s: vms.k3s };

export type VmSpec = VmsSpec["hosts"][string];
