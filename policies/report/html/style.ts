import { palette } from "./palette";

/** The whole look of the page, in paper's order: head, what needs attention, who, how, what; then print. */
export const style = `${palette}
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; }
body { margin: 0; background: var(--paper); color: var(--ink);
    font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif;
    font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.page, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.5rem; }
p { margin: 0 0 .75rem; max-width: 46rem; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .18em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
[tabindex="-1"]:focus { outline: none; }
[hidden] { display: none !important; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem 1rem; z-index: 2; }
.swatch { margin-right: .5rem; vertical-align: -1px; flex: none; }
.none, .holds, .escalation, .fix, .source, .meta, footer { color: var(--quiet); }
.bad { color: var(--bad); }

.page { padding-top: 2.5rem; }
.eyebrow { margin: 0; color: var(--quiet); font-size: .8rem; letter-spacing: .08em; text-transform: uppercase; }
h1 { margin: 0; font-size: 2.4rem; line-height: 1.15; letter-spacing: -.02em; font-weight: 650; }
.meta { margin: .35rem 0 1rem; }
.verdict { font-size: 1.15rem; font-weight: 600; padding: .6rem 1rem; border-left: 4px solid; max-width: none; background: var(--card); }
.verdict.good { border-color: var(--good); }
.verdict.poor { border-color: var(--bad); color: var(--bad); }

main > section, nav { margin-top: 2.25rem; }
h2 { font-size: 1.3rem; line-height: 1.25; letter-spacing: -.01em; margin: 0 0 .5rem; font-weight: 650; }
h3 { font-size: .95rem; margin: 1.4rem 0 .35rem; font-weight: 650; }
.list { margin: 0; padding: 0; list-style: none; max-width: 52rem; }
.list li { padding: .28rem 0; border-top: 1px solid var(--line); }
.list li:last-child { border-bottom: 1px solid var(--line); }
.fix { display: block; font-size: .9em; }
.source { font-size: .85em; margin-top: .5rem; }
.attention { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 1.1rem 1.25rem 1.25rem; }
.attention .list { max-width: none; }
.attention code { color: var(--ink); }
code, .resources .id { font-family: ui-monospace, "Liberation Mono", Menlo, Consolas, monospace; font-size: .88em; }
.attention h3:first-of-type { margin-top: .6rem; }
.bad-list li { border-left: 3px solid var(--bad); padding-left: .75rem; }

.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(15.5rem, 1fr)); gap: .75rem; margin: 0; padding: 0; list-style: none; }
.cards a { display: grid; grid-template-columns: auto 1fr; align-content: start; align-items: center; height: 100%; padding: .75rem .9rem; color: inherit; text-decoration: none;
    background: var(--card); border: 1px solid var(--line); border-radius: 6px; }
.cards a:hover { border-color: var(--quiet); }
.cards .gap a { border-color: var(--bad); }
.card-title { font-weight: 600; line-height: 1.3; }
.card-party, .card-count { grid-column: 2; }
.card-count { color: var(--quiet); font-size: .85em; }

.bar { display: block; width: 100%; height: 22px; border-radius: 4px; margin: .25rem 0 .9rem; }
.legend { display: grid; grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: .75rem 1.5rem; margin: 0; }
.legend dt { font-weight: 600; }
.legend b { margin-left: .35rem; font-weight: 400; color: var(--quiet); }
.legend dd { margin: 0; color: var(--quiet); font-size: .85em; line-height: 1.4; }
.legend .bad-item dt, .legend .bad-item b { color: var(--bad); font-weight: 650; }

search { position: sticky; top: 0; z-index: 1; display: flex; align-items: center; flex-wrap: wrap; gap: .25rem 1rem; margin-top: 2rem; padding: .6rem 0; background: var(--paper); border-bottom: 1px solid var(--line); }
search label { display: flex; align-items: center; gap: .6rem; flex: 0 1 26rem; font-weight: 600; }
input { flex: 1; min-width: 0; font: inherit; font-weight: 400; padding: .35rem .6rem; color: inherit; background: var(--card); border: 1px solid var(--edge); border-radius: 5px; }
input::placeholder { color: var(--quiet); opacity: 1; }
output { color: var(--quiet); font-size: .9em; }

table { width: 100%; border-collapse: collapse; font-size: .93em; line-height: 1.4; }
th, td { text-align: left; vertical-align: top; font-weight: 400; padding: .42rem .9rem .42rem 0; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--quiet); font-size: .85em; border-bottom-color: var(--edge); padding-bottom: .3rem; }
.number { text-align: right; white-space: nowrap; }
.matrix th[scope="row"] { width: 40%; }
.matrix td:nth-child(2) { width: 25%; }
.layer { font-weight: 600; }
.holds, .party, .escalation, .carried { display: block; font-size: .92em; }
.matrix td:nth-child(2) { padding-left: 20px; }
.matrix td .swatch { margin-left: -20px; }
td > .bad { display: block; }
.scope { font-size: .8em; color: var(--quiet); border: 1px solid var(--line); border-radius: 3px; padding: 0 .3rem; white-space: nowrap; }
.duty { color: var(--quiet); font-style: italic; }
tr.gap > * { background: var(--bad-paper); }
tr.gap > :first-child { box-shadow: inset 3px 0 var(--bad); padding-left: .75rem; }

.answerer { border-top: 2px solid var(--ink); padding-top: 1rem; margin-top: 3rem !important; }
.answerer > header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 1.5rem; }
.answerer .who { font-weight: 600; margin: 0 0 .5rem; }
dl.reach { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; margin: 0 0 .5rem; }
.reach dt { color: var(--quiet); font-size: .85em; }
.reach dd { margin: 0; }
.layers li strong { margin-right: .4rem; }
details { margin-top: 1.4rem; }
summary { cursor: pointer; font-weight: 650; padding: .4rem 0; }
.resources th[scope="row"] { width: 30%; font-weight: 500; }
.resources .id { width: 30%; color: var(--quiet); }
.resources th, .resources td { padding-top: .3rem; padding-bottom: .3rem; }
.resources td:last-child { white-space: nowrap; }
.resources .group th { font-weight: 650; padding-top: 1rem; border-bottom-color: var(--edge); }
footer { margin-top: 3rem; padding-top: 1rem; padding-bottom: 2.5rem; font-size: .85em; }
footer p { max-width: 52rem; }
${narrow()}
${print()}`;

