import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { readRehearsedState } from "../../../stacks/commands/state-source";
import { ask, inventory, reset } from "../laboratory";
import type { Config } from "../stack";
import { labConfig, starting, stateFolder, up } from "../stack";
import { all, expectWhole } from "./whole";

const folder = stateFolder();

const kills = 10;
/** Milliseconds from the beginning of the deploy within which the signal comes. */
const latest = 12_000;

/** Brings back the moments of an earlier run, which said it. */
const seed = process.env["STEWARD_SEED"] ?? String(Date.now() % 100_000);
const momentOf = (nth: number) =>
    (createHash("sha256")
        .update(`${seed} ${String(nth)}`)
        .digest()
        .readUInt32BE() /
        2 ** 32) *
    latest;

/** The stack file, with something to do on every host that an earlier round has not done. */
function inRound(config: Config, round: number): Config {
    const parties = config["steward:parties"] as Record<string, Config>;
    const escalation = `https://pager-${String(round)}.example.org`;
    const vms = config["steward:vms"] as Config;
    const administrators = vms["administrators"] as string[];
    return {
        ...config,
        "steward:parties": { ...parties, operator: { ...parties["operator"], escalation } },
        "steward:vms": {
            ...vms,
            administrators: [...administrators, `203.0.113.${String(round)}/32`],
        },
    };
}

/** Every file that a host has of ours can be read to its end. */
const readable = `
for file in /etc/steward/owners.json; do [ ! -e "$file" ] || python3 -m json.tool "$file" >/dev/null; done
for file in /etc/steward/firewall.nft; do [ ! -e "$file" ] || nft --check --file "$file"; done
! [ -e /etc/ssh/sshd_config.d/00-steward.conf ] || { mkdir -p /run/sshd && sshd -t; }
visudo --check --quiet`;

it(`an engine that is killed at ten random moments (seed ${seed}) leaves a state that the next up reads, and whole files`, async () => {
    process.stderr.write(`seed ${seed}\n`);
    await reset(...all);
    const config = labConfig(await inventory());
    let round = 1;
    // A moment of its own each time: one that comes after all is done would be waited for again and again.
    for (let nth = 1, tries = 1; nth <= kills; tries += 1) {
        const running = starting(folder, inRound(config, round));
        await running.said("Up, with the policy pack");
        const ended = running.ended.then(
            ({ result }) => result.errors,
            () => undefined,
        );
        const over = await Promise.race([ended, sleep(momentOf(tries), "at work" as const)]);
        if (over !== "at work") {
            // It had done everything: the next one has something to do again.
            expect(over).toEqual([]);
            round += 1;
            continue;
        }
        // In turn with all that it started, and the engine alone.
        await running.kill(nth % 2 === 0 ? "engine" : "all");
        await ended;
        readRehearsedState("commcare-vms", folder); // or it throws
        for (const host of all) await ask(host, readable);
        nth += 1;
    }
    const last = inRound(config, round);
    expect((await up(folder, last)).result.errors).toEqual([]);
    await expectWhole(folder, last);
}, 1_800_000);
