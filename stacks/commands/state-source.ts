import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { StateResource } from "../../policies/report/state";
import { readState, StateProblem } from "../../policies/report/state";
import { projectRoot } from "../../rehearsal/project-root";
import { StateFolder } from "../../rehearsal/state-folder";

/** Where the state of a rehearsed stack is kept unless `--state-dir` says otherwise. */
export function defaultStateDir(stack: string): string {
    return join(projectRoot(), ".steward", stack);
}

/**
 * The resources of an exported state file.
 *
 * @throws StateProblem when the file is none.
 */
export function readStateFile(path: string): StateResource[] {
    const refuse = (message: string, fix: string): never => {
        throw new StateProblem({ path, message, fix });
    };
    if (!existsSync(path))
        return refuse("is not there", "write `pulumi stack export --file` to it");
    let json: unknown;
    try {
        json = JSON.parse(readFileSync(path, "utf8"));
    } catch {
        return refuse("is not JSON", "take what `pulumi stack export` writes");
    }
    return readState(json);
}

/**
 * The resources of a rehearsed stack.
 *
 * @throws StateProblem when it was never rehearsed there.
 */
export function readRehearsedState(stack: string, stateDir: string): StateResource[] {
    const root = resolve(stateDir);
    const file = join(root, "state");
    if (!existsSync(file)) {
        throw new StateProblem({
            path: root,
            message: "holds no rehearsed state",
            fix: `run \`npm run steward -- rehearse ${stack}\`, or name a state with --state`,
        });
    }
    const deployment = new StateFolder(root, stack).deployment() ?? {};
    return readState({ version: 3, deployment });
}
