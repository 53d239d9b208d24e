import type { ClusterSpec } from "../../../components/model/spec";
import { unchecked } from "./aws-error";
import type { Caller, Check, Finding, Machine } from "./check";
import { identify } from "./checks/credentials";

/** What one check found. */
export interface Outcome {
    readonly id: string;
    readonly title: string;
    readonly findings: readonly Finding[];
}

export interface Examination extends Machine {
    /** Without one, only the machine and the credentials are looked at. */
    readonly spec?: ClusterSpec | undefined;
    /** Ids of checks to leave out. */
    readonly skip: readonly string[];
}

/** The check that the others of the cloud wait for: no caller, no further questions. */
export const credentials = { id: "credentials", title: "AWS credentials" } as const;

/**
 * Runs checks, all at once but for two that others wait for: without credentials of the right account nothing
 * else is asked, and in a region that is off only whether it is on.
 *
 * @param said Called for each check as soon as it is through.
 * @returns the outcomes: the machine, the credentials, the rest, in the order of `checks`. Never rejects.
 */
export async function examine(
    examination: Examination,
    checks: readonly Check[],
    said: (outcome: Outcome) => void,
): Promise<Outcome[]> {
    const { spec, skip, offline, env } = examination;

    const through = (check: Pick<Outcome, "id" | "title">, findings: readonly Finding[]) => {
        const { id, title } = check;
        const outcome = { id, title, findings };
        said(outcome);
        return outcome;
    };
    const run = async (check: Check, look: () => Promise<readonly Finding[]>) =>
        through(check, await look().catch((error: unknown) => [failed(check, error)]));
    const leave = (check: Pick<Outcome, "id" | "title">, why: string, fix: string) =>
        through(check, [{ id: check.id, status: "skipped", message: why, fix }]);
    const left = (check: Pick<Outcome, "id" | "title">) =>
        leave(check, "left out by --skip", "run again without it to know");

    const identified = (async (): Promise<{ outcome: Outcome; caller?: Caller }> => {
        if (skip.includes(credentials.id)) return { outcome: left(credentials) };
        if (offline) return { outcome: leave(credentials, ...isOffline) };
        const { finding, caller } = await identify(spec, env);
        const outcome = through(credentials, [finding]);
        return caller === undefined ? { outcome } : { outcome, caller };
    })();

    const runs = new Map<string, Promise<Outcome>>();
    const start = async (check: Check): Promise<Outcome> => {
        if (skip.includes(check.id)) return left(check);
        if (check.needs === "nothing") return run(check, () => check.run({ env, offline }));
        if (offline) return leave(check, ...isOffline);
        if (spec === undefined) return leave(check, "no stack was named", "run doctor <stack>");
        if (check.needs === "network") return run(check, () => check.run({ env, offline, spec }));
        const { caller } = await identified;
        if (caller === undefined) {
            return leave(check, "needs credentials of the account", "see credentials");
        }
        const region = check.needs === "region" ? await runs.get("region") : undefined;
        if (region?.findings.some(({ status }) => status === "lacking") === true) {
            return leave(check, `needs the region ${spec.region}`, "see region");
        }
        return run(check, () => check.run({ env, offline, spec, caller }));
    };
    // Those that others wait for first, so that they are in the map when the others look.
    const byNeed = [...checks].sort((one, other) => Number(isGate(other)) - Number(isGate(one)));
    for (const check of byNeed) runs.set(check.id, start(check));

    const { outcome } = await identified;
    const outcomes = await Promise.all(checks.map(({ id }) => runs.get(id)));
    const found = outcomes.filter((each) => each !== undefined);
    const ofMachine = checks.filter(({ needs }) => needs === "nothing").length;
    return [...found.slice(0, ofMachine), outcome, ...found.slice(ofMachine)];
}

const isOffline = ["needs the network", "run again without --offline to know"] as const;

const isGate = ({ id }: Check): boolean => id === "region";

/** A check of the machine fails only on an incomplete checkout; what the cloud answers is worded elsewhere. */
function failed({ id, needs }: Check, error: unknown): Finding {
    if (needs !== "nothing") return unchecked(id, error);
    const message = `not checked, ${error instanceof Error ? error.message : String(error)}`;
    return { id, status: "lacking", message, fix: "run npm ci" };
}
