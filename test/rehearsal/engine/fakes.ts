import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Progress } from "../../../rehearsal/progress";

/** An empty folder that is removed after the current test file. */
export function temporaryFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), "steward-test-"));
    afterAll(() => {
        rmSync(folder, { recursive: true, force: true });
    });
    return folder;
}

/** Writes an executable with a shell script (or any other content) and returns its path. */
export function fakeProgram(path: string, content: string): string {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    chmodSync(path, 0o755);
    return path;
}

/** A program that prints `answer` and notes each call in `<path>.calls`. */
export function answering(path: string, answer: string): string {
    return fakeProgram(path, `#!/bin/sh\necho "$*" >> "$0.calls"\necho "${answer}"\n`);
}

/** Progress that remembers what was said. */
export function recordingProgress(): { progress: Progress; said: string[] } {
    const said: string[] = [];
    return {
        said,
        progress: {
            step: (text) => void said.push(`step: ${text}`),
            update: (fraction, detail) =>
                void said.push(`update: ${fraction ?? "?"} ${detail ?? ""}`),
            note: (text) => void said.push(`note: ${text}`),
            done: (text) => void said.push(`done: ${text ?? ""}`),
        },
    };
}
