import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { bridge } from "./places.mjs";
import { kill } from "./run.mjs";

/** Where systemd looks for its control group: both halves of a hybrid machine, or the one of a unified one. */
const hierarchies = ["/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified", "/sys/fs/cgroup"];

const isWritable = (folder) => {
    try {
        accessSync(join(folder, "cgroup.procs"), constants.W_OK);
        return true;
    } catch {
        return false;
    }
};

const groupsOf = (name) => hierarchies.filter(isWritable).map((each) => join(each, bridge, name));

/** Puts this process, and whatever it starts, into the control group of a host. */
export function joinGroup(name) {
    for (const group of groupsOf(name)) {
        mkdirSync(group, { recursive: true });
        writeFileSync(join(group, "cgroup.procs"), String(process.pid));
    }
}

function below(folder) {
    if (!existsSync(folder)) return [];
    const folders = readdirSync(folder, { withFileTypes: true })
        .filter((each) => each.isDirectory())
        .map((each) => join(folder, each.name));
    return [...folders.flatMap(below), folder]; // the innermost first
}

/** Every process of a host, by the numbers that they have on this machine. */
export function processesOf(name) {
    const lists = groupsOf(name)
        .flatMap(below)
        .map((folder) => {
            try {
                return readFileSync(join(folder, "cgroup.procs"), "utf8");
            } catch {
                return ""; // the group went away meanwhile
            }
        });
    return [...new Set(lists.join("\n").split("\n").filter(Boolean).map(Number))];
}

/** The first process of a host, its systemd; undefined while there is none. */
export function firstProcessOf(name) {
    return processesOf(name).find((pid) => {
        try {
            const status = readFileSync(`/proc/${pid}/status`, "utf8");
            const [, numbers = ""] = /^NSpid:\s*(.*)$/m.exec(status) ?? [];
            return /\s1$/.test(numbers);
        } catch {
            return false;
        }
    });
}

/** Ends whatever is left of a host. */
export async function reap(name) {
    for (let tries = 0; tries < 100; tries++) {
        const left = processesOf(name);
        if (left.length === 0) return;
        left.forEach((pid) => kill(pid));
        await wait(50);
    }
    throw new Error(`${name}: processes ${processesOf(name).join(", ")} do not end`);
}

/** Removes the control groups of a host that has ended, and of the laboratory when it was the last. */
export function dropGroups(name) {
    for (const group of groupsOf(name)) {
        for (const folder of [...below(group), join(group, "..")]) {
            try {
                rmdirSync(folder);
            } catch {
                // not empty: another host's
            }
        }
    }
}
