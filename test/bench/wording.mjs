// The result as a person reads it.

export const legend = [
    "Both sides run on the same engine, with the same stand-in providers, SDK packages and Node, each run in a",
    "process of its own; sides take turns, in an order that turns round every time. Medians; in brackets the",
    "smallest and the largest.",
    "cold-start      from starting Node to all that the program of a stack is built from, loaded; nothing registered.",
    "                In the place of ours jupyterhub-azure, in that of bare jupyterhub-aws: what a cloud's SDK costs.",
    "                cold-start-machines is the same of commcare-azure and commcare-aws.",
    "first-resource  from starting the command to the engine's answer to the first registration after the root",
    "                stack, on an empty folder. Ours: `rehearse jupyterhub-aws`, with the policy pack. Bare: an",
    "                Automation API program with one RandomPassword, no pack, the same stand-ins begun beside it.",
    "preview         the default stack, deployed and unchanged. Ours: the whole program, charts rendered. Bare: its",
    "                custom resources out of the rehearsed state, those of the charts included, with the same",
    "                inputs, secrets, providers and dependencies, less owner tags, labels and annotations (owner",
    "                keys inside texts, such as chart settings, stay); flat, through the SDK's own classes; no",
    "                component, no look-up, no chart to render. Timed: the preview alone, its program's loading,",
    "                engine and pack included; stand-ins and stack stand before.",
    "preview-pack    the same. Ours with the full pack, bare with a pack of one resource rule that does nothing.",
    "growth          encrypted topics, new, previewed. Ours: under the cluster, in all its layers in turn, with",
    "                tags. Bare: flat, without tags. Compared: time per resource at the large size ÷ at the small",
    "                one; the ratio is ours ÷ bare. The large size goes without a warm-up of its own.",
    "growth-pack     the same. Ours with the full pack, bare with the pack that does nothing.",
];

const ms = (value) => Math.round(value).toLocaleString("en");
const spread = ({ median, min, max }) => `${ms(median)} (${ms(min)}-${ms(max)})`;
const times = (value) => `× ${value.toFixed(3)}`;

/** The table, its circumstances, and what stands in the way of calling it a result. */
export function wordResult({ machine, results, warning, sizes, runs, counts }) {
    const rows = [
        ["what", "ours ms", "bare ms", "ratio", "limit", "within"],
        ...results.flatMap(rowsOf),
    ];
    const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
    const table = rows.map((row) =>
        row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))),
    );
    return [
        ...table.map((row) => row.join("  ").trimEnd()),
        "",
        `Node ${machine.node}, Pulumi ${machine.engine}, ${machine.cores} cores (${machine.cpu}), load average ` +
            `${machine.loadAtStart} at the start and ${machine.loadAtEnd} at the end, ${runs} runs a side`,
        ...(counts === undefined
            ? []
            : [
                  `preview: ${counts.ours} resources ours, ${counts.bare} bare, ${counts.charts} of both out ` +
                      "of charts; growth: " +
                      `${sizes.join(" and ")} topics`,
              ]),
        "",
        ...legend,
        ...(warning === undefined ? [] : ["", `NOT A RESULT: ${warning}`]),
        "",
    ].join("\n");
}

function rowsOf({ what, unit, ours, bare, ratio, limit, within, sizes }) {
    const verdict = [ratio.toFixed(3), limit.toFixed(2), within ? "yes" : "NO"];
    if (unit === "ms") return [[what, spread(ours), spread(bare), ...verdict]];
    return [
        ...Object.entries(sizes).map(([size, both]) => [
            `  ${size} resources`,
            spread(both.ours),
            spread(both.bare),
            (both.ours.median / both.bare.median).toFixed(3),
            "",
            "",
        ]),
        [what, times(ours), times(bare), ...verdict],
    ];
}
