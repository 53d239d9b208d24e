import type { Problem } from "../../../components/model/problem";
import type * as pulumi from "../pulumi";
import type { StackFile } from "../stack-file";

const path = "steward:secrets.hosts.privateKey";

/**
 * The key that opens the hosts: as the stack file has it in clear, as a laboratory's does, else as the CLI reads it
 * for whoever may.
 */
export async function privateKeyOf({
    stack,
    config,
    path: file,
}: StackFile): Promise<{ readonly key: string } | { readonly problem: Problem }> {
    const { hosts } = (config["secrets"] ?? {}) as { hosts?: { privateKey?: unknown } };
    const found = hosts?.privateKey;
    if (typeof found === "string") return { key: found };
    if (found === undefined) {
        const fix = `run \`pulumi config set --secret --path '${path}'\``;
        return { problem: { path, message: "is missing", fix } };
    }
    // Loaded here: most laboratories and every agent go without the CLI.
    const { Pulumi } = require("../pulumi") as typeof pulumi;
    try {
        const cli = await Pulumi.find();
        const args = ["config", "get", "--path", path, "--stack", stack, "--config-file", file];
        return { key: (await cli.read(args)).replace(/\n$/, "") };
    } catch (error) {
        const { stderr, message } = error as { stderr?: string; message: string };
        const said = (stderr ?? message).trim().split("\n").at(-1) ?? "";
        const fix = "sign in to the stack's backend, with its passphrase or key";
        return { problem: { path, message: `cannot be read: ${said}`, fix } };
    }
}
