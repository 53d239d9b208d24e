import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError, Option } from "commander";
import { projectRoot } from "../../rehearsal/project-root";
import type * as audit from "./run-audit";
import type * as check from "./check";
import type * as costsActivate from "./run-costs-activate";
import type * as costsUnits from "./run-costs-units";
import type * as deploy from "./deploy";
import type * as destroy from "./destroy";
import type * as doctor from "./run-doctor";
import type * as environment from "./environment";
import type * as order from "./order";
import type * as rehearse from "./rehearse";
import type * as review from "./review";

const { version } = JSON.parse(readFileSync(join(projectRoot(), "package.json"), "utf8")) as {
    version: string;
};

/** Every command loads its own code when it runs: `--help` and a mistyped argument cost nothing. */
const steward = new Command("steward")
    .description("Clusters in which every layer has an owner: rehearse, review, check, deploy.")
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError("(--help lists the arguments)");

const stackArgument = ["<stack>", "a stack of stacks/, such as jupyterhub-aws"] as const;
const releasing = "let these layers' protected data be deleted: layer, or layer@hub for one hub's";
const json = ["--json", "one JSON document on standard output, nothing else there"] as const;

steward
    .command("rehearse")
    .description("the whole deploy on the real engine with stand-ins: no account, no credentials")
    .argument(...stackArgument)
    .option("--stack-file <file>", "another stack file than stacks/Pulumi.<stack>.yaml")
    .option("--state-dir <folder>", "where the rehearsed state is kept (default: .steward/<stack>)")
    .option("--destroy", "delete the rehearsed cluster afterwards")
    .option("--release <layer...>", releasing)
    .option(...json)
    .action(async (stack: string, options: rehearse.RehearseOptions) => {
        const room = require("./rehearse") as typeof rehearse;
        process.exitCode = await room.rehearse(stack, options);
    });

for (const verb of ["preview", "up"] as const) {
    const command = steward
        .command(verb)
        .description(`pulumi ${verb} on the real cloud, always with the policy pack`)
        .argument(...stackArgument)
        .option("--yes", "do not ask before deploying")
        .option(...json)
        .action(async (stack: string, options: deploy.DeployOptions) => {
            const room = require("./deploy") as typeof deploy;
            process.exitCode = await room.deploy(verb, stack, options);
        });
    if (verb === "up") command.option("--release <layer...>", releasing);
}

steward
    .command("destroy")
    .description(
        "delete a cluster from the real cloud; protected data stays; what the engine never made is listed by owner",
    )
    .argument(...stackArgument)
    .option("--release <layer...>", releasing)
    .option(
        "--drain",
        "first remove what the engine never made: users' servers, builds and what they pushed, claims and disks, load balancers, hubs' machines",
    )
    .option("--yes", "do not ask before draining and deleting")
    .option(...json)
    .action(async (stack: string, options: destroy.DestroyOptions) => {
        const room = require("./destroy") as typeof destroy;
        process.exitCode = await room.destroy(stack, options);
    });

steward
    .command("review")
    .description("who owns what, from a rehearsed or an exported state")
    .argument(...stackArgument)
    .option("--state <file>", "what `pulumi stack export` wrote")
    .option("--state-dir <folder>", "the folder of a rehearsal (default: .steward/<stack>)")
    .addOption(
        new Option("--format <format>", "how to write it")
            .choices(["html", "markdown", "csv", "json"])
            .default("markdown"),
    )
    .option("--role <role>", "one role's, or one party's, view")
    .option("--output <file>", "write to a file instead of standard output")
    .action((stack: string, options: review.ReviewOptions) => {
        process.exitCode = (require("./review") as typeof review).review(stack, options);
    });

steward
    .command("check")
    .description("the policies over an exported state: no program, no credentials")
    .requiredOption("--state <file>", "what `pulumi stack export` wrote")
    .addOption(
        new Option("--format <format>", "how to write it")
            .choices(["text", "json", "markdown"])
            .default("text"),
    )
    .action((options: check.CheckOptions) => {
        process.exitCode = (require("./check") as typeof check).check(options);
    });

