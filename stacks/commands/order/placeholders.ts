import { groundOf } from "../../../components/model/commcare/ground-of";
import { planOf } from "../../../components/model/commcare/plan-of";
import { stackSchema } from "../../../components/model/spec/stack";

/** Addresses that no host can have: https://www.rfc-editor.org/rfc/rfc1122#section-3.2.1.3 */
const nowhere = (nth: number): string =>
    `0.0.${String(Math.floor(nth / 250))}.${String(1 + (nth % 250))}`;

const placeholder = (nth: number) => ({ address: nowhere(nth), hostKey: "ssh-ed25519 AAAA" });

/**
 * A stack file before its hosts are there, with something in the place of each that lacks: everything else of it is
 * judged as ever.
 *
 * @returns the same, and the machines that have a host of their own.
 */
export function withPlaceholders(config: Readonly<Record<string, unknown>>): {
    readonly config: Readonly<Record<string, unknown>>;
    readonly hosted: ReadonlySet<string>;
} {
    const ofHubs = hostsOfHubs(config);
    if (ofHubs !== undefined) return ofHubs;
    const read = stackSchema.safeParse(config);
    const { vms, commcare } = read.data ?? {};
    const ground = groundOf({ vms });
    if (vms === undefined || commcare === undefined || ground === undefined) {
        return { config, hosted: new Set() };
    }
    const hosted = new Set(Object.keys(vms.hosts));
    const lacking = planOf(commcare, ground).plan.machines.filter(({ name }) => !hosted.has(name));
    const hosts = lacking.map(({ name }, nth) => {
        return [name, placeholder(nth)] as const;
    });
    const said = config["vms"] as Readonly<Record<string, unknown>>;
    const all = { ...Object.fromEntries(hosts), ...(said["hosts"] as object | undefined) };
    return { config: { ...config, vms: { ...said, hosts: all } }, hosted };
}

type Section = Readonly<Record<string, unknown>>;

const isSection = (value: unknown): value is Section =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The same of hubs, whose hosts have any names: those that lack an address or are only named as servers.
 *
 * @returns undefined for a stack without k3s.
 */
function hostsOfHubs(config: Section): ReturnType<typeof withPlaceholders> | undefined {
    const { vms } = config;
    if (!isSection(vms) || !isSection(vms["k3s"])) return undefined;
    const said = isSection(vms["hosts"]) ? vms["hosts"] : {};
    const { servers } = vms["k3s"];
    const named = Array.isArray(servers) ? servers.filter((each) => typeof each === "string") : [];
    const names = [...new Set([...named, ...Object.keys(said)])];
    const hosts = names.map((name, nth) => {
        const own = said[name] ?? {};
        return [name, isSection(own) ? { ...placeholder(nth), ...own } : own] as const;
    });
    const hosted = names.filter((name) => isSection(said[name]) && "address" in said[name]);
    return {
        config: { ...config, vms: { ...vms, hosts: Object.fromEntries(hosts) } },
        hosted: new Set(hosted),
    };
}
