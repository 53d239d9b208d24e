import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { executablesOnPath } from "../../../../rehearsal/engine/executable";
import type { MachineCheck } from "../check";
import { engineHere } from "../engine-here";
import { pulumiHome } from "./plugins";

const program = "pulumi-language-nodejs";

/**
 * What starts the program of a real deploy. Pulumi's own archive has it beside the engine, an engine built from
 * its Go modules does not; a rehearsal does without.
 */
export const languageHostCheck: MachineCheck = {
    id: "language-host",
    title: "Node language host",
    needs: "nothing",
    async run({ env }) {
        const id = "language-host";
        const { found: engine } = await engineHere(env);
        if (engine === undefined) {
            const fix = "it comes with the engine, unless that has to be built";
            return [{ id, status: "warning", message: `${program} is not here`, fix }];
        }
        const [onPath] = executablesOnPath(program, env);
        const beside = join(dirname(engine.path), program);
        const found = onPath ?? (existsSync(beside) ? beside : asPlugin(pulumiHome(env)));
        if (found !== undefined) return [{ id, status: "ok", message: found }];
        const message = `${program} is neither on PATH nor beside ${engine.path}`;
        const fix =
            "`preview` and `up` need it: install Pulumi from https://www.pulumi.com/docs/install/";
        return [{ id, status: "lacking", message, fix }];
    },
};

/** Its folder under the plugins, where it was installed as one. */
function asPlugin(home: string): string | undefined {
    const plugins = join(home, "plugins");
    if (!existsSync(plugins)) return undefined;
    const name = readdirSync(plugins).find((each) => /^language-nodejs-v[^.]+\..*\d$/.test(each));
    return name === undefined ? undefined : join(plugins, name);
}