steward
    .command("doctor")
    .description("what this machine and account lack for a stack, before anything is created")
    .argument("[stack]", stackArgument[1])
    .option("--stack-file <file>", "another stack file than stacks/Pulumi.<stack>.yaml")
    .option("--offline", "only what needs no network")
    .option("--skip <check...>", "leave checks out, by their names")
    .option(...json)
    .action(async (stack: string | undefined, options: doctor.DoctorOptions) => {
        process.exitCode = await (require("./run-doctor") as typeof doctor).doctor(stack, options);
    });

steward
    .command("environment")
    .description("the directory that commcare-cloud installs a CommCare stack from")
    .argument("<stack>", "a stack of stacks/, such as commcare-aws")
    .requiredOption("--out <directory>", "what COMMCARE_CLOUD_ENVIRONMENTS will name")
    .option("--stack-file <file>", "another stack file than stacks/Pulumi.<stack>.yaml")
    .option(
        "--addresses <file>",
        "what `pulumi stack output addresses --json` wrote; without it names stand for addresses",
    )
    .option(...json)
    .addHelpText(
        "after",
        "\nWith STEWARD_VAULT_PASSWORD set, a vault.yml with new secrets is written, encrypted by that password.",
    )
    .action((stack: string, options: environment.EnvironmentOptions) => {
        const room = require("./environment") as typeof environment;
        process.exitCode = room.environment(stack, options);
    });

steward
    .command("order")
    .description("the machines of a stack on vms, for whoever racks them: sizes, disks, ports")
    .argument(
        "<stack>",
        "a stack of stacks/ on vms, such as commcare-vms; its hosts may still lack",
    )
    .option("--stack-file <file>", "another stack file than stacks/Pulumi.<stack>.yaml")
    .option(...json)
    .action((stack: string, options: order.OrderOptions) => {
        process.exitCode = (require("./order") as typeof order).order(stack, options);
    });

steward
    .command("audit")
    .description("what runs, against the stack file: what is otherwise, and who answers for it")
    .argument("<stack>", "a stack of stacks/, such as commcare-vms")
    .option("--vms", "read every host over SSH; nothing on it is changed")
    .option("--stack-file <file>", "another stack file than stacks/Pulumi.<stack>.yaml")
    .option(...json)
    .action(async (stack: string, options: audit.AuditOptions) => {
        const room = require("./run-audit") as typeof audit;
        process.exitCode = await room.audit(stack, options);
    });

const costs = steward.command("costs").description("what a cluster is billed for, and whose bill");

costs
    .command("activate")
    .description(
        "with the payer's credentials: tell costs apart by owner on the bill; repeat at will",
    )
    .argument(...stackArgument)
    .option("--stack-file <file>", "another stack file than stacks/Pulumi.<stack>.yaml")
    .option(...json)
    .action(async (stack: string, options: costsActivate.CostsActivateOptions) => {
        const room = require("./run-costs-activate") as typeof costsActivate;
        process.exitCode = await room.costsActivate(stack, options);
    });

costs
    .command("units")
    .description(
        "what will be billed, layer by layer, from a rehearsed or an exported state; no prices",
    )
    .argument(...stackArgument)
    .option("--state <file>", "what `pulumi stack export` wrote")
    .option("--state-dir <folder>", "the folder of a rehearsal (default: .steward/<stack>)")
    .addOption(
        new Option("--format <format>", "how to write it")
            .choices(["text", "markdown", "json"])
            .default("text"),
    )
    .action((stack: string, options: costsUnits.CostsUnitsOptions) => {
        const room = require("./run-costs-units") as typeof costsUnits;
        process.exitCode = room.costsUnits(stack, options);
    });

steward.parseAsync().catch((error: unknown) => {
    if (error instanceof CommanderError) {
        process.exitCode = error.exitCode === 0 ? 0 : 2; // commander has said what is wrong
        return;
    }
    process.stderr.write(`${String((error as Error).stack ?? error)}\n`);
    process.exitCode = 1;
});
