/** How long to wait for what is on its way out. */
export interface Patience {
    /** Milliseconds between two looks. */
    readonly every: number;
    /** How often to look. */
    readonly times: number;
}

/** Looks again and again until something is so; false when it never was. */
export async function until(
    isSo: () => Promise<boolean>,
    { every, times }: Patience,
): Promise<boolean> {
    for (let look = 0; look < times; look += 1) {
        if (await isSo()) return true;
        await new Promise((resolve) => setTimeout(resolve, every));
    }
    return false;
}
