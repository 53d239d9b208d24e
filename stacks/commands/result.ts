import type { PlatformName, Workload } from "../../components/model/roles";

export interface LayerResult {
    readonly id: string;
    readonly scope?: string;
    /** Null where no document names a role, or the layer is vacated. */
    readonly role: string | null;
    readonly party: string | null;
    readonly contact: string | null;
    readonly carriers: readonly string[];
    /** How many custom resources the layer holds. */
    readonly resources: number;
}

export interface Coverage {
    readonly total: number;
    readonly tag: number;
    readonly label: number;
    readonly file: number;
    readonly layer: number;
    readonly container: number;
    readonly uncovered: number;
    /** Charts whose objects cannot be seen before the cluster stands. */
    readonly unseen: number;
}

export interface Violation {
    readonly rule: string;
    readonly layer: string;
    readonly urn: string;
    readonly message: string;
    readonly fix: string;
}

export interface Changes {
    readonly create: number;
    readonly update: number;
    readonly replace: number;
    readonly delete: number;
    readonly same: number;
}

/** What a command did: the JSON that checks rely on. */
export interface Result {
    readonly stack: string;
    readonly workload: Workload | null;
    readonly platform: PlatformName | null;
    readonly result: "succeeded" | "unchanged" | "blocked" | "invalid" | "failed";
    /** Resources in the state, the root stack included. */
    readonly created: number;
    readonly changes: Changes;
    readonly layers: readonly LayerResult[];
    readonly coverage: Coverage;
    readonly violations: readonly Violation[];
    readonly errors: readonly {
        readonly path: string;
        readonly message: string;
        readonly fix: string;
    }[];
    /** What people would notice, said before the update: nodes that roll, pods that restart. */
    readonly announced?: readonly string[];
    /** Whether charts were rendered from their archives or stood in for by a list of their objects. */
    readonly charts?: string;
    /** What became of the account's one threat detector. */
    readonly detection?: string;
    /** Where the review page was written. */
    readonly review?: string;
}

export const noChanges: Changes = { create: 0, update: 0, replace: 0, delete: 0, same: 0 };

export const noCoverage: Coverage = {
    total: 0,
    tag: 0,
    label: 0,
    file: 0,
    layer: 0,
    container: 0,
    uncovered: 0,
    unseen: 0,
};

/** 0 done; 1 it failed; 2 arguments, YAML or schema are wrong; 3 blocked by an ownership rule. */
export function exitCodeOf({ result }: Pick<Result, "result">): 0 | 1 | 2 | 3 {
    switch (result) {
        case "succeeded":
        case "unchanged":
            return 0;
        case "failed":
            return 1;
        case "invalid":
            return 2;
        case "blocked":
            return 3;
    }
}
