import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hostKeyOf, hosts } from "./host.mjs";
import { addressesOf, gateway, numberOf, state } from "./places.mjs";
import { run } from "./run.mjs";

const key = join(state, "id_ed25519");

/** The key by which tests come in; made once for each laboratory. */
export async function clientKey() {
    mkdirSync(state, { recursive: true, mode: 0o700 });
    if (!existsSync(key)) {
        await run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "laboratory", "-f", key);
    }
    return `${key}.pub`;
}

/**
 * What tests and ssh need to reach the hosts: `inventory.json`, `known_hosts`, `ssh_config`.
 *
 * @param seconds How long a host may take to answer at first.
 */
export function writeInventory(seconds = 2) {
    const all = hosts().map((name) => {
        const { v4, v6 } = addressesOf(numberOf(name));
        return {
            name,
            address: v4,
            address6: v6,
            port: 22,
            user: "root",
            hostKey: hostKeyOf(name),
        };
    });
    const file = (name) => join(state, name);
    const privateKey = readFileSync(key, "utf8");
    writeFileSync(
        file("inventory.json"),
        JSON.stringify({ privateKey, gateway: gateway.v4, hosts: all }, null, 2),
        {
            mode: 0o600,
        },
    );
    const known = all.map(({ name, address, hostKey }) => `${name},${address} ${hostKey}\n`);
    writeFileSync(file("known_hosts"), known.join(""));
    const entries = all.map(({ name, address }) =>
        [
            `Host ${name}`,
            `HostName ${address}`,
            "User root",
            `IdentityFile ${key}`,
            "IdentitiesOnly yes",
            `UserKnownHostsFile ${file("known_hosts")}`,
            "HostKeyAlgorithms ssh-ed25519",
            "StrictHostKeyChecking yes",
            "BatchMode yes",
            `ConnectTimeout ${seconds}`,
            "LogLevel ERROR",
        ].join("\n    "),
    );
    writeFileSync(file("ssh_config"), `${entries.join("\n")}\n`);
}
