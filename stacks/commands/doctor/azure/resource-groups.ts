import {
    dueGroups,
    groupName,
    zoneGroupName,
} from "../../../../components/platforms/azure/due-groups";
import type { OnlyAzure } from "../../../../components/model/spec";
import { isHubs } from "../../../../components/model/spec";
import type { Finding } from "../check";
import { isOurs, standing } from "../standing";
import type { AzureCheck } from "./azure";

const id = "resource-groups";

interface Group {
    readonly name?: string;
    readonly tags?: Readonly<Record<string, string>>;
    readonly managedBy?: string;
}

/** The groups that a stack makes. */
export function groupsOf({ name, platform, workload }: OnlyAzure): string[] {
    const due = dueGroups(workload.kind).map(({ role }) => groupName(name, role));
    const { backups, dns } = platform.azure;
    return [
        ...due,
        ...(dns.create === undefined ? [] : [zoneGroupName(name)]),
        ...(backups.restoreTest === "weekly" ? [`${name}-restore-trials`] : []),
    ];
}

/** Those, and the one that AKS makes for machines. */
const namesOf = (spec: OnlyAzure): string[] => [
    ...groupsOf(spec),
    ...(isHubs(spec) ? [`${spec.name}-nodes`] : []),
];

/**
 * Whether groups of those names stand already: what is in one that is not ours would be owned by our roles.
 *
 * @see https://learn.microsoft.com/rest/api/resources/resource-groups/list
 */
export const resourceGroupsCheck: AzureCheck = {
    id,
    title: "Resource groups",
    needs: "account",
    async run({ spec, caller: { arm } }) {
        const all = await arm.list<Group>(arm.inSubscription("/resourcegroups"), "2021-04-01");
        const byName = new Map(all.map((each) => [each.name?.toLowerCase(), each]));
        const found = namesOf(spec).flatMap((name): Finding[] => {
            const group = byName.get(name.toLowerCase());
            if (group === undefined) return [];
            const rename = "choose another steward:cluster.name, or empty and delete that group";
            const ours = isOurs(group.tags, spec.name) || isOfCluster(group, spec);
            return [standing(`${id}.${name}`, `the resource group ${name}`, ours, rename)];
        });
        if (found.length > 0) return found;
        return [{ id, status: "ok", message: `none is called ${namesOf(spec).join(", ")}` }];
    },
};

/** The group of machines belongs to the cluster that made it. */
const isOfCluster = ({ managedBy = "" }: Group, { name }: OnlyAzure): boolean =>
    managedBy.toLowerCase().endsWith(`/managedclusters/${name}`);
