import { parseSpec } from "../../../../components/model/spec";
import { geolabConfig } from "../../../support/stack-file";

interface Hub {
    name: string;
    domain: string;
    homes: { sizeGiB: number; quotaGiB: number };
    scratch?: { bucket: string; deleteAfterDays: number };
    profiles: Record<string, unknown>[];
}

/** What is wrong with the transcribed stack file once `change` was made to its hub. */
function problemsOf(change: (hub: Hub, hubs: Hub[]) => unknown): string[] {
    const config = geolabConfig();
    const { hubs } = config["jupyterhub"] as { hubs: [Hub, ...Hub[]] };
    change(hubs[0], hubs);
    return parseSpec(config).problems.map(({ path, message }) => `${path}: ${message}`);
}

const first = "steward:jupyterhub.hubs[0]";
const second = "steward:jupyterhub.hubs[1]";

describe("a hub", () => {
    it("shares neither name nor domain nor bucket with another", () => {
        const twins = (hub: Hub, hubs: Hub[]) => hubs.push({ ...hub });
        expect(problemsOf(twins)).toEqual([
            `${second}.name: prod is taken by another hub`,
            `${second}.domain: geolab.earthscope.cloud is taken by another hub`,
            `${second}.scratch.bucket: earthscope-scratch is taken by another bucket of this stack`,
        ]);
    });

    it("may do without a bucket, as another does", () => {
        const bare = (hub: Hub, hubs: Hub[]) => {
            Reflect.deleteProperty(hub, "scratch");
            hubs.push({ ...hub, name: "staging", domain: "staging.geolab.earthscope.cloud" });
        };
        expect(problemsOf(bare)).toEqual([]);
    });

    it.each(["default", "kube-system", "kube-public", "kube-node-lease"])(
        "is not called %s",
        (name) => {
            expect(problemsOf((hub) => (hub.name = name))).toContain(
                `${first}.name: ${name} is a namespace of Kubernetes itself`,
            );
        },
    );

    it.each(["monitoring", "node-agents"])("is not called %s", (name) => {
        expect(problemsOf((hub) => (hub.name = name))).toContain(
            `${first}.name: ${name} is the namespace of what watches all hubs`,
        );
    });

    it("gives no user more than the whole volume", () => {
        const quota = (quotaGiB: number) => problemsOf(({ homes }) => (homes.quotaGiB = quotaGiB));
        expect(quota(4097)).toEqual([
            `${first}.homes.quotaGiB: one user may store more than the whole volume holds`,
        ]);
        expect(quota(4096)).toEqual([]);
    });
});

describe("a choice of machines", () => {
    const on = (type: string) => ({
        kubespawner_override: { node_selector: { "node.kubernetes.io/instance-type": type } },
    });

    it("is one that a node group has", () => {
        const choices = { small: { display_name: "Small", ...on("m5.large") } };
        const profiles = [
            { display_name: "One", ...on("c5.large") },
            {
                display_name: "Two",
                ...on("r5.xlarge"),
                profile_options: { size: { display_name: "Size", choices } },
            },
        ];
        expect(problemsOf((hub) => (hub.profiles = profiles))).toEqual([
            `${first}.profiles[0].kubespawner_override.node_selector: no node group has c5.large`,
            `${first}.profiles[1].profile_options.size.choices.small.kubespawner_override.node_selector: ` +
                "no node group has m5.large",
        ]);
    });
});
