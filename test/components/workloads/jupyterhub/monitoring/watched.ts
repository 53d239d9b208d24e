import { clusterWatch as aws } from "../../../../../components/platforms/aws/cluster-watch";
import { clusterWatch as azure } from "../../../../../components/platforms/azure/cluster-watch";
import { clusterWatch as vms } from "../../../../../components/platforms/vms/k3s/cluster-watch";
import type { ClusterSpec } from "../../../../../components/model/spec";
import { isHubs, parseSpec } from "../../../../../components/model/spec";
import { addTwoHubs } from "../../../../fixtures/three-hubs";
import { geolabConfig } from "../../../../support/stack-file";

/** What rules need to know of each platform: Fluent Bit runs on AWS alone. */
export const platforms = {
    aws: { watch: aws, logs: { hubs: {}, cluster: { name: "cloudwatch_logs" } } },
    azure: { watch: azure, logs: undefined },
    vms: { watch: vms, logs: undefined },
} as const;

type Section = Record<string, unknown>;

/**
 * Three hubs: on a disk, on EFS and RDS, and without homes; `staging` is watched by another party in the same role,
 * and its homes by the community itself.
 */
export function watchedSpec(change: (config: Section) => void = () => undefined): ClusterSpec {
    const config = geolabConfig();
    addTwoHubs(config["jupyterhub"]);
    const { hubs } = config["jupyterhub"] as { hubs: Section[] };
    config["parties"] = {
        ...(config["parties"] as Section),
        unavco: { name: "UNAVCO", contact: "hub@example.org" },
    };
    for (const hub of hubs) {
        if (hub["name"] === "staging") hub["roles"] = { "site-reliability-engineer": "unavco" };
    }
    change(config);
    const { spec, problems } = parseSpec(config);
    if (spec === undefined || !isHubs(spec)) throw new Error(JSON.stringify(problems));
    return spec;
}

/** The same without the last hub. */
export function withoutBinder(config: Section): void {
    (config["jupyterhub"] as { hubs: Section[] }).hubs.pop();
}
