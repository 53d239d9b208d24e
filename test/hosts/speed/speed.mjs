// What a look at every host costs, within one run on three hosts of the laboratory: an `up` that finds nothing to do
// and the audit, over the same questions by bare OpenSSH, and against Ansible that finds nothing to do either. A
// benchmark, not a test: it ends with 0 whenever it could measure. As root; see docs/vms.md.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../../../scripts/build.mjs";
import { interleave, summary } from "../../bench/measure.mjs";
import { obstacle } from "../lab/needs.mjs";
import { ansible, ansibleSide, bareSide, ourSides, stackOf } from "./sides.mjs";

const runs = Number(process.argv[2] ?? 5);
const labScript = fileURLToPath(new URL("../lab.mjs", import.meta.url));
const lab = (...args) => execFileSync(process.execPath, [labScript, ...args], { encoding: "utf8" });
const say = (text) => process.stderr.write(`${text}\n`);

async function measure(temporary) {
    await build();
    lab("up", "3");
    const folder = lab("folder").trim();
    const version = await ansible(say);
    const stack = stackOf(folder, temporary);
    const { up, sides: ours } = ourSides(stack, temporary);
    say("the hosts get what the stack file has: once, not measured");
    await up();
    const sides = {
        ...ours,
        bare: bareSide(stack, folder),
        ansible: await ansibleSide(stack, folder, temporary),
    };
    const times = await interleave(sides, { runs, say });
    const both = times.up.map((ms, run) => ms + times.audit[run]);
    return { version, results: { ...times, "up and audit": both } };
}

function word({ version, results }) {
    const medians = Object.fromEntries(
        Object.entries(results).map(([name, times]) => [name, summary(times)]),
    );
    const seconds = (ms) => `${(ms / 1_000).toFixed(2)} s`;
    const lines = Object.entries(medians).map(([name, { median, min, max }]) =>
        [name.padEnd(14), seconds(median), `(${seconds(min)} to ${seconds(max)})`].join(" "),
    );
    const ours = medians["up and audit"].median;
    const verdict = (ratio, limit) =>
        `${ratio.toFixed(2)}, ${ratio <= limit ? "within" : "over"} ${limit}`;
    return [
        `3 hosts, medians of ${runs}; Node ${process.versions.node}, ${version}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`,
        ...lines,
        `up and audit ÷ bare: ${verdict(ours / medians.bare.median, 2)}`,
        `audit ÷ bare: ${(medians.audit.median / medians.bare.median).toFixed(2)}`,
        `up and audit ÷ ansible: ${verdict(ours / medians.ansible.median, 1)}`,
        "",
    ].join("\n");
}

const why = await obstacle();
if (why !== undefined) {
    say(`nothing is measured: ${why}`);
} else {
    const temporary = mkdtempSync(join(tmpdir(), "steward-speed-"));
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
    process.once("exit", () => {
        rmSync(temporary, { recursive: true, force: true });
        lab("down");
    });
    process.stdout.write(word(await measure(temporary)));
}
