/** One thing wrong with a stack file. */
export interface Problem {
    /** Where it stands, such as `steward:cluster.region`. */
    readonly path: string;
    /** What is wrong. */
    readonly message: string;
    /** What to do about it. */
    readonly fix: string;
}

/** `path: what; what to do`: the one wording of every refusal. */
export function wordProblem({ path, message, fix }: Problem): string {
    return `${path}: ${message}; ${fix}`;
}

/**
 * Words several problems, one line each. Those of one place with one remedy share a line: a party that nobody
 * reaches leaves every one of its layers without an owner.
 */
export function wordAll(problems: readonly Problem[]): string[] {
    const groups = new Map<string, Problem[]>();
    for (const problem of problems) {
        const key = JSON.stringify([problem.path, problem.fix]);
        groups.set(key, [...(groups.get(key) ?? []), problem]);
    }
    return [...groups.values()].map(([first, ...others]) => {
        if (first === undefined) return "";
        const more = others.length === 0 ? "" : ` (and ${String(others.length)} layers more)`;
        return wordProblem({ ...first, message: `${first.message}${more}` });
    });
}
