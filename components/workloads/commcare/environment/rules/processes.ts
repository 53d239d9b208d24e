import {
    furtherPillows,
    optionalQueues,
    pillows,
    requiredQueues,
    soloProcesses,
} from "../../../../model/commcare/queues";
import type { Problem } from "../../../../model/problem";
import type { Environment } from "../environment";
import type { EnvironmentRule } from "./rule";
import { hostsOf, repeated } from "./rule";

const file = "app-processes.yml";
const queues: readonly string[] = [...requiredQueues, ...optionalQueues];
const knownPillows: readonly string[] = [...pillows, ...furtherPillows];

const sections = [
    ["celery_processes", "celery"],
    ["pillows", "pillowtop"],
] as const;

/** Each process of celery with the key of the machines that run it. */
const running = ({ appProcesses }: Environment): [string, string][] =>
    Object.entries(appProcesses.celery_processes).flatMap(([key, entries]) =>
        Object.keys(entries).flatMap((names) =>
            names.split(",").map((name): [string, string] => [name, key]),
        ),
    );

export const processRules: readonly EnvironmentRule[] = [
    {
        id: "queues-complete",
        why: "A queue that nobody works on fills until the broker is full.",
        check(environment) {
            const named = new Set(running(environment).map(([name]) => name));
            const missing = requiredQueues.filter((name) => !named.has(name));
            if (missing.length === 0) return [];
            const message = `leaves out ${missing.join(", ")}`;
            return [{ path: `${file}:celery_processes`, message, fix: "name each once at least" }];
        },
    },
    {
        id: "queues-known",
        why: "A name with a blank or a slip is refused by the loader, or works no queue.",
        check(environment) {
            return running(environment)
                .filter(([name]) => !queues.includes(name))
                .map(([name, key]) => ({
                    path: `${file}:celery_processes.${key}`,
                    message: `${JSON.stringify(name)} is no queue`,
                    fix: `take some of: ${queues.join(", ")}`,
                }));
        },
    },
    {
        id: "solo-processes",
        why: "beat twice sends every task twice; flower has one address.",
        check(environment) {
            const problems: Problem[] = [];
            for (const [key, entries] of Object.entries(
                environment.appProcesses.celery_processes,
            )) {
                for (const names of Object.keys(entries)) {
                    const each = names.split(",");
                    const solo = each.find((name) => soloProcesses.includes(name));
                    if (solo === undefined || each.length === 1) continue;
                    const message = `${solo} shares an entry`;
                    const fix = `give ${solo} an entry of its own`;
                    problems.push({ path: `${file}:celery_processes.${key}`, message, fix });
                }
            }
            for (const solo of soloProcesses) {
                const hosts = running(environment)
                    .filter(([name]) => name === solo)
                    .flatMap(([, key]) => key.split(","))
                    .flatMap((word) => hostsOf(environment, word));
                if (hosts.length === 1 || (solo === "beat" && hosts.length === 0)) continue;
                const message = `${solo} runs on ${hosts.length} machines`;
                const path = `${file}:celery_processes`;
                problems.push({ path, message, fix: "run it on one" });
            }
            return problems;
        },
    },
    {
        id: "one-key-for-a-host",
        why: "Of two keys that mean one host the later one wins, without a word.",
        check(environment) {
            return sections.flatMap(([section]) => {
                const hosts = Object.keys(environment.appProcesses[section])
                    .flatMap((key) => key.split(","))
                    .filter((word) => word !== "None")
                    .flatMap((word) => hostsOf(environment, word));
                return repeated(hosts).map((address) => ({
                    path: `${file}:${section}`,
                    message: `names ${address} under two keys`,
                    fix: "put what it runs under one",
                }));
            });
        },
    },
    {
        id: "hosts-known",
        why: "A word that is no host, or a group of several, stops the loader.",
        check(environment) {
            const { management_commands: commands, ...others } = environment.appProcesses;
            const keys = [
                ...Object.keys(others.celery_processes),
                ...Object.keys(others.pillows),
                ...Object.keys(commands),
            ].flatMap((key) => key.split(","));
            return [...new Set(keys)]
                .filter((word) => word !== "None" && hostsOf(environment, word).length !== 1)
                .map((word) => ({
                    path: file,
                    message: `${word} stands for ${hostsOf(environment, word).length} hosts`,
                    fix: "write the group of one machine",
                }));
        },
    },
    {
        id: "every-worker-named",
        why: "A machine of the group that no key names is refused by the loader.",
        check(environment) {
            return sections.flatMap(([section, group]) => {
                const named = Object.keys(environment.appProcesses[section])
                    .flatMap((key) => key.split(","))
                    .flatMap((word) => hostsOf(environment, word));
                return hostsOf(environment, group)
                    .filter((address) => !named.includes(address))
                    .map((address) => ({
                        path: `${file}:${section}`,
                        message: `says nothing of ${address}, which is in ${group}`,
                        fix: "name it, with what it runs",
                    }));
            });
        },
    },
    {
        id: "pillows-known",
        why: "commcare-cloud takes any name, and the process ends as soon as it starts.",
        check({ appProcesses }) {
            return Object.entries(appProcesses.pillows).flatMap(([key, entries]) =>
                Object.keys(entries)
                    .filter((name) => !knownPillows.includes(name))
                    .map((name) => ({
                        path: `${file}:pillows.${key}`,
                        message: `${name} is no pillow`,
                        fix: `take some of: ${knownPillows.join(", ")}`,
                    })),
            );
        },
    },
    {
        id: "pillows-whole",
        why: "Changes of a partition that no process reads never reach the search index.",
        check({ appProcesses }) {
            const runs = Object.values(appProcesses.pillows).flatMap((each) =>
                Object.entries(each),
            );
            return pillows.flatMap((name) => {
                const own = runs.filter(([each]) => each === name).map(([, options]) => options);
                const total = own[0]?.total_processes ?? own[0]?.num_processes ?? 1;
                const numbers = own.flatMap(({ start_process: from = 0, num_processes: n = 1 }) =>
                    Array.from({ length: n }, (_, at) => from + at),
                );
                const whole = Array.from({ length: total }, (_, at) => at);
                const same =
                    JSON.stringify([...numbers].sort((a, b) => a - b)) === JSON.stringify(whole);
                if (same) return [];
                const message = `runs processes ${numbers.join(", ") || "none"} of ${total} of ${name}`;
                return [{ path: `${file}:pillows`, message, fix: "run each number once" }];
            });
        },
    },
];
