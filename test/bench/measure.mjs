/**
 * Runs all sides in turn, `runs` times after one warm-up of each, in an order that turns round every time: what
 * the machine does besides meets both alike.
 *
 * @param sides Name → function that resolves to milliseconds.
 * @param cold Names that go without a warm-up, because what they warm up another side already has.
 * @returns name → the times, in the order they were taken.
 */
export async function interleave(sides, { runs, say, cold = [] }) {
    const names = Object.keys(sides);
    const times = Object.fromEntries(names.map((name) => [name, []]));
    for (let run = 0; run <= runs; run += 1) {
        for (const name of run % 2 === 0 ? names : names.toReversed()) {
            if (run === 0 && cold.includes(name)) continue;
            const ms = await sides[name]();
            say(`${run === 0 ? "warm-up" : `run ${run}/${runs}`}, ${name}: ${Math.round(ms)} ms`);
            if (run > 0) times[name].push(ms);
        }
    }
    return times;
}

/** Median, smallest and largest of a list with at least one number. */
export function summary(times) {
    const sorted = times.toSorted((one, other) => one - other);
    const half = Math.floor(sorted.length / 2);
    const median = sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return { median, min: sorted[0], max: sorted.at(-1), times };
}

/** One line of the result: ours ÷ bare, of medians. */
export function compare(name, what, limit, ours, bare) {
    const ratio = ours.median / bare.median;
    return { name, what, unit: "ms", ours, bare, ratio, limit, within: ratio <= limit };
}

/**
 * How the time per resource grows with the size: ours ÷ bare, so 1 means that ours grows as bare does.
 *
 * @param small,large Summaries of both sides at the two sizes.
 */
export function compareGrowth(name, what, limit, [smallSize, largeSize], small, large) {
    const growth = (side) => large[side].median / largeSize / (small[side].median / smallSize);
    const [ours, bare] = [growth("ours"), growth("bare")];
    const ratio = ours / bare;
    const sizes = { [smallSize]: small, [largeSize]: large };
    return { name, what, unit: "×", ours, bare, ratio, limit, within: ratio <= limit, sizes };
}
