import { groundOf } from "../../../components/model/commcare/ground-of";
import { planOf } from "../../../components/model/commcare/plan-of";
import { stackSchema } from "../../../components/model/spec/stack";

/** Addresses that no host can have: https://www.rfc-editor.org/rfc/rfc1122#section-3.2.1.3 */
const nowhere = (nth: number): string =>
    `0.0.${String(Math.floor(nth / 250))}.${String(1 + (nth % 250))}`;

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
    const read = stackSchema.safeParse(config);
    const { vms, commcare } = read.data ?? {};
    const ground = groundOf({ vms });
    if (vms === undefined || commcare === undefined || ground === undefined) {
        return { config, hosted: new Set() };
    }
    const hosted = new Set(Object.keys(vms.hosts));
    const lacking = planOf(commcare, ground).plan.machines.filter(({ name }) => !hosted.has(name));
    const hosts = lacking.map(({ name }, nth) => {
        return [name, { address: nowhere(nth), hostKey: "ssh-ed25519 AAAA" }] as const;
    });
    const said = config["vms"] as Readonly<Record<string, unknown>>;
    const all = { ...Object.fromEntries(hosts), ...(said["hosts"] as object | undefined) };
    return { config: { ...config, vms: { ...said, hosts: all } }, hosted };
}
