import type { Check, Moment } from "./check";
import type { WantedHost } from "./wanted";

/** One answer to a check: what the host said, and whether it could. */
export interface Answer {
    readonly said: string;
    readonly failed: boolean;
}

/** Answers by the id of their check, and the host's clock before and after them, in milliseconds since 1970. */
export interface Answers {
    readonly byCheck: ReadonlyMap<string, Answer>;
    readonly began: number;
    readonly ended: number;
}

const now = "date +%s%3N";

/**
 * All checks as one script, for a shell that reads it from its standard input: what it asks for stands in no list of
 * processes, and may be of any length.
 *
 * @param mark Stands at the beginning of lines that are no answer: a word that no host can know before.
 */
export function scriptOf(checks: readonly Check[], wanted: WantedHost, mark: string): string {
    const parts = checks.map(
        (check) => `(
set -eu
${check.ask(wanted)}
) </dev/null 2>&1
printf '\\n%s\\n' "${mark} $? ${check.id}"`,
    );
    return [
        "umask 077; export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin",
        now,
        ...parts,
        now,
        "",
    ].join("\n");
}

/** Reads what such a script printed. */
export function answersIn(printed: string, mark: string): Answers {
    const parts = printed.split(`\n${mark} `);
    const [first = "", ...rest] = parts;
    const began = first.split("\n", 1)[0] ?? "";
    const byCheck = new Map<string, Answer>();
    let said = first.slice(began.length + 1);
    for (const part of rest) {
        const [, code = "", id = ""] = /^(\d+) (\S+)/.exec(part) ?? [];
        byCheck.set(id, { said, failed: code !== "0" });
        said = part.slice(part.indexOf("\n") + 1);
    }
    return { byCheck, began: Number(began), ended: Number(said.trim()) };
}

/** What the clocks of both sides say of each other: nothing is answered before it is asked. */
export function momentOf({ began, ended }: Answers, asked: number, answered: number): Moment {
    const ahead = { least: (ended - answered) / 1_000, most: (began - asked) / 1_000 };
    return { now: answered, ahead };
}
