import { markdownTable } from "../../../components/model/markdown-table";
import type { Contact, Exit, Opening, Order, OrderedMachine } from "./order";

const gib = (size: number | null): string =>
    size === null ? "–" : `${size.toLocaleString("en-US")} GiB`;
const name = (machines: readonly OrderedMachine[]): string =>
    machines.map((each) => each.name).join(", ");

/** How an order reads, as Markdown: to be sent as it is. */
export function wordOrder(order: Order): string {
    const { cluster, environment, to, repairs, from, systems, machines, more } = order;
    const sum = (of: (machine: OrderedMachine) => number) =>
        machines.reduce((total, each) => total + of(each), 0).toLocaleString("en-US");
    return [
        `# Machines for ${cluster} (${environment})`,
        "",
        `To ${wordContact(to)}. Questions to ${wordContact(from)}.`,
        `A machine that does not respond is told to ${wordContact(repairs)}.`,
        "",
        `System: ${systems.join(" or ")}; nothing else installed but an SSH server. Each machine has a fixed address,`,
        "an account that may `sudo` without a password, and no firewall in front of it but what is below. Disks for data",
        "are empty and not mounted. To be told of each: its addresses, that account, the device of its disk for data, and",
        "the line in `/etc/ssh/ssh_host_ed25519_key.pub`.",
        "",
        "## Machines",
        "",
        ...markdownTable([
            ["machine", "for", "place", "vCPUs", "memory", "system disk", "data disk", "address"],
            ...machines.map((each) => [
                each.name,
                each.runs.join("; "),
                each.zone,
                String(each.vcpus),
                gib(each.memoryGiB),
                gib(each.rootGiB),
                gib(each.dataGiB),
                [each.address, each.address6].filter((one) => one !== null).join(", ") ||
                    "to be told",
            ]),
        ]),
        "",
        `In all ${String(machines.length)} machines, ${sum(({ vcpus }) => vcpus)} vCPUs, ${sum(({ memoryGiB }) => memoryGiB)} GiB of memory, ${sum(({ rootGiB, dataGiB }) => rootGiB + (dataGiB ?? 0))} GiB of disks.`,
        ...(more === undefined ? [] : ["", more]),
        "",
        "## What each lets in",
        "",
        "Whatever is not here stays closed. Each machine has these rules itself as well, once it is set up.",
        "",
        ...together(machines, ({ lets }) => lets).flatMap(([lets, those]) => [
            `### To ${name(those)}`,
            "",
            ...openings(lets),
            "",
        ]),
        "## What each asks of the world",
        "",
        ...together(machines, ({ asks }) => asks).flatMap(([asks, those]) => [
            `### From ${name(those)}`,
            "",
            ...exits(asks),
            "",
        ]),
    ].join("\n");
}

const wordContact = ({ name: who, role, contact, escalation }: Contact): string =>
    `${who} (${role}), ${contact}${escalation === undefined ? "" : `, else ${escalation}`}`;

const openings = (all: readonly Opening[]): string[] =>
    markdownTable([
        ["port", "from", "for"],
        ...all.map(({ port, protocol, from, why }) => [
            `${String(port)}/${protocol}`,
            from.join(", "),
            why,
        ]),
    ]);

const exits = (all: readonly Exit[]): string[] =>
    markdownTable([
        ["port", "for"],
        ...all.map(({ port, protocol, why }) => [`${String(port)}/${protocol}`, why]),
    ]);

/** Machines that have the same, under what that is. */
function together<T>(
    machines: readonly OrderedMachine[],
    of: (machine: OrderedMachine) => T,
): [T, OrderedMachine[]][] {
    const found = new Map<string, [T, OrderedMachine[]]>();
    for (const machine of machines) {
        const key = JSON.stringify(of(machine));
        const [, those] = found.get(key) ?? found.set(key, [of(machine), []]).get(key) ?? [];
        those?.push(machine);
    }
    return [...found.values()];
}
