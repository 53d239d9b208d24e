import { findLayer } from "../../components/model/layers";
import type { PlatformName, Workload } from "../../components/model/roles";
import type { Cover } from "../coverage";
import type { ReportLayer } from "./layers";
import type { Report, ReportCarrier, ReportResource } from "./report";
import type { RoleView } from "./roles";

export const workloadWords: Readonly<Record<Workload, string>> = {
    commcare: "CommCare",
    jupyterhub: "JupyterHub",
};

export const platformWords: Readonly<Record<PlatformName, string>> = {
    aws: "AWS",
    azure: "Azure",
    vms: "virtual machines",
};

/** How a resource shows its owner: a name, and what it means for who looks at the resource itself. */
export const coverWords: Readonly<
    Record<Cover, { readonly name: string; readonly means: string }>
> = {
    tag: {
        name: "Tag",
        means: "The owner stands in its tags in the cloud console and on the bill.",
    },
    label: { name: "Label", means: "The owner stands in its labels in Kubernetes." },
    file: { name: "File", means: "The owner stands in a file on the machine." },
    layer: {
        name: "Layer",
        means: "It cannot carry an owner; the layer that made it says who it is.",
    },
    container: {
        name: "Container",
        means: "It cannot carry an owner; what it is part of carries the same one, on Azure its resource group.",
    },
    uncovered: { name: "No owner", means: "Nothing on it or around it says who answers for it." },
};

export const covers = Object.keys(coverWords) as readonly Cover[];

/** `1 resource`, `2 resources`. */
export function count(number: number, one: string, several = `${one}s`): string {
    return `${number} ${number === 1 ? one : several}`;
}

/** Layers that nobody answers for. */
export function unowned(report: Report): ReportLayer[] {
    return report.layers.filter(({ gap }) => gap !== undefined);
}

/** What a reader wants to know first, in two sentences. */
export function verdict(report: Report): { readonly good: boolean; readonly words: string } {
    const without = unowned(report).length;
    const total = report.layers.length;
    const { uncovered } = report.coverage;
    const layers =
        without === 0
            ? "Every layer has an owner."
            : `${without} of ${count(total, "layer")} ${without === 1 ? "has" : "have"} no owner.`;
    const resources =
        uncovered === 0
            ? allShow(report.coverage.total)
            : ` ${uncovered} of ${count(report.coverage.total, "resource")} ` +
              `${uncovered === 1 ? "shows" : "show"} no owner.`;
    return { good: without === 0 && uncovered === 0, words: layers + resources };
}

function allShow(total: number): string {
    return total < 2 ? "" : ` All ${total} resources show theirs.`;
}

/** The cluster in words: `JupyterHub on AWS, production`. */
export function clusterWords({ workload, platform, environment }: Report): string {
    return `${workloadWords[workload]} on ${platformWords[platform]}, ${environment}`;
}

/** `22 November 2026, 16:29 UTC`. */
export function moment(iso: string): string {
    const day = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
    const date = new Date(iso);
    return `${date.toLocaleDateString("en-GB", day)}, ${date.toISOString().slice(11, 16)} UTC`;
}

/** The party of a view as people know it. */
export function whoOf({ role, party, partyName }: RoleView): string {
    if (partyName === null) return role === null ? "Nobody" : "Nobody fills this role";
    return party === null ? "Nobody" : partyName;
}

/** What stands in the place of a count. */
export function heldWords({ duty, resources, carried }: ReportLayer): string {
    if (duty) return "duty";
    return carried === undefined ? String(resources) : `${resources} + ${carried} carried`;
}

/** What a role answers for in part. */
export function carriedCount({ carried }: RoleView): string {
    return `${count(carried.length, "resource")} carried besides, each counted under its own layer`;
}

/** What that means, where a layer does; empty where none does. */
export function carriedMeans({ layers }: Report): string {
    return layers.some(({ carried }) => carried !== undefined)
        ? "Carried are machines and disks of other layers, which count them."
        : "";
}

/** The layer that counts a resource, as people call it; a report of one role may have no row for it. */
export function ownLayerWords({ layer, scope }: ReportResource, { workload }: Report): string {
    if (layer === null) return "none";
    const title = findLayer(workload, layer)?.title ?? layer;
    return placeWords(scope === undefined ? { title } : { title, scope });
}

/** The layer as people call it, with the hub where each hub has its own. */
export function placeWords({ title, scope }: Pick<ReportLayer, "title" | "scope">): string {
    return scope === undefined ? title : `${title} (${scope})`;
}

/** What the stack file decides of a type, module or package, to follow its name. */
export function carrierWords({ carrier }: ReportCarrier): string {
    const what = carrier === "none" ? "no owner of its own" : `its owner as ${carrier}`;
    return `carries ${what}, by the stack file`;
}

/** How many resources it is said of. */
export function reliesWords({ resources }: ReportCarrier): string {
    return resources === 0
        ? "no resource is of that kind"
        : `said of ${count(resources, "resource")}`;
}
