import type { Report } from "../report";
import { count, covers, coverWords } from "../words";
import type { Markup } from "./markup";
import { markup } from "./markup";

/** How the resources show their owner: a bar in proportion, and the numbers beside it. */
export function coverageSection({ coverage }: Report): Markup {
    const there = covers.filter((cover) => coverage[cover] > 0 || cover === "uncovered");
    const words = there.map((cover) => `${coverWords[cover].name}: ${coverage[cover]}`).join(", ");
    const sum = coverage.total - coverage.uncovered;
    return markup`<section aria-labelledby="coverage">
        <h2 id="coverage">How resources show their owner</h2>
        <p>
            ${sum} of ${count(coverage.total, "resource")} ${sum === 1 ? "shows" : "show"} who
            answers for ${sum === 1 ? "it" : "them"}.
        </p>
        ${bar(coverage, words)}
        <dl class="legend">
            ${there.map(
                (cover) => markup`
<div${cover === "uncovered" && coverage.uncovered > 0 ? markup` class="bad-item"` : undefined}><dt><svg class="swatch" width="12" height="12" aria-hidden="true"><rect class="c-${cover}" width="12" height="12" rx="2"/></svg>${coverWords[cover].name} <b>${coverage[cover]}</b></dt><dd>${coverWords[cover].means}</dd></div>`,
            )}
        </dl>
    </section>`;
}

/** Of the bar, and between its parts, in its own units. */
const width = 1000;
const gap = 3;

function bar(coverage: Report["coverage"], words: string): Markup | undefined {
    if (coverage.total === 0) return undefined;
    let x = 0;
    const parts = covers.map((cover) => {
        const share = (coverage[cover] / coverage.total) * width;
        const from = x;
        x += share;
        return share === 0
            ? undefined
            : markup`<rect
                  class="c-${cover}"
                  x="${from.toFixed(1)}"
                  width="${Math.max(x < width - 0.1 ? share - gap : share, 2).toFixed(1)}"
                  height="22"
                  ><title>${coverWords[cover].name}: ${coverage[cover]}</title></rect
              >`;
    });
    return markup`<svg
        class="bar"
        viewBox="0 0 ${width} 22"
        preserveAspectRatio="none"
        role="img"
        aria-label="${words}"
    >
        ${parts}
    </svg>`;
}
