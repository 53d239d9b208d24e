import type { OnlyAws } from "../../../components/model/spec";
import { unchecked } from "./aws-error";
import type { Caller, Check, Finding, Machine } from "./check";
import { identify } from "./checks/credentials";

/** What one check found. */
export interface Outcome {
    readonly id: string;
    readonly title: string;
    readonly findings: readonly Finding[];
}

export interface Examination<Spec extends OnlyAws> extends Machine {
    /** Without one, only the machine and the credentials are looked at. */
    readonly spec?: Spec | undefined;
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
export async function examine<Spec extends OnlyAws>(
    examination: Examination<Spec>,
    checks: readonly Check<Spec>[],
    said: (outcome: Outcome) => void,
): Promise<Outcome[]> {
    const round = new Round(examination, checks, said);
    const ofMachine = checks.filter(({ needs }) => needs === "nothing");
    const others = checks.filter(({ needs }) => needs !== "nothing");
    const [machine, identified, rest] = await Promise.all([
        Promise.all(ofMachine.map((check) => round.outcomeOf(check))),
        round.identified,
        Promise.all(others.map((check) => round.outcomeOf(check))),
    ]);
    return [...machine, identified.outcome, ...rest];
}

type Titled = Pick<Outcome, "id" | "title">;

/** One run over all checks; each check runs once, whoever asks for its outcome first. */
class Round<Spec extends OnlyAws> {
    readonly identified: Promise<{ readonly outcome: Outcome; readonly caller?: Caller }>;
    readonly #examination: Examination<Spec>;
    readonly #region: Check<Spec> | undefined;
    readonly #said: (outcome: Outcome) => void;
    readonly #outcomes = new Map<string, Promise<Outcome>>();

    constructor(
        examination: Examination<Spec>,
        checks: readonly Check<Spec>[],
        said: (outcome: Outcome) => void,
    ) {
        this.#examination = examination;
        this.#region = checks.find(({ id }) => id === "region");
        this.#said = said;
        this.identified = this.#identify();
    }

    outcomeOf(check: Check<Spec>): Promise<Outcome> {
        const outcome = this.#outcomes.get(check.id) ?? this.#start(check);
        this.#outcomes.set(check.id, outcome);
        return outcome;
    }

    async #identify(): Promise<{ outcome: Outcome; caller?: Caller }> {
        const { spec, env, skip, offline } = this.#examination;
        if (skip.includes(credentials.id)) return { outcome: this.#leftOut(credentials) };
        if (offline) return { outcome: this.#isOffline(credentials) };
        const { finding, caller } = await identify(spec, env);
        const outcome = this.#through(credentials, [finding]);
        return caller === undefined ? { outcome } : { outcome, caller };
    }

    async #start(check: Check<Spec>): Promise<Outcome> {
        const { spec, env, skip, offline } = this.#examination;
        if (skip.includes(check.id)) return this.#leftOut(check);
        if (check.needs === "nothing") {
            return this.#run(check, () => check.run({ env, offline }));
        }
        if (offline) return this.#isOffline(check);
        if (spec === undefined) {
            return this.#leave(check, "no stack was named", "run doctor <stack> to know");
        }
        if (check.needs === "network") {
            return this.#run(check, () => check.run({ env, offline, spec }));
        }
        const { caller } = await this.identified;
        if (caller === undefined) {
            return this.#leave(check, "needs credentials of the account", "see credentials");
        }
        if (check.needs === "region" && (await this.#isRegionOff())) {
            return this.#leave(check, `needs the region ${spec.region}`, "see region");
        }
        return this.#run(check, () => check.run({ env, offline, spec, caller }));
    }

    async #isRegionOff(): Promise<boolean> {
        if (this.#region === undefined) return false;
        const { findings } = await this.outcomeOf(this.#region);
        return findings.some(({ status }) => status === "lacking");
    }

    async #run(check: Check<Spec>, look: () => Promise<readonly Finding[]>): Promise<Outcome> {
        const failed = (error: unknown): Finding[] => [failure(check, error)];
        return this.#through(check, await look().catch(failed));
    }

    #leftOut(check: Titled): Outcome {
        return this.#leave(check, "left out by --skip", "run again without it to know");
    }

    #isOffline(check: Titled): Outcome {
        return this.#leave(check, "needs the network", "run again without --offline to know");
    }

    #leave(check: Titled, message: string, fix: string): Outcome {
        return this.#through(check, [{ id: check.id, status: "skipped", message, fix }]);
    }

    #through({ id, title }: Titled, findings: readonly Finding[]): Outcome {
        const outcome = { id, title, findings };
        this.#said(outcome);
        return outcome;
    }
}

/** A check of the machine fails only on an incomplete checkout; what the cloud answers is worded elsewhere. */
function failure({ id, needs }: Pick<Check, "id" | "needs">, error: unknown): Finding {
    if (needs !== "nothing") return unchecked(id, error);
    const message = `not checked, ${error instanceof Error ? error.message : String(error)}`;
    return { id, status: "lacking", message, fix: "run npm ci" };
}
