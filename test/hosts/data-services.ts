import { ask } from "./laboratory";

/** PostgreSQL and Redis from the distribution, each listening on every address: nothing but the firewall is before them. */
export async function serveData(host: string): Promise<void> {
    await ask(
        host,
        `export DEBIAN_FRONTEND=noninteractive
apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 install postgresql redis-server >/dev/null
for folder in /etc/postgresql/*/main/conf.d; do echo "listen_addresses = '*'" >"$folder/all.conf"; done
sed -i 's/^bind .*/bind 0.0.0.0 ::/; s/^protected-mode .*/protected-mode no/' /etc/redis/redis.conf
systemctl restart postgresql redis-server`,
    );
}

/** `address program` of each socket that listens on their ports. */
export async function listeners(host: string): Promise<string[]> {
    const list = "ss -H -ltnp 'sport = :5432 or sport = :6379'";
    const found = (await ask(host, list)).split("\n").map((line) => line.split(/\s+/));
    return found
        .map(([, , , address = "", , users = ""]) => {
            const [, program = ""] = /\(\("([^"]+)"/.exec(users) ?? [];
            return `${address} ${program}`;
        })
        .sort();
}

/** What each service is asked, in a way that it answers to anybody: whether it speaks TLS, and whether it is there. */
const questions = { 5432: "0000000804d2162f", 6379: "50494e470d0a" } as const;

export type DataPort = keyof typeof questions;
export const dataPorts = Object.keys(questions).map(Number) as DataPort[];

/** The first byte that a service answers with to a host: `+` of Redis's PONG, `S` or `N` of PostgreSQL; empty without an answer. */
export async function answer(client: string, address: string, port: DataPort): Promise<string> {
    const script = `
import socket
try:
    s = socket.create_connection(("${address}", ${String(port)}), 1); s.settimeout(5)
    s.sendall(bytes.fromhex("${questions[port]}")); print(s.recv(1).decode())
except OSError: print("")`;
    return ask(client, `echo ${Buffer.from(script).toString("base64")} | base64 -d | python3 -`);
}
