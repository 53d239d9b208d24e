import { waysOut } from "../../../components/model/commcare/group-rules";
import { groupOf, hostGroups } from "../../../components/model/commcare/host-groups";
import { backupSources } from "../../../components/model/commcare/host-backups";
import { hostRules, monitoringMachine } from "../../../components/model/commcare/host-rules";
import type { Machine } from "../../../components/model/commcare/plan";
import { services } from "../../../components/model/commcare/services";
import type { Matrix } from "../../../components/model/matrix";
import { ownerOf } from "../../../components/model/matrix";
import type { VmsCommcareSpec } from "../../../components/model/spec";
import type { VmsBackupsSpec } from "../../../components/model/spec/vms-backups";
import { doors } from "../../../components/platforms/vms/firewall-rules";

/** Whoever answers for something, as somebody writes to them. */
export interface Contact {
    readonly role: string;
    readonly name: string;
    readonly contact: string;
    readonly escalation?: string;
}

/** A connection that a machine lets in. */
export interface Opening {
    readonly port: number;
    readonly protocol: string;
    /** Machines of the order and ranges of addresses, or `everybody`. */
    readonly from: readonly string[];
    readonly why: string;
}

/** A connection that a machine opens to the world. */
export interface Exit {
    readonly port: number;
    readonly protocol: string;
    readonly why: string;
}

export interface OrderedMachine {
    readonly name: string;
    /** What it is for: the titles of its services. */
    readonly runs: readonly string[];
    /** Rack or room. */
    readonly zone: string;
    readonly vcpus: number;
    readonly memoryGiB: number;
    /** Of the system. */
    readonly rootGiB: number;
    /** A disk of its own for data, empty and not mounted; null: none. */
    readonly dataGiB: number | null;
    /** Null until the provider has told it. */
    readonly address: string | null;
    readonly address6: string | null;
    readonly lets: readonly Opening[];
    readonly asks: readonly Exit[];
}

/** What whoever racks machines has to know: complete before there is one. */
export interface Order {
    readonly cluster: string;
    readonly environment: string;
    /** Who has the machines, and is asked for them. */
    readonly to: Contact;
    /** Who is told when one does not respond, if another. */
    readonly repairs: Contact;
    /** Who says how many and how large, and answers questions. */
    readonly from: Contact;
    readonly systems: readonly string[];
    readonly machines: readonly OrderedMachine[];
    /** What no line of a machine can say. */
    readonly more?: string;
}

/** Of a system, for whoever installs it. */
export const systemTitles: Readonly<Record<string, string>> = {
    "ubuntu-22.04": "Ubuntu Server 22.04 LTS, amd64",
    "ubuntu-24.04": "Ubuntu Server 24.04 LTS, amd64",
    "debian-12": "Debian 12, amd64",
};

/**
 * The order of a cluster's machines.
 *
 * @param hosted Machines that the stack file has a host for; of the others nobody knows an address yet.
 */
export function orderOf(spec: VmsCommcareSpec, hosted: ReadonlySet<string>): Order {
    const { matrix, platform, workload } = spec;
    const { plan, commcare } = workload;
    const { vms } = platform;
    const rules = hostRules(plan, monitoringMachine(plan, vms.monitoring.host));
    const ways = waysOut(hostGroups(plan));
    const machines = plan.machines.map((machine): OrderedMachine => {
        const { name, vcpus, memoryGiB, rootGiB, dataGiB } = machine;
        const host = hosted.has(name) ? vms.hosts[name] : undefined;
        const ssh = vms.hosts[name]?.port ?? 22;
        const lets = (rules[name] ?? []).map(({ port, protocol, from, carries }): Opening => {
            const whom =
                from === "public"
                    ? ["everybody"]
                    : from === "administrators"
                      ? vms.administrators
                      : from;
            return { port: port === 22 ? ssh : port, protocol, from: whom, why: carries };
        });
        const entry = {
            port: ssh,
            protocol: "tcp",
            from: doors(vms),
            why: "SSH of whoever deploys",
        };
        const asks = ways
            .filter(({ from }) => from === groupOf(machine, plan))
            .map(({ port, protocol, why }): Exit => {
                return { port: port === 587 ? commcare.mail.smtpPort : port, protocol, why };
            });
        return {
            name,
            runs: titlesOf(machine),
            zone: vms.zones[machine.zone] ?? "",
            vcpus,
            memoryGiB,
            rootGiB,
            dataGiB,
            address: host?.address ?? null,
            address6: host?.address6 ?? null,
            // On the control machine the catalogue has that one too.
            lets: lets.some((each) => sameWay(each, entry)) ? lets : [entry, ...lets],
            asks: [...asks, ...toCopies(spec, machine), ...fromEveryHost],
        };
    });
    return {
        cluster: spec.name,
        environment: spec.environment,
        to: contactOf(matrix, "hosting"),
        repairs: contactOf(matrix, "hardware-support"),
        from: contactOf(matrix, "sizing"),
        systems: vms.systems.map((each) => systemTitles[each] ?? each),
        machines,
    };
}

const sameWay = (one: Opening, other: Opening): boolean =>
    one.port === other.port && one.from.join() === other.from.join();

/** To where a machine's data is copied. */
function toCopies({ name, platform }: VmsCommcareSpec, machine: Machine): Exit[] {
    const { backups } = platform.vms;
    if (backups === undefined || backupSources(machine, name).length === 0) return [];
    return [toRepository(backups.repository)];
}

export function toRepository(repository: VmsBackupsSpec["repository"]): Exit {
    if (repository.kind === "sftp") {
        const { address, port } = repository;
        return { port, protocol: "tcp", why: `copies of its data, at ${address}` };
    }
    const { hostname, port } = new URL(repository.url);
    const why = `copies of its data, at ${hostname}`;
    return { port: port === "" ? 443 : Number(port), protocol: "tcp", why };
}

/** What a cloud has inside: names and time. */
export const fromEveryHost: readonly Exit[] = [
    { port: 53, protocol: "udp", why: "names" },
    { port: 53, protocol: "tcp", why: "names, in long answers" },
    { port: 123, protocol: "udp", why: "time" },
];

const titlesOf = ({ services: placed }: Machine): string[] =>
    placed.map((slug) => services[slug].title);

/** Nobody asks for an order of a matrix with gaps. */
export function contactOf(matrix: Matrix, layer: string): Contact {
    const owner = ownerOf(matrix, layer);
    if (owner === undefined) throw new Error(`nobody answers for ${layer}; ask findGaps before`);
    const party = matrix.parties[owner.party];
    return {
        role: owner.role,
        name: party?.name ?? owner.party,
        contact: owner.contact,
        ...(party?.escalation === undefined ? {} : { escalation: party.escalation }),
    };
}
