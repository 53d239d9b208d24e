import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { Mentions } from "./mentions";
import type { Seal } from "./seal";
import type { Cloud, CloudObject } from "./stand-in";

/** Where an object is kept. */
interface Address {
    readonly type: string;
    /** By `keyOf`. */
    readonly id: string;
    readonly realm?: string;
}

type Line = { readonly put: CloudObject } | { readonly drop: Address } | { readonly run: number };

/**
 * What tells an object from the others of its type: its id, or its URN where the provider gives every object
 * the id `none`, as @pulumi/random does with passwords.
 */
export function keyOf(urn: string, id: string): string {
    return id === "none" ? urn : id;
}

/**
 * The account of a rehearsal: what the stand-ins made, kept in a file of one sealed JSON document a line.
 *
 * Sealed, because a cloud knows the secrets that it was given. Each change is one appended line, so a killed
 * process loses at most a line that is not whole, which is left out when the file is read again. Without a file
 * nothing outlives the process.
 */
export class Ledger implements Cloud {
    readonly #byType = new Map<string, Map<string, CloudObject>>();
    readonly #mentions = new Mentions();
    readonly #kept: { readonly file: string; readonly seal: Seal } | undefined;
    #run = 1;

    constructor(file?: string, seal?: Seal) {
        if (file === undefined || seal === undefined) return;
        this.#kept = { file, seal };
        if (!existsSync(file)) return;
        for (const line of readFileSync(file, "utf8").split("\n")) {
            const text = seal.open(line);
            if (text !== undefined) this.#apply(JSON.parse(text) as Line);
        }
        this.#run += 1;
        this.#compact(file, seal);
    }

    get run(): number {
        return this.#run;
    }

    mentioning(text: string): Iterable<CloudObject> {
        return this.#mentions.of(text);
    }

    find(type: string, id: string, realm?: string): CloudObject | undefined {
        return this.#byType.get(type)?.get(placed(id, realm));
    }

    /**
     * The account as it looks from one realm: what stands in another is not to be seen. Without one, the whole.
     */
    within(realm: string | undefined): Cloud {
        if (realm === undefined) return this;
        const isHere = (object: CloudObject) => (object.realm ?? realm) === realm;
        return {
            run: this.#run,
            find: (type, id) => this.find(type, id, realm) ?? this.find(type, id),
            all: (type) => this.all(type).filter(isHere),
            mentioning: (text) => [...this.mentioning(text)].filter(isHere),
        };
    }

    all(type?: string): readonly CloudObject[] {
        if (type !== undefined) return [...(this.#byType.get(type)?.values() ?? [])];
        return [...this.#byType.values()].flatMap((objects) => [...objects.values()]);
    }

    put(object: CloudObject): void {
        this.#write({ put: object });
    }

    drop(type: string, id: string, realm?: string): void {
        this.#write({ drop: { type, id, ...(realm === undefined ? {} : { realm }) } });
    }

    #write(change: Line): void {
        this.#apply(change);
        if (this.#kept === undefined) return;
        appendFileSync(this.#kept.file, `${this.#kept.seal.close(JSON.stringify(change))}\n`);
    }

    #apply(change: Line): void {
        if ("run" in change) {
            this.#run = change.run;
        } else if ("put" in change) {
            const { urn, type, id, realm } = change.put;
            const key = placed(keyOf(urn, id), realm);
            const objects = this.#byType.get(type) ?? new Map<string, CloudObject>();
            this.#mentions.replace(objects.get(key), change.put);
            this.#byType.set(type, objects.set(key, change.put));
        } else {
            const { type, id, realm } = change.drop;
            this.#mentions.replace(this.find(type, id, realm), undefined);
            this.#byType.get(type)?.delete(placed(id, realm));
        }
    }

    #compact(file: string, seal: Seal): void {
        const lines: Line[] = [
            { run: this.#run },
            ...this.all().map((object) => ({ put: object })),
        ];
        const text = lines.map((line) => `${seal.close(JSON.stringify(line))}\n`).join("");
        writeFileSync(`${file}.new`, text);
        renameSync(`${file}.new`, file); // whole or not at all, should the process be killed here
    }
}

function placed(id: string, realm: string | undefined): string {
    return realm === undefined ? id : `${realm} ${id}`;
}
