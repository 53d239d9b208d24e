/** Where long work says what it does and how far it is. Nothing of it goes to standard output. */
export interface Progress {
    /** Begins a new piece of work, such as "building the Pulumi engine". */
    step(text: string): void;
    /** How far it is: 0 to 1, or undefined where nobody knows; `detail` is what it works on now. */
    update(fraction: number | undefined, detail?: string): void;
    /** Says a line that stays, and goes on. */
    note(text: string): void;
    /** Ends the piece of work; `text` replaces what `step` said. */
    done(text?: string): void;
}

/** What a progress display needs of a stream; process.stderr is one. */
export interface ProgressStream {
    readonly isTTY?: boolean;
    readonly columns?: number;
    write(text: string): unknown;
}

/** A line this often, in milliseconds, where lines cannot be updated: CI logs stay readable. */
const plainInterval = 20_000;
/** Redrawing more often than this, in milliseconds, only flickers. */
const terminalInterval = 100;

/**
 * Progress for `stream`: a line that updates itself on a terminal, otherwise one plain line every
 * twenty seconds. Colours only on a terminal and without NO_COLOR (https://no-color.org).
 */
export function progressOn(
    stream: ProgressStream = process.stderr,
    env: NodeJS.ProcessEnv = process.env,
    now: () => number = Date.now,
): Progress {
    const dumb = env["TERM"] === "dumb";
    if (stream.isTTY !== true || dumb) return new PlainProgress(stream, now);
    return new TerminalProgress(stream, now, !env["NO_COLOR"]);
}

/** Progress that says nothing, for tests and for callers that only look something up. */
export const silentProgress: Progress = {
    step: () => undefined,
    update: () => undefined,
    note: () => undefined,
    done: () => undefined,
};

function percent(fraction: number | undefined): string {
    if (fraction === undefined) return "";
    return ` ${Math.floor(Math.min(1, Math.max(0, fraction)) * 100)} %`;
}

function elapsed(milliseconds: number): string {
    const seconds = Math.round(milliseconds / 1000);
    if (seconds < 60) return `${seconds} s`;
    return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

class PlainProgress implements Progress {
    readonly #stream: ProgressStream;
    readonly #now: () => number;
    #text = "";
    #began = 0;
    #wrote = 0;

    constructor(stream: ProgressStream, now: () => number) {
        this.#stream = stream;
        this.#now = now;
    }

    step(text: string): void {
        this.#text = text;
        this.#began = this.#now();
        this.#line(`${text} ...`);
    }

    update(fraction: number | undefined, detail?: string): void {
        if (this.#now() - this.#wrote < plainInterval) return;
        const suffix = detail === undefined ? "" : ` (${detail})`;
        const time = elapsed(this.#now() - this.#began);
        this.#line(`${this.#text}:${percent(fraction)} after ${time}${suffix}`);
    }

    note(text: string): void {
        this.#line(text);
    }

    done(text?: string): void {
        this.#line(`${text ?? `${this.#text}: done`} (${elapsed(this.#now() - this.#began)})`);
    }

    #line(text: string): void {
        this.#wrote = this.#now();
        this.#stream.write(`${text}\n`);
    }
}

class TerminalProgress implements Progress {
    readonly #stream: ProgressStream;
    readonly #now: () => number;
    readonly #coloured: boolean;
    #text = "";
    #began = 0;
    #drew = 0;

    constructor(stream: ProgressStream, now: () => number, coloured: boolean) {
        this.#stream = stream;
        this.#now = now;
        this.#coloured = coloured;
    }

    step(text: string): void {
        this.#text = text;
        this.#began = this.#now();
        this.#draw(`${text} ...`);
    }

    update(fraction: number | undefined, detail?: string): void {
        if (this.#now() - this.#drew < terminalInterval) return;
        const time = elapsed(this.#now() - this.#began);
        const suffix = detail === undefined ? "" : `  ${detail}`;
        this.#draw(`${this.#text}:${percent(fraction)} ${time}`, suffix);
    }

    note(text: string): void {
        this.#stream.write(`\r\u001b[K${text}\n`);
    }

    done(text?: string): void {
        const time = elapsed(this.#now() - this.#began);
        this.#draw(`${text ?? `${this.#text}: done`} (${time})`);
        this.#stream.write("\n");
    }

    /** Cut to the width: a line that wraps cannot be overwritten by a carriage return. */
    #draw(text: string, faint = ""): void {
        this.#drew = this.#now();
        const width = Math.max(20, this.#stream.columns ?? 80) - 1;
        const shown = text.slice(0, width);
        const rest = faint.slice(0, width - shown.length);
        const dimmed = this.#coloured && rest !== "" ? `\u001b[2m${rest}\u001b[22m` : rest;
        this.#stream.write(`\r\u001b[K${shown}${dimmed}`);
    }
}
