import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { quote } from "../../components/platforms/vms/shell";
import { projectRoot } from "../../rehearsal/project-root";

const execute = promisify(execFile);

/** One host of the laboratory, as its inventory has it. */
export interface LabHost {
    readonly name: string;
    readonly address: string;
    readonly address6: string;
    readonly port: number;
    readonly user: string;
    readonly hostKey: string;
}

/** The hosts that are up, the key that opens them, and the machine's own address on their network. */
export interface Inventory {
    readonly privateKey: string;
    readonly gateway: string;
    readonly hosts: LabHost[];
}

let folder: Promise<string> | undefined;
/** Where the laboratory keeps what tests need. */
const labFolder = () => (folder ??= lab("folder"));

async function lab(...args: string[]): Promise<string> {
    const script = join(projectRoot(), "test", "hosts", "lab.mjs");
    const { stdout } = await execute(process.execPath, [script, ...args]);
    return stdout.trim();
}

/** What the laboratory's own commands do; see `node test/hosts/lab.mjs`. */
export const raise = (count: number) => lab("up", String(count));
export const reset = (...names: string[]) => lab("reset", ...names);
export const reboot = (...names: string[]) => lab("reboot", ...names);
export const crash = (...names: string[]) => lab("crash", ...names);
export const start = (...names: string[]) => lab("start", ...names);
export const cut = (...names: string[]) => lab("cut", ...names);
export const heal = (...names: string[]) => lab("heal", ...names);
export const small = (...names: string[]) => lab("small", ...names);
export const fill = (...names: string[]) => lab("fill", ...names);
export const flood = (...names: string[]) => lab("flood", ...names);
export const crowd = (...names: string[]) => lab("crowd", ...names);
export const empty = (...names: string[]) => lab("empty", ...names);

/** A host's disk, as this machine sees it. */
export const diskOf = async (host: string): Promise<string> =>
    join(await labFolder(), "hosts", host, "root");

/** How many TCP connections each host has taken since it got its disk. */
export async function connections(): Promise<Record<string, number>> {
    return JSON.parse(await lab("connections")) as Record<string, number>;
}

export async function inventory(): Promise<Inventory> {
    const text = readFileSync(join(await labFolder(), "inventory.json"), "utf8");
    return JSON.parse(text) as Inventory;
}

/**
 * Asks a host something from outside of the program under test, as root, by the machine's own ssh; where it lets in
 * nobody else, through another host.
 */
export async function ask(host: string, command: string, through?: string): Promise<string> {
    const config = join(await labFolder(), "ssh_config");
    const way = through === undefined ? [] : ["-J", through];
    // Not as root: hosts that Steward enters as somebody else let root in no more.
    const asRoot = `sudo -n sh -c ${quote(command)}`;
    const { stdout } = await execute("ssh", ["-F", config, ...way, "-l", "debian", host, asRoot]);
    return stdout.trim();
}

/**
 * How many have come in to each host by SSH since it started; whoever asks is one of them. Where hosts are watched they
 * take connections from one another all the time.
 *
 * @param names Every host that is up if none is said: an earlier test may have raised more than three.
 */
export async function signIns(...names: readonly string[]): Promise<Record<string, number>> {
    const some = names.length > 0 ? names : (await inventory()).hosts.map(({ name }) => name);
    const counted = "journalctl --unit ssh --no-pager | grep -c 'Accepted [p]ublickey'";
    const all = some.map(async (name) => [name, Number(await ask(name, counted))] as const);
    return Object.fromEntries(await Promise.all(all));
}

/** The same, so many later: `signIns` itself comes in once. */
export const later = (counts: Readonly<Record<string, number>>, by: number) =>
    Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count + by]));
