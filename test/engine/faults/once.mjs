// One run in a process of its own, to be killed: node once.mjs <state folder> up|destroy <round>
import { run } from "./stage.mjs";

const [folder, verb, round] = process.argv.slice(2);
const { outcome } = await run(folder, verb, Number(round));
process.stdout.write(
    `${JSON.stringify({ succeeded: outcome.succeeded, errors: outcome.errors })}\n`,
);