/** On a telephone a row becomes a small card; the head of the table stays for who hears the page. */
function narrow(): string {
    return `@media screen and (max-width: 44rem) {
.page, main, footer { padding-left: 1rem; padding-right: 1rem; }
.page { padding-top: 1.5rem; }
h1 { font-size: 1.9rem; }
thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
table, tbody { display: block; }
tr { display: grid; grid-template-columns: 1fr auto; gap: .1rem .75rem; padding: .6rem 0; border-bottom: 1px solid var(--line); }
th, td, .matrix th[scope="row"], .matrix td:nth-child(2), .resources th[scope="row"], .resources .id { display: block; width: auto; padding: 0; border: 0; }
.matrix th[scope="row"] { grid-area: 1 / 1; }
.matrix td:last-child { grid-area: 1 / 2; }
.matrix td:nth-child(2), .matrix td.reach { grid-column: 1 / 3; }
.matrix td:nth-child(2), .matrix td.reach { padding-left: 20px; }
.matrix td:nth-child(2) { margin-top: .25rem; }
.resources th, .resources td { padding: 0; }
.resources .id { grid-column: 1 / 3; grid-row: 3; }
.resources td:nth-child(2) { grid-area: 2 / 1; }
.resources td:last-child { grid-area: 1 / 2; color: var(--quiet); }
.own::before { content: "in "; }
.resources .group th { grid-column: 1 / 3; padding-top: .5rem; }
tr.gap { background: var(--bad-paper); box-shadow: inset 3px 0 var(--bad); padding-left: .75rem; }
tr.gap > :first-child { box-shadow: none; padding-left: 0; }
}`;
}

/** On paper: ink on white, nothing to press, everything unfolded, a role on its own page. */
function print(): string {
    return `@page { margin: 15mm 14mm; }
@media print {
body { background: none; font-size: 9.5pt; }
.page, main, footer { max-width: none; padding: 0; }
.page { padding-top: 0; }
search, .skip, summary::marker { display: none !important; }
summary { list-style: none; }
details::details-content { content-visibility: visible; display: block; height: auto; }
th, td { padding-top: .22rem; padding-bottom: .22rem; }
main > section, nav { margin-top: 1.4rem; }
.matrix { font-size: 8.5pt; }
.answerer { break-before: page; border-top: 0; margin-top: 0 !important; padding-top: 0; }
tr, .cards li, .legend div, .list li { break-inside: avoid; }
h2, h3, .group, summary { break-after: avoid; }
thead { display: table-header-group; }
a { color: inherit; }
svg { print-color-adjust: exact; }
}`;
}
