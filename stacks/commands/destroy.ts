import { EngineMissing } from "../../rehearsal/engine/engine";
import type { Report, ReportResource } from "../../policies/report/report";
import { buildReport } from "../../policies/report/report";
import { readState, StateProblem } from "../../policies/report/state";
import { wordProblem } from "../../components/model/problem";
import { paint, table } from "./paint";
import { Pulumi } from "./pulumi";

export interface DestroyOptions {
    readonly release?: readonly string[];
    readonly yes?: boolean;
}

/**
 * Deletes a cluster from the real cloud, but never its protected data: that is named, and stays until its layer
 * is released by name.
 *
 * @returns 0 deleted; 1 it failed, or protected data stands in the way; 2 no such stack or layer.
 */
export async function destroy(stack: string, options: DestroyOptions): Promise<number> {
    try {
        const pulumi = await Pulumi.find();
        const report = await reportOf(pulumi, stack);
        const protectedData = protectedOf(report);
        const released = options.release ?? [];
        const unknown = released.filter((layer) => !report.layers.some(({ id }) => id === layer));
        if (unknown.length > 0) {
            return refuse(
                2,
                `--release ${unknown.join(", ")}: is no layer of ${stack}; take the layer that the table names`,
            );
        }
        const kept = protectedData.filter(({ layer }) => !released.includes(layer ?? ""));
        if (kept.length > 0) return refuse(1, wordKept(stack, kept));
        for (const { urn } of protectedData) {
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

async function reportOf(pulumi: Pulumi, stack: string): Promise<Report> {
    const state = await pulumi.read(["stack", "export", "--stack", stack]);
    return buildReport(readState(JSON.parse(state)), {
        stack,
        now: new Date(),
        reservedContacts: "allowed",
    });
}

function protectedOf({ roles, uncovered }: Report): ReportResource[] {
    const all = [...roles.flatMap(({ resources }) => resources), ...uncovered];
    return [...new Map(all.map((each) => [each.urn, each])).values()].filter(
        (each) => each.protect,
    );
}

function wordKept(stack: string, kept: readonly ReportResource[]): string {
    const rows = kept.map(({ layer, scope, name, type, id }) => [
        layer ?? "-",
        scope ?? "-",
        name,
        type,
        id ?? "-",
    ]);
    const layers = [...new Set(kept.map(({ layer }) => layer ?? "-"))];
    const head = `${stack}: protected data stands in the way; nothing was deleted`;
    const fix = `to delete it too: destroy ${stack} ${layers.map((layer) => `--release ${layer}`).join(" ")}`;
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
