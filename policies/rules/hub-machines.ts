import { hubLabel, purposeTag, sharedPurpose } from "../../components/model/machines";
import { valuesAt } from "../../components/model/carriers/spawn-points";
import { ownerKeys } from "../../components/model/tags";
import { placeOf } from "../place";
import { isPlain, textOf } from "../plain";
import type { Finding, ResourceRule } from "../rule";

const group = "aws:eks/nodeGroup:NodeGroup";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const pool = "azure-native:containerservice:AgentPool";
const ownPools = "azure-native:containerservice:ManagedCluster";

/** The tags that the resource itself or what it starts is booked by, each with where it stands. */
const tagged: Readonly<Record<string, readonly (readonly string[])[]>> = {
    [group]: [["tags"]],
    [template]: [["tags"], ["tagSpecifications", "[]", "tags"]],
    [pool]: [["tags"]],
    [ownPools]: [["agentPoolProfiles", "[]", "tags"]],
};

/** Where the nodes that it starts are told which hub they serve. */
const labelled: Readonly<Record<string, readonly string[]>> = {
    [group]: ["labels", hubLabel],
    [pool]: ["nodeLabels", hubLabel],
};

/** The machines of one hub are booked to it, and never to everybody. */
export const hubMachines: ResourceRule = {
    id: "OWN7",
    name: "hub-machines",
    why: "A machine that names no hub is paid for by all, and nobody sees which hub grows.",
    fix: `Tag it and all it starts with \`${purposeTag}\` and, unless that is ${sharedPurpose}, with the \`${ownerKeys.hub}\`.`,
    level: "mandatory",
    appliesTo: (type) => Object.hasOwn(tagged, type),
    check(resource, { inventory }) {
        const { urn, type, inputs } = resource;
        const matrix = inventory.matrix();
        if (matrix?.workload !== "jupyterhub") return [];
        const place = placeOf(inventory.ownerOf(resource));
        const hubs = new Set<string | undefined>();
        const wrong = (tagged[type] ?? []).flatMap((path) =>
            valuesAt(inputs, path).flatMap((found): string[] => {
                const tags = isPlain(found) ? found : {};
                const purpose = textOf(tags[purposeTag]);
                const hub = textOf(tags[ownerKeys.hub]);
                hubs.add(hub);
                const where = path.filter((step) => step !== "[]").join(".");
                if (purpose === undefined) return [`${where} have no ${purposeTag}`];
                if (purpose === sharedPurpose || matrix.hubs.includes(hub ?? "")) return [];
                return [`${where} of machines for ${purpose} name ${hub ?? "no hub"}`];
            }),
        );
        const label = labelled[type];
        if (label !== undefined) hubs.add(textOf(valuesAt(inputs, label)[0]));
        if (wrong.length === 0 && hubs.size > 1) {
            const names = [...hubs].map((hub) => hub ?? "no hub").join(" and ");
            wrong.push(`tags and labels name ${names}`);
        }
        return [...new Set(wrong)].map((what): Finding => {
            return { urn, ...place, message: `${type}: ${what}`, fix: hubMachines.fix };
        });
    },
};
