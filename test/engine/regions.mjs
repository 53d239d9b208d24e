// A program of its own, run by regions.test.ts: rehearses one topic in each of two regions, each by a provider
// resource of its own, and asks each provider for its region. Then moves the second to a third region. Prints
// what each run left behind, as JSON.
//
//   node regions.mjs <state folder>
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const from = (path) => require(join("../../dist", path));
const { findEngine } = from("rehearsal/engine/engine");
const { silentProgress } = from("rehearsal/progress");
const { openRehearsal } = from("rehearsal/rehearsal");

const [stateDir] = process.argv.slice(2);

const program = (regions) => async () => {
    const { Provider, getRegionOutput } = require("@pulumi/aws");
    const { Topic } = require("@pulumi/aws/sns");
    const answers = {};
    for (const [name, region] of Object.entries(regions)) {
        const provider = new Provider(name, { region });
        new Topic(name, { name: "costs" }, { provider });
        answers[name] = getRegionOutput({}, { provider }).region;
    }
    return answers;
};

async function rehearse(regions) {
    const rehearsal = await openRehearsal({
        stack: "regions",
        stateDir,
        engine: await findEngine({ progress: silentProgress }),
        config: () => ({ "pulumi:disable-default-providers": ["*"] }),
        program: program(regions),
        progress: silentProgress,
    });
    const { succeeded, errors } = await rehearsal.up();
    const resources = rehearsal.folder.deployment()?.resources ?? [];
    const topics = resources.filter(({ type }) => type === "aws:sns/topic:Topic");
    const [stack] = resources.filter(({ type }) => type === "pulumi:pulumi:Stack");
    rehearsal.close();
    return {
        succeeded,
        errors,
        topics: Object.fromEntries(topics.map(({ urn, id }) => [urn.split("::").at(-1), id])),
        asked: stack?.outputs,
    };
}

const first = await rehearse({ costs: "us-east-1", cluster: "us-east-2" });
const moved = await rehearse({ costs: "us-east-1", cluster: "eu-west-1" });
process.stdout.write(`\n${JSON.stringify({ first, moved })}\n`);
