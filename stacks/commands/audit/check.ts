import type { WantedHost } from "./wanted";

/** What a host has otherwise than the stack file. */
export interface Drift {
    /** Whoever answers for this layer is told. */
    readonly layer: string;
    readonly is: string;
    readonly should: string;
    /** What to do about it. */
    readonly fix: string;
}

/** When a host was asked. */
export interface Moment {
    /** Milliseconds since 1970, by the clock of whoever asks. */
    readonly now: number;
    /** Seconds that the host's clock is ahead: at least and at most, by how long it took to answer. */
    readonly ahead: { readonly least: number; readonly most: number };
}

/** One thing that every host is asked, and what the answer has to be. */
export interface Check {
    /** A slug. */
    readonly id: string;
    /** Whose it is that the host cannot answer. */
    readonly layer: string;
    /** Set where nobody else may read it. */
    readonly asRoot?: true;
    /** For a POSIX shell with nothing on its standard input. It reads only, and fails where there is no answer. */
    readonly ask: (wanted: WantedHost) => string;
    readonly judge: (said: string, wanted: WantedHost, moment: Moment) => readonly Drift[];
}

/** The lines of an answer that say something. */
export const linesOf = (said: string): string[] => said.split("\n").filter((line) => line !== "");

/** How somebody mends what only `up` writes: without another word in the stack file `up` has nothing to do. */
export const mendByUp = ({ name }: WantedHost): string =>
    `set \`steward:vms.hosts.${name}.mended\` to another text, such as today's date, and run \`up\``;
