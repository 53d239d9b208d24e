// Transpiles the TypeScript of every room to dist/, file by file and only what changed, so that commands
// start as fast as precompiled JavaScript and never run stale code. Types are `npm run typecheck`'s work.
import { readdirSync, statSync } from "node:fs";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
const rooms = ["components", "policies", "rehearsal", "ssh", "stacks"];
const kept = /\.(ts|json)$/;
const left = /\.d\.ts$|(^|\/)(tsconfig|package|schema)\.json$/;

// Looking is done at once, file by file: hundreds of promises would take ten times as long.
function* filesUnder(folder) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) yield* filesUnder(path);
        else yield path;
    }
}

function changedAt(path) {
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function transpile(source, target) {
    if (source.endsWith(".json")) return copyFile(source, target);
    const { transformFile } = await import("@swc/core");
    const { code } = await transformFile(source, {
        configFile: false,
        swcrc: false,
        sourceMaps: "inline",
        module: { type: "commonjs", ignoreDynamic: false },
        jsc: { target: "es2022", parser: { syntax: "typescript" }, keepClassNames: true },
    });
    return writeFile(target, code);
}

/** Brings dist/ up to date with the sources; returns how many files were written or removed. */
export async function build() {
    const expected = new Set();
    const stale = [];
    for (const room of rooms) {
        for (const source of filesUnder(join(root, room))) {
            if (!kept.test(source) || left.test(relative(root, source))) continue;
            const target = join(dist, relative(root, source)).replace(/\.ts$/, ".js");
            expected.add(target);
            if (changedAt(target) < changedAt(source)) stale.push([source, target]);
        }
    }
    await Promise.all(
        stale.map(async ([source, target]) => {
            await mkdir(dirname(target), { recursive: true });
            await transpile(source, target);
        }),
    );
    let changes = stale.length;
    for (const room of rooms) {
        const built = join(dist, room);
        if (changedAt(built) === 0) continue;
        for (const target of filesUnder(built)) {
            if (expected.has(target)) continue;
            await rm(target);
            changes += 1;
        }
    }
    return changes;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await build();
