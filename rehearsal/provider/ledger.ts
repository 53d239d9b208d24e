import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { Mentions } from "./mentions";
import type { Cloud, CloudObject } from "./stand-in";

type Line =
    | { readonly put: CloudObject }
    | { readonly drop: { readonly type: string; readonly id: string } }
    | { readonly run: number };

/**
 * The account of a rehearsal: what the stand-ins made, kept in a file of one JSON document a line.
 *
 * Each change is one appended line, so a killed process loses at most a line that is not whole, which is left
 * out when the file is read again. Without a file nothing outlives the process.
 */
export class Ledger implements Cloud {
    readonly #byType = new Map<string, Map<string, CloudObject>>();
    readonly #mentions = new Mentions();
    readonly #file: string | undefined;
    #run = 1;

    constructor(file?: string) {
        this.#file = file;
        if (file === undefined || !existsSync(file)) return;
        for (const line of readFileSync(file, "utf8").split("\n")) {
            const change = parseLine(line);
            if (change !== undefined) this.#apply(change);
        }
        this.#run += 1;
        this.#compact(file);
    }

    get run(): number {
        return this.#run;
    }

    mentioning(text: string): Iterable<CloudObject> {
        return this.#mentions.of(text);
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
        if ("run" in change) {
            this.#run = change.run;
        } else if ("put" in change) {
            const { type, id } = change.put;
            const objects = this.#byType.get(type) ?? new Map<string, CloudObject>();
            this.#mentions.replace(objects.get(id), change.put);
            this.#byType.set(type, objects.set(id, change.put));
        } else {
            const { type, id } = change.drop;
            this.#mentions.replace(this.find(type, id), undefined);
            this.#byType.get(type)?.delete(id);
        }
    }

    #compact(file: string): void {
        const lines = this.all().map((object) => `${JSON.stringify({ put: object })}\n`);
        writeFileSync(file, [`${JSON.stringify({ run: this.#run })}\n`, ...lines].join(""));
    }
}

function parseLine(line: string): Line | undefined {
    try {
        return line === "" ? undefined : (JSON.parse(line) as Line);
    } catch {
        return undefined; // the process was killed while it wrote this line
    }
}
