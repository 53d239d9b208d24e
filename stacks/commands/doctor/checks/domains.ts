import { Resolver } from "node:dns/promises";
import type { AwsClusterSpec, AwsCommcareSpec, OnlyAws } from "../../../../components/model/spec";
import type { Finding, NetworkCheck } from "../check";

/** What the check asks of the domain name system; `Resolver` of node:dns is one. */
export interface Names {
    resolveNs(name: string): Promise<string[]>;
    resolve4(name: string): Promise<string[]>;
}

/** Milliseconds, and how often: a server that drops questions must not hold up the rest. */
const patience = { timeout: 3_000, tries: 2 };

/** There is an answer, and it is: none. https://nodejs.org/api/dns.html#error-codes */
const none = new Set(["ENODATA", "ENOTFOUND"]);

/** What a domain is the address of, and where the stack file says it. */
interface Named {
    readonly domain: string;
    readonly of: "hub" | "site";
    readonly at: string;
}

const ofHubs = ({ workload }: AwsClusterSpec): Named[] =>
    workload.jupyterhub.hubs.map(({ domain }) => {
        return { domain, of: "hub", at: "steward:jupyterhub.hubs" };
    });

const ofSite = ({ workload }: AwsCommcareSpec): Named[] => [
    { domain: workload.commcare.domain, of: "site", at: "steward:commcare.domain" },
];

/** For each hub: which zone its name belongs to, who serves that zone, where the name points now. */
export const domainsCheck = (names: Names = new Resolver(patience)): NetworkCheck =>
    domains(ofHubs, names);

/** The same of the site. */
export const siteDomainCheck = (
    names: Names = new Resolver(patience),
): NetworkCheck<AwsCommcareSpec> => domains(ofSite, names);

function domains<Spec extends OnlyAws>(
    named: (spec: Spec) => Named[],
    names: Names,
): NetworkCheck<Spec> {
    return {
        id: "domains",
        title: "Domains",
        needs: "network",
        run: ({ spec }) => Promise.all(named(spec).map((each) => lookUp(names, each))),
    };
}

async function lookUp(names: Names, { domain, of, at }: Named): Promise<Finding> {
    const id = `domains.${domain}`;
    try {
        const zone = await zoneOf(names, domain);
        if (zone === undefined) {
            const [top = ""] = domain.split(".").slice(-1);
            // A resolver that does not know even this one knows nothing of the public names.
            if ((await answered(names.resolveNs(top))).length === 0)
                return unasked(domain, "nothing");
            const message = `no zone above ${domain} is delegated`;
            const fix = `register the domain, or correct it in ${at}`;
            return { id, status: "lacking", message, fix };
        }
        const served = `${domain} lies in the zone ${zone.name}, served by ${zone.servers.join(", ")}`;
        const addresses = await answered(names.resolve4(domain));
        if (addresses.length === 0) return { id, status: "ok", message: `${served}, and is free` };
        const message = `${served}, and points to ${addresses.join(", ")}`;
        const fix = `unless that is this ${of}, find out who uses the name before it is moved`;
        return { id, status: "warning", message, fix };
    } catch (error) {
        return unasked(domain, String((error as NodeJS.ErrnoException).code));
    }
}

function unasked(domain: string, answer: string): Finding {
    const message = `not checked, the name server answered ${domain} with ${answer}`;
    const fix = "look at the network, or leave it out with --skip domains";
    return { id: `domains.${domain}`, status: "warning", message, fix };
}

/** The nearest zone upwards that has name servers; a top-level domain alone is no zone of anybody's. */
async function zoneOf(names: Names, domain: string) {
    const labels = domain.split(".");
    for (let at = 0; at < labels.length - 1; at += 1) {
        const name = labels.slice(at).join(".");
        const servers = await answered(names.resolveNs(name));
        if (servers.length > 0) return { name, servers: [...servers].sort() };
    }
    return undefined;
}

function answered(question: Promise<string[]>): Promise<string[]> {
    return question.catch((error: unknown) => {
        if (none.has(String((error as NodeJS.ErrnoException).code))) return [];
        throw error;
    });
}
