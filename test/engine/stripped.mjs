// A program of its own, run by stripped.test.ts: previews a rehearsed stack once for each case, with one owner
// key taken off one resource on its way to the engine. Prints what the policy pack made of each, as JSON.
//
//   node stripped.mjs <state folder> '[["<type>", "<name>", "tags/owner-role"], …]' [<stack>]
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const from = (path) => require(join("../../dist", path));
const { readCoverage } = from("policies/finding");
const { findEngine } = from("rehearsal/engine/engine");
const { silentProgress } = from("rehearsal/progress");
const { openRehearsal } = from("rehearsal/rehearsal");
const { program } = from("stacks/program");

const [stateDir, cases, stack = "jupyterhub-aws"] = process.argv.slice(2);

/** A copy of `props` without what stands at the path. */
function without(props, [key, ...rest]) {
    if (rest.length > 0) return { ...props, [key]: without(props[key], rest) };
    const { [key]: _, ...others } = props;
    return others;
}

async function preview([type, name, path]) {
    let met = 0;
    const rehearsal = await openRehearsal({
        stack,
        stateDir,
        engine: await findEngine({ progress: silentProgress }),
        config: (earlier) => earlier,
        program: async () => {
            const { runtime } = require("@pulumi/pulumi");
            runtime.registerResourceTransform((args) => {
                if (args.type !== type || args.name !== name) return undefined;
                met += 1;
                return { props: without(args.props, path.split("/")), opts: args.opts };
            });
            return program({ now: new Date(), reservedContacts: "allowed" });
        },
        policyPack: join(process.cwd(), "policies"),
        env: { STEWARD_COVERAGE: "1" },
        progress: silentProgress,
    });
    const { succeeded, findings } = await rehearsal.preview();
    rehearsal.close();
    const coverage = findings.map(({ message }) => readCoverage(message)).find(Boolean);
    const mandatory = findings.filter(({ level }) => level === "mandatory");
    return {
        met,
        succeeded,
        coverage,
        rules: mandatory.map(({ rule, urn }) => [rule, urn.split("::").at(-1)]),
    };
}

const results = [];
for (const each of JSON.parse(cases)) results.push(await preview(each));
process.stdout.write(`\n${JSON.stringify(results)}\n`);
