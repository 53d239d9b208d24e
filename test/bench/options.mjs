import { parseArgs } from "node:util";

export const benchmarkNames = [
    "cold-start",
    "cold-start-machines",
    "first-resource",
    "preview",
    "preview-pack",
    "growth",
    "growth-pack",
];

export const usage = `npm run bench -- [--runs N] [--only NAME]... [--sizes SMALL,LARGE] [--json]

  --runs N              how often each side is measured, after one warm-up (default: 5)
  --only NAME           one of these; may be given again:
                        ${benchmarkNames.join(", ")}
  --sizes SMALL,LARGE   how many resources the two growth benchmarks declare (default: 1000,4000)
  --json                one JSON document on standard output
`;

/** @throws Error that says which option is wrong. */
export function readOptions(args) {
    const { values } = parseArgs({
        args,
        options: {
            runs: { type: "string", default: "5" },
            only: { type: "string", multiple: true, default: [] },
            sizes: { type: "string", default: "1000,4000" },
            json: { type: "boolean", default: false },
            help: { type: "boolean", default: false },
        },
    });
    const runs = Number(values.runs);
    if (!Number.isInteger(runs) || runs < 1) throw new Error("--runs: takes a number from 1 on");
    const strange = values.only.find((name) => !benchmarkNames.includes(name));
    if (strange !== undefined) {
        throw new Error(`--only: ${strange} is none of ${benchmarkNames.join(", ")}`);
    }
    const sizes = values.sizes.split(",").map(Number);
    const [small, large] = sizes;
    if (sizes.length !== 2 || !sizes.every(Number.isInteger) || small < 1 || large <= small) {
        throw new Error("--sizes: takes two numbers, the smaller first, such as 1000,4000");
    }
    const names = values.only.length > 0 ? values.only : benchmarkNames;
    return { runs, sizes, names, json: values.json, help: values.help };
}
