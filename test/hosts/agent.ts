import { execFile, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** An SSH agent of this machine's own OpenSSH, which has keys and tells them to nobody. */
export interface Agent {
    /** For SSH_AUTH_SOCK. */
    readonly socket: string;
    readonly close: () => void;
}

/** @param folder Where its socket lies, and for a moment the keys, in the order in which it offers them. */
export async function sshAgent(folder: string, keys: readonly string[]): Promise<Agent> {
    const socket = join(folder, "agent");
    const agent = spawn("ssh-agent", ["-D", "-a", socket], {
        stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((resolve, reject) => {
        agent.stdout.once("data", resolve); // it listens, and says where
        agent.once("error", reject).once("exit", reject);
    });
    for (const [at, key] of keys.entries()) {
        const file = join(folder, `key-${String(at)}`);
        writeFileSync(file, key, { mode: 0o600 });
        await execute("ssh-add", ["-q", file], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
    }
    return { socket, close: () => agent.kill() };
}
