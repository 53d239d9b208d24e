// Previews of both sides, each in a process of its own.
import { execFile } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { bareDeployment } from "./bare-record.mjs";
import { here, root } from "./paths.mjs";

const run = promisify(execFile);
const chart = "kubernetes:helm.sh/v4:Chart$";

async function runSide(job) {
    const args = [join(here, "preview.mjs"), JSON.stringify(job)];
    const { stdout } = await run(process.execPath, args, { cwd: root, maxBuffer: 2 ** 26 });
    const result = JSON.parse(stdout.trimEnd().split("\n").at(-1));
    if (!result.succeeded) {
        const why = [...result.errors, ...result.blocking].map(({ message }) => message);
        throw new Error(`${job.side} ${job.program} failed: ${why.slice(0, 5).join("; ")}`);
    }
    return result;
}

/**
 * Rehearses the real stack once and makes of its state the one of the bare side.
 *
 * @returns what both sides declare, in numbers, and `sides(pack)`: previews of the deployed stack, in which every
 * resource of both is unchanged, those of the charts included.
 */
export async function recordStack(engine, temporary) {
    const folders = { ours: join(temporary, "ours"), bare: join(temporary, "bare") };
    const record = join(temporary, "record.json");
    await runSide({ verb: "up", side: "ours", program: "stack", folder: folders.ours });
    cpSync(folders.ours, folders.bare, { recursive: true });

    const state = join(folders.bare, "state", ".pulumi", "stacks", "steward", "bench.json");
    const document = JSON.parse(readFileSync(state, "utf8"));
    const { latest } = document.checkpoint;
    const bare = bareDeployment(latest);
    document.checkpoint.latest = bare;
    writeFileSync(state, JSON.stringify(document));

    const charted = new Set(
        latest.resources
            .filter(({ urn }) => urn.includes(chart))
            .map(({ urn, type }) => `${type} ${urn.split("::").slice(3).join("::")}`),
    );
    const plain = await exportPlain(engine, folders.bare);
    const resources = plain.resources.map((each) => ({
        ...each,
        ofChart: charted.has(`${each.type} ${each.urn.split("::").slice(3).join("::")}`),
    }));
    writeFileSync(record, JSON.stringify({ resources }), { mode: 0o600 });

    const counts = {
        ours: latest.resources.length,
        bare: bare.resources.length,
        charts: charted.size,
    };
    const sideOf = (side, pack) => async () => {
        const job = { verb: "preview", side, program: "stack", folder: folders[side], pack };
        const { ms, changes } = await runSide({ ...job, record });
        const { same = 0, ...others } = changes;
        if (same !== counts[side] || Object.values(others).some((count) => count > 0)) {
            throw new Error(`${side}: not unchanged: ${JSON.stringify(changes)}`);
        }
        return ms;
    };
    return {
        counts,
        sides: (pack) => ({ ours: sideOf("ours", pack), bare: sideOf("bare", pack) }),
    };
}

/** The deployment with its secrets in plain text, as the program of the bare side has to give them. */
async function exportPlain(engine, folder) {
    const passphrase = readFileSync(join(folder, "passphrase"), "utf8");
    const { stdout } = await run(
        engine.path,
        ["stack", "export", "--show-secrets", "--stack", "bench"],
        {
            cwd: folder,
            maxBuffer: 2 ** 27,
            env: {
                ...process.env,
                PULUMI_HOME: join(folder, "home"),
                PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
                PULUMI_CONFIG_PASSPHRASE: passphrase,
                PULUMI_SKIP_UPDATE_CHECK: "true",
                PATH: `${dirname(engine.path)}:${process.env.PATH}`,
            },
        },
    );
    return JSON.parse(stdout).deployment;
}

/** Previews of `size` new topics: owned, in all layers, and bare. */
export function topicSides(temporary, size, pack) {
    const sideOf = (side) => async () => {
        const folder = join(temporary, `topics-${side}`);
        const job = { verb: "preview", side, program: "topics", folder, pack, size };
        const { ms, changes } = await runSide(job);
        if ((changes.create ?? 0) < size) {
            throw new Error(`${side}: ${size} topics wanted: ${JSON.stringify(changes)}`);
        }
        return ms;
    };
    return { ours: sideOf("ours"), bare: sideOf("bare") };
}
