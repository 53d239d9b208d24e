import { createHash } from "node:crypto";
import { attention } from "./html/attention";
import { coverageSection } from "./html/coverage";
import type { Markup as MarkupType } from "./html/markup";
import { Markup, markup } from "./html/markup";
import { matrixSection } from "./html/matrix";
import { roleCards, roleSection } from "./html/role";
import { script } from "./html/script";
import { style } from "./html/style";
import type { Report } from "./report";
import { clusterWords, moment, verdict } from "./words";

/** Allows by its hash what is in the page, and nothing else: no network, no other script. */
function policy(): string {
    const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    return [
        "default-src 'none'",
        `script-src ${hash(script)}`,
        `style-src ${hash(style)}`,
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ].join("; ");
}

/** The report as one page that loads nothing: to be sent by mail, opened from a disk, printed. */
export function renderHtml(report: Report): string {
    const title = `Who answers for ${report.cluster}`;
    return markup`<!doctype html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta http-equiv="Content-Security-Policy" content="${policy()}" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="referrer" content="no-referrer" />
                <title>${title}: ${clusterWords(report)}</title>
                <link rel="icon" href="data:," />
                <style>${new Markup(style)}</style>
            </head>
            <body>
                <a class="skip" href="#main">To the content</a>
                ${head(report)}
                <main id="main" tabindex="-1">
                    ${attention(report)} ${roleCards(report)} ${coverageSection(report)}
                    ${filterBox()} ${matrixSection(report)}
                    ${report.roles.map((view) => roleSection(view, report))}
                </main>
                ${foot(report)}
                <script>${new Markup(script)}</script>
            </body>
        </html> `.text;
}

function head(report: Report): MarkupType {
    const { good, words } = verdict(report);
    const only =
        report.only === undefined ? undefined : markup`, the part of <b>${report.only}</b>`;
    return markup`<header class="page">
        <p class="eyebrow">Who answers for</p>
        <h1>${report.cluster}</h1>
        <p class="meta">
            ${clusterWords(report)}${only}. Stack ${report.stack}, as of
            <time datetime="${report.generatedAt}">${moment(report.generatedAt)}</time>.
        </p>
        <p class="verdict ${good ? "good" : "poor"}">${words}</p>
    </header>`;
}

/** Shown by the script, since it does nothing without. */
function filterBox(): MarkupType {
    return markup`<search id="filter" hidden>
        <label
            >Filter
            <input
                type="search"
                placeholder="layer, role, name or kind"
                autocomplete="off"
                spellcheck="false" /></label
        ><output aria-live="polite"></output>
    </search>`;
}

function foot(report: Report): MarkupType {
    return markup`<footer>
        <p>
            A layer is a slice of the cluster that exactly one role is accountable for. A role is
            what a party can be; a party is the person or firm that fills it. Whoever stands here as
            a contact answers for everything in the layers beside it.
        </p>
        <p>
            Written by Steward out of the state of the stack ${report.stack}. This page is one file
            and loads nothing.
        </p>
    </footer>`;
}
