import { z } from "zod";
import { says } from "./shared";

/** Names of disks that a restart or another cable gives to another disk. */
const unstable = /^\/dev\/(sd|vd|xvd|hd|nvme|dm-|mapper\/)/;

const disk = z
    .strictObject({
        device: z
            .string()
            .regex(/^\/dev\/[A-Za-z0-9._:+@/-]+$/, {
                error: says("is no device", "write its path below /dev/disk/by-id/"),
            })
            .describe("A whole disk, by a path that stays the same: /dev/disk/by-id/…"),
        unstableName: z
            .literal("accepted")
            .optional()
            .describe("Where a machine has no other name for its disk than /dev/sdb or the like"),
        mount: z
            .string()
            .regex(
                /^\/(opt|srv|var\/lib|data|mnt)(\/[A-Za-z0-9._-]+)*$/,
                says(
                    "is no folder for data",
                    "write one below /opt, /srv, /var/lib, /data or /mnt",
                ),
            ),
        encrypted: z
            .boolean()
            .default(true)
            .describe("By LUKS, with the secret hosts.disksKey, which opens it at the start"),
    })
    .refine(({ device, unstableName }) => !unstable.test(device) || unstableName === "accepted", {
        path: ["device"],
        message: says(
            "may be another disk after a restart",
            "write its path below /dev/disk/by-id/, or `unstableName: accepted`",
        ),
    });

export const disks = z
    .array(disk)
    .default([])
    .describe("Disks for data: each is a logical volume of its own, and grows when its disk does");

export type DiskSpec = z.infer<typeof disk>;
