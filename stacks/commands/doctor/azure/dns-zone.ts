import type { Arm } from "../../azure/arm";
import type { Finding } from "../check";
import { isOurs, standing } from "../standing";
import type { AzureCheck } from "./azure";

const id = "dns-zone";

interface Zone {
    readonly id?: string;
    readonly name?: string;
    readonly tags?: Readonly<Record<string, string>>;
}

/** The zone that domains and proofs of certificates are written to: there if it has to be, and free if it is made. */
export const dnsZoneCheck: AzureCheck = {
    id,
    title: "DNS zone",
    needs: "account",
    async run({ spec, caller: { arm } }) {
        const { zone, resourceGroup = "", create } = spec.platform.azure.dns;
        if (zone === undefined && create === undefined) {
            return [{ id, status: "ok", message: "the stack writes to no zone" }];
        }
        const found = await zonesOf(arm, zone ?? create ?? "");
        if (zone !== undefined) return [judge(zone, resourceGroup, found)];
        if (found.length === 0) {
            return [{ id, status: "ok", message: `no public zone is called ${create ?? ""}` }];
        }
        return found.map(({ tags, ...each }) => {
            const rename = `write steward:azure.dns: { zone: ${create ?? ""}, resourceGroup: ${groupOf(each)} } to use it`;
            const what = `the public zone ${each.name ?? ""} in ${groupOf(each)}`;
            return standing(id, what, isOurs(tags, spec.name), rename);
        });
    },
};

/** The subscription's public zones of that name: one for each group at most. https://learn.microsoft.com/rest/api/dns/zones/list */
async function zonesOf(arm: Arm, name: string): Promise<Zone[]> {
    const path = arm.inSubscription("/providers/Microsoft.Network/dnszones");
    const all = await arm.list<Zone>(path, "2018-05-01");
    return all.filter((each) => each.name?.toLowerCase() === name.toLowerCase());
}

const groupOf = ({ id: at = "" }: Zone): string =>
    /\/resourceGroups\/([^/]+)\//i.exec(at)?.[1] ?? "an unknown group";

function judge(name: string, resourceGroup: string, found: readonly Zone[]): Finding {
    const groups = found.map(groupOf);
    if (groups.some((each) => each.toLowerCase() === resourceGroup.toLowerCase())) {
        return { id, status: "ok", message: `${name} is a zone in ${resourceGroup}` };
    }
    if (groups.length > 0) {
        const message = `${name} is a zone in ${groups.join(", ")}, not in ${resourceGroup}`;
        const fix = "correct steward:azure.dns.resourceGroup";
        return { id, status: "lacking", message, fix };
    }
    const message = `the subscription has no public zone ${name}`;
    const fix = `write steward:azure.dns: { create: ${name} }, or the name of one that it has`;
    return { id, status: "lacking", message, fix };
}
