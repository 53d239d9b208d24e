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
