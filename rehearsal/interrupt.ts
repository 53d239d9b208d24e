/** What the user reads after an interrupt. */
export const interrupted =
    "interrupted: what was begun is finished, the rest is left; run this again to go on";

/** Interrupts while the engine is at work. */
export interface Interrupt {
    /** Aborted when the engine is to be told. */
    readonly signal: AbortSignal;
    readonly received: boolean;
    release(): void;
}

/**
 * Keeps this process, and with it the program and the stand-ins, until the engine has finished what it has begun.
 *
 * A terminal's Ctrl-C reaches the engine by itself, and a second interrupt makes it give up at once; so this hands
 * on only those that a terminal did not send. After the second one nothing is held back any more.
 */
export function listenForInterrupt(): Interrupt {
    const controller = new AbortController();
    let count = 0;
    const release = () => {
        process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
    };
    const onSignal = (signal: NodeJS.Signals) => {
        count += 1;
        const fromTerminal = signal === "SIGINT" && process.stdin.isTTY;
        if (!fromTerminal || count > 1) controller.abort();
        if (count > 1) release();
    };
    process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
    return {
        signal: controller.signal,
        get received() {
            return count > 0;
        },
        release,
    };
}
