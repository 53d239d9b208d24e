import { EngineMissing } from "../../rehearsal/engine/engine";
import { StateProblem } from "../../policies/report/state";
import { wordProblem } from "../../components/model/problem";
import { paint, table } from "./paint";
import type { Guarded } from "./protected";
import { guardedIn, release } from "./protected";
import { Pulumi } from "./pulumi";

export interface DestroyOptions {
    readonly release?: readonly string[];
    readonly yes?: boolean;
}

/**
 * Deletes a cluster from the real cloud, but never its protected data: that is named, and stays until its layer
 * is released by name, `layer` or `layer@hub`.
 *
 * @returns 0 deleted; 1 it failed, or protected data stands in the way; 2 no such stack or layer.
 */
export async function destroy(stack: string, options: DestroyOptions): Promise<number> {
    try {
        const pulumi = await Pulumi.find();
        const state = await pulumi.read(["stack", "export", "--stack", stack]);
        const guarded = guardedIn(JSON.parse(state), stack);
        const released = release(guarded, options.release ?? []);
        if ("problems" in released) {
            return refuse(released.code, released.problems.map(wordProblem).join("\n"));
        }
        const kept = guarded.filter(({ urn }) => !released.urns.includes(urn));
        if (kept.length > 0) return refuse(1, wordKept(stack, kept));
        for (const urn of released.urns) {
            await pulumi.read(["state", "unprotect", urn, "--yes", "--stack", stack]);
        }
        return await pulumi.foreground([
            "destroy",
            "--stack",
            stack,
            ...(options.yes === true ? ["--yes"] : []),
        ]);
    } catch (error) {
        if (error instanceof StateProblem) return refuse(2, wordProblem(error.problem));
        if (error instanceof EngineMissing) return refuse(1, error.message);
        const { stderr } = error as { stderr?: string };
        if (stderr === undefined) throw error;
        return refuse(1, stderr.trim()); // the CLI's own words, such as an unknown stack
    }
}

function wordKept(stack: string, kept: readonly Guarded[]): string {
    const rows = kept.map(({ place, name, type, id }) => {
        const [layer = "", hub = "-"] = place.split("@");
        return [layer, hub, name, type, id ?? "-"];
    });
    const places = [...new Set(kept.map(({ place }) => place))];
    const head = `${stack}: protected data stands in the way; nothing was deleted`;
    const fix = `to delete it too: destroy ${stack} ${places.map((place) => `--release ${place}`).join(" ")}`;
    return [
        paint("red", head, process.stderr),
        table(["layer", "hub", "name", "type", "id"], rows),
        fix,
    ].join("\n");
}

function refuse(code: number, message: string): number {
    process.stderr.write(`${message}\n`);
    return code;
}
