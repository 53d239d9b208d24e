import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Cloud, CloudObject } from "./stand-in";

type Line =
    | { readonly put: CloudObject }
    | { readonly drop: { readonly type: string; readonly id: string } };

/**
 * The account of a rehearsal: what the stand-ins made, kept in a file of one JSON document a line.
 *
 * Each change is one appended line, so a killed process loses at most a line that is not whole, which is left
 * out when the file is read again. Without a file nothing outlives the process.
 */
export class Ledger implements Cloud {
    readonly #byType = new Map<string, Map<string, CloudObject>>();
    readonly #file: string | undefined;

    constructor(file?: string) {
        this.#file = file;
        if (file === undefined || !existsSync(file)) return;
        for (const line of readFileSync(file, "utf8").split("\n")) {
            const change = parseLine(line);
            if (change !== undefined) this.#apply(change);
        }
        this.#compact(file);
    }

    find(type: string, id: string): CloudObject | undefined {
        return this.#byType.get(type)?.get(id);
    }

    all(type?: string): readonly CloudObject[] {
        if (type !== undefined) return [...(this.#byType.get(type)?.values() ?? [])];
        return [...this.#byType.values()].flatMap((objects) => [...objects.values()]);
    }

    put(object: CloudObject): void {
        this.#write({ put: object });
    }

    drop(type: string, id: string): void {
        this.#write({ drop: { type, id } });
    }

    #write(change: Line): void {
        this.#apply(change);
        if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(change)}\n`);
    }

    #apply(change: Line): void {
        if ("put" in change) {
            const { type, id } = change.put;
            const objects = this.#byType.get(type) ?? new Map<string, CloudObject>();
            this.#byType.set(type, objects.set(id, change.put));
        } else {
            this.#byType.get(change.drop.type)?.delete(change.drop.id);
        }
    }

    #compact(file: string): void {
        const lines = this.all().map((object) => `${JSON.stringify({ put: object })}\n`);
        writeFileSync(file, lines.join(""));
    }
}

function parseLine(line: string): Line | undefined {
    try {
        return line === "" ? undefined : (JSON.parse(line) as Line);
    } catch {
        return undefined; // the process was killed while it wrote this line
    }
}
