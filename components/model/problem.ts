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
 * Those of one place with one remedy as one, the first, that counts the others: a party that nobody reaches leaves
 * every one of its layers without an owner.
 */
export function fold<T extends Problem>(problems: readonly T[], noun = "layer"): T[] {
    const groups = new Map<string, { first: T; others: number }>();
    for (const problem of problems) {
        const key = JSON.stringify([problem.path, problem.fix]);
        const group = groups.get(key);
        if (group === undefined) groups.set(key, { first: problem, others: 0 });
        else group.others += 1;
    }
    return [...groups.values()].map(({ first, others }) => {
        if (others === 0) return first;
        const more = others === 1 ? `1 ${noun}` : `${String(others)} ${noun}s`;
        return { ...first, message: `${first.message} (and ${more} more)` };
    });
}

/** Words several problems, one line each; those of one place with one remedy, each of another `noun`, share a line. */
export function wordAll(problems: readonly Problem[], noun?: string): string[] {
    return fold(problems, noun).map(wordProblem);
}
