import type { HostRule } from "../../components/model/commcare/host-rules";
import type { LabHost } from "./laboratory";
import { ask } from "./laboratory";
import { machines } from "./stack";

/** What each machine lets in, by its name. */
export type Rules = Readonly<Record<string, readonly HostRule[]>>;
/** Which host each machine is. */
type HostOf = Readonly<Record<string, string>>;

/** A port that the catalogue names nowhere, so that it is closed to everybody. */
const stranger = 7_777;

/** Listens on ports of both families until it is killed; a port that a service has already stays that service's. */
const listener = (ports: readonly number[]) => `
import selectors, socket
chosen = selectors.DefaultSelector()
for port in ${JSON.stringify(ports)}:
    for family, any in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
        s = socket.socket(family); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6: s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        try: s.bind((any, port)); s.listen(64); chosen.register(s, selectors.EVENT_READ)
        except OSError: pass
while True:
    for key, _ in chosen.select(): key.fileobj.accept()[0].close()
`;

/** Which of many addresses take a connection within a second: all asked at once. */
const prober = (targets: readonly [string, number][]) => `
import asyncio, json
async def one(host, port):
    try:
        _, w = await asyncio.wait_for(asyncio.open_connection(host, port), 1)
        w.close(); return f"{host} {port}"
    except Exception: return None
async def main():
    found = await asyncio.gather(*(one(h, p) for h, p in ${JSON.stringify(targets)}))
    print(json.dumps([f for f in found if f]))
asyncio.run(main())
`;

const inPython = (host: string, script: string) =>
    ask(host, `echo ${Buffer.from(script).toString("base64")} | base64 -d | python3 -`);

/** Has every port of the catalogue answered on every host, in all but SSH by this test's own listener. */
export async function listen(rules: Rules, hostOf: HostOf = machines): Promise<void> {
    const ports = portsOf(rules).filter((port) => port !== 22);
    const script = Buffer.from(listener(ports)).toString("base64");
    const start = `echo ${script} | base64 -d >/run/listener.py; systemd-run --quiet --unit listener python3 /run/listener.py; sleep 1`;
    await Promise.all(Object.values(hostOf).map((host) => ask(host, start)));
}

export function portsOf(rules: Rules): number[] {
    const tcp = Object.values(rules)
        .flat()
        .filter(({ protocol }) => protocol === "tcp");
    return [...new Set([22, stranger, ...tcp.map(({ port }) => port)])].sort((a, b) => a - b);
}

/** `client server port family` of every connection that the rules let through, from machine to machine. */
export function allowed(rules: Rules): string[] {
    const names = Object.keys(rules);
    const found = names.flatMap((server) =>
        (rules[server] ?? []).flatMap(({ port, from }) =>
            names
                .filter((client) => client !== server)
                .filter(
                    (client) =>
                        from === "public" || (from !== "administrators" && from.includes(client)),
                )
                .flatMap((client) =>
                    [4, 6].map(
                        (family) => `${client} ${server} ${String(port)} v${String(family)}`,
                    ),
                ),
        ),
    );
    return [...new Set(found)].sort();
}

/** The same, of every connection that is really taken. */
export async function taken(
    rules: Rules,
    hosts: readonly LabHost[],
    hostOf: HostOf = machines,
): Promise<string[]> {
    const names = Object.keys(rules);
    const all = await Promise.all(
        names.map(async (client) => {
            const words = new Map<string, string>();
            for (const server of names.filter((each) => each !== client)) {
                for (const port of portsOf(rules)) {
                    const { address = "", address6 = "" } =
                        hosts.find(({ name }) => name === hostOf[server]) ?? {};
                    words.set(
                        `${address} ${String(port)}`,
                        `${client} ${server} ${String(port)} v4`,
                    );
                    words.set(
                        `${address6} ${String(port)}`,
                        `${client} ${server} ${String(port)} v6`,
                    );
                }
            }
            const targets = [...words.keys()].map((each): [string, number] => {
                const [host = "", port] = each.split(" ");
                return [host, Number(port)];
            });
            const answer = await inPython(hostOf[client] ?? "", prober(targets));
            const open = JSON.parse(answer) as string[];
            return open.map((each) => words.get(each) ?? each);
        }),
    );
    return all.flat().sort();
}
