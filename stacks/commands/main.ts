import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { projectRoot } from "../../rehearsal/project-root";
import type { RehearseOptions } from "./rehearse";
import type * as rehearse from "./rehearse";

const { version } = JSON.parse(readFileSync(join(projectRoot(), "package.json"), "utf8")) as {
    version: string;
};

/** Every command loads its own code when it runs: `--help` and a mistyped argument cost nothing. */
const steward = new Command("steward")
    .description("Clusters in which every layer has an owner: rehearse, review, check, deploy.")
    .version(version)
    .exitOverride()
    .showHelpAfterError("(--help lists the arguments)");

steward
    .command("rehearse")
    .description("the whole deploy on the real engine with stand-ins: no account, no credentials")
    .argument("<stack>", "a stack of stacks/, such as jupyterhub-aws")
    .option("--stack-file <file>", "another stack file than stacks/Pulumi.<stack>.yaml")
    .option("--state-dir <folder>", "where the rehearsed state is kept (default: .steward/<stack>)")
    .option("--destroy", "delete the rehearsed cluster afterwards")
    .option("--json", "one JSON document on standard output, nothing else")
    .action(async (stack: string, options: RehearseOptions) => {
        process.exitCode = await (require("./rehearse") as typeof rehearse).rehearse(
            stack,
            options,
        );
    });

steward.parseAsync().catch((error: unknown) => {
    if (error instanceof CommanderError) {
        process.exitCode = error.exitCode === 0 ? 0 : 2; // commander has said what is wrong
        return;
    }
    process.stderr.write(`${String((error as Error).stack ?? error)}\n`);
    process.exitCode = 1;
});
