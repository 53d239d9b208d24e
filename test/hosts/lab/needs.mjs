import { existsSync } from "node:fs";
import { aptSource } from "./apt-source.mjs";
import { run, succeeds } from "./run.mjs";

/** Programs, and the packages of Debian that have them. */
const tools = {
    "systemd-nspawn": "systemd-container",
    mmdebstrap: "mmdebstrap",
    ssh: "openssh-client",
    ip: "iproute2",
    flock: "util-linux",
};

/** Why hosts cannot run here; undefined where they can. */
export async function obstacle() {
    if (process.platform !== "linux") return "hosts are containers of Linux";
    if (process.getuid() !== 0) return "hosts need root";
    if (!existsSync("/sys/fs/cgroup")) return "there are no control groups";
    if (!(await succeeds("unshare", "--net", "--mount", "true"))) {
        return "this machine makes no namespaces";
    }
    if ((await aptSource()) === undefined) return "this machine has no apt source by HTTP";
    return undefined;
}

/**
 * Installs what this machine lacks.
 *
 * @param more Further programs, and the packages that have them.
 */
export async function installTools(say, more = {}) {
    const lacking = [];
    for (const [tool, pack] of Object.entries({ ...tools, ...more })) {
        if (!(await succeeds("sh", "-c", `command -v ${tool}`))) lacking.push(pack);
    }
    if (lacking.length === 0) return;
    say(`installing ${lacking.join(", ")}`);
    await run("apt-get", "-qq", "update");
    await run(
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        ...["apt-get", "-qq", "install", "--yes", "--no-install-recommends", ...lacking],
    );
}
