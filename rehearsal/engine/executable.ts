import { execFile } from "node:child_process";
import {
    accessSync,
    closeSync,
    constants,
    mkdirSync,
    openSync,
    readFileSync,
    readSync,
    realpathSync,
    renameSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { basename, delimiter, dirname, isAbsolute, join } from "node:path";

/** Long enough for a cold disk, in milliseconds; `pulumi version` takes about 300. */
const answerWithin = 20_000;

/** Absolute paths of all executables called `name` on the PATH of `env`, first match first. */
export function executablesOnPath(name: string, env: NodeJS.ProcessEnv): string[] {
    const file = process.platform === "win32" ? `${name}.exe` : name;
    return (env["PATH"] ?? "")
        .split(delimiter)
        .filter((folder) => isAbsolute(folder))
        .map((folder) => join(folder, file))
        .filter(isExecutable);
}

/** Whether `path` is a file that this user may execute. */
export function isExecutable(path: string): boolean {
    try {
        accessSync(path, constants.X_OK);
        return statSync(path).isFile();
    } catch {
        return false;
    }
}

/** Runs a program and returns its standard output. Throws when it fails or does not answer. */
export type Ask = (
    path: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
) => Promise<string>;

/** `Ask` as it is meant: really runs the program, in `folder` or else in the current one. */
export function askProgram(
    path: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    folder?: string,
): Promise<string> {
    return new Promise((resolve, reject) => {
        const options = {
            env,
            timeout: answerWithin,
            ...(folder === undefined ? {} : { cwd: folder }),
        };
        execFile(path, args, options, (error, stdout) => {
            if (error === null) resolve(stdout.trim());
            else reject(new Error(`${path}: ${error.message}`));
        });
    });
}

/**
 * What the program at `path` answers to `args`, remembered in `memoryFile` until the program changes:
 * the key is its real path, time of change and size. Scripts and links to a program of another name
 * are asked every time: the shims of version managers answer by the folder they are called in.
 *
 * @returns undefined when the program does not answer.
 */
export async function rememberedAnswer(
    path: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv,
    memoryFile: string,
    ask: Ask = askProgram,
): Promise<string | undefined> {
    const key = memoryKey(path);
    const memory = key === undefined ? {} : readMemory(memoryFile);
    if (key !== undefined && memory[key] !== undefined) return memory[key];
    let answer: string;
    try {
        answer = await ask(path, args, env);
    } catch {
        return undefined;
    }
    if (key !== undefined) writeMemory(memoryFile, { ...memory, [key]: answer });
    return answer;
}

function memoryKey(path: string): string | undefined {
    try {
        const real = realpathSync(path);
        if (basename(real) !== basename(path) || isScript(real)) return undefined;
        const { mtimeMs, size } = statSync(real);
        return `${real} ${mtimeMs} ${size}`;
    } catch {
        return undefined;
    }
}

function isScript(path: string): boolean {
    const file = openSync(path, "r");
    try {
        const start = Buffer.alloc(2);
        return readSync(file, start) === 2 && start.toString() === "#!";
    } finally {
        closeSync(file);
    }
}

function readMemory(file: string): Record<string, string> {
    try {
        const read: unknown = JSON.parse(readFileSync(file, "utf8"));
        if (typeof read !== "object" || read === null) return {};
        const answers: Record<string, string> = {};
        for (const [key, answer] of Object.entries(read)) {
            if (typeof answer === "string") answers[key] = answer;
        }
        return answers;
    } catch {
        return {};
    }
}

/** Losing it costs one question more: a cache that cannot be written is no failure here. */
function writeMemory(file: string, memory: Record<string, string>): void {
    try {
        mkdirSync(dirname(file), { recursive: true });
        const written = `${file}.${process.pid}`;
        writeFileSync(written, JSON.stringify(memory));
        renameSync(written, file);
    } catch {
        return;
    }
}
