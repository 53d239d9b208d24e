import { z } from "zod";
import { says, wholeNumber } from "./shared";

/** How a machine is entered by SSH. */
export const port = wholeNumber(1, 65_535, "a port").default(22);

export const user = z
    .string()
    .regex(/^[a-z_][a-z0-9_-]{0,31}$/, says("is no name of an account", "write one such as ubuntu"))
    .default("root")
    .describe("Whoever comes in: root, or somebody who may `sudo` without a password");

export const hostKey = z
    .string()
    .regex(
        /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)) [A-Za-z0-9+/]+=*$/,
        says(
            "is no public host key",
            "write kind and key of a .pub file in /etc/ssh of the host, without the comment",
        ),
    )
    .describe("Told by whoever installed the host: another key is refused before anything is sent");
