import { wordProblem } from "../../../../components/model/problem";
import { parseSpec } from "../../../../components/model/spec";
import type { MachineShares } from "../../../../components/model/spec/jupyterhub-profiles";
import { profileList } from "../../../../components/workloads/jupyterhub/profile-list";
import { geolabConfig } from "../../../support/stack-file";

interface Hub {
    profiles: { profile_options: Record<string, Record<string, unknown>> }[];
}

const option = "steward:jupyterhub.hubs[0].profiles[0].profile_options.resource_allocation";

/** What is wrong with the stack file once its choices are computed from these machines. */
function problemsOf(machines: unknown, over: Record<string, unknown> = {}): string[] {
    const config = geolabConfig();
    const { hubs } = config["jupyterhub"] as { hubs: [Hub] };
    const [profile] = hubs[0].profiles;
    Object.assign(profile?.profile_options["resource_allocation"] ?? {}, { machines, ...over });
    return parseSpec(config).problems.map(wordProblem);
}

describe("the list of profiles", () => {
    it("leaves alone what was written by hand", () => {
        const written = [
            { display_name: "Plain", slug: "plain", kubespawner_override: { mem_limit: "14G" } },
            {
                display_name: "Image",
                profile_options: {
                    image: { display_name: "Image", choices: { a: { display_name: "A" } } },
                },
            },
        ];

        expect(profileList(written)).toEqual([
            written[0],
            {
                display_name: "Image",
                profile_options: {
                    image: {
                        display_name: "Image",
                        choices: { a: { display_name: "A" } },
                        steward_order: ["a"],
                    },
                },
                steward_order: ["image"],
            },
        ]);
    });

    it("puts computed choices behind those written by hand, and says nothing of machines", () => {
        const machines: MachineShares[] = [{ type: "r5.xlarge", sharedBy: [2, 1] }];
        const choices = { tiny: { display_name: "Tiny" } };
        const [profile] = profileList([
            {
                display_name: "One",
                profile_options: { size: { display_name: "Size", choices, machines } },
            },
        ]);

        const size = profile?.profile_options?.["size"];
        expect(Object.keys(size ?? {})).toEqual(["display_name", "choices", "steward_order"]);
        expect(Object.keys(size?.choices ?? {})).toEqual(["tiny", "mem_15_gb", "mem_29_gb"]);
        expect(size?.steward_order).toEqual(["tiny", "mem_15_gb", "mem_29_gb"]);
    });
});

describe("the machines of a profile", () => {
    it("must be known", () => {
        expect(problemsOf([{ type: "c5.large", sharedBy: [1] }])).toEqual([
            `${option}.machines[0].type: Steward has no figures of c5.large; take one of: m5.large, m5.xlarge, r5.xlarge, r5.2xlarge, r5.4xlarge, r5.16xlarge, r7i.xlarge, r7i.4xlarge; or write \`choices\``,
        ]);
    });

    it("must be a node group's", () => {
        expect(problemsOf([{ type: "m5.large", sharedBy: [1] }])).toEqual([
            `${option}.machines[0].type: no node group has m5.large; add it to steward:aws.nodes.user.instanceTypes, or take: r5.xlarge, r5.4xlarge, r5.16xlarge`,
        ]);
    });

    it("must offer one amount of memory once", () => {
        const choices = { mem_15_gb: { display_name: "By hand" } };
        const machines = [
            { type: "r5.xlarge", sharedBy: [1, 2, 1] },
            { type: "r5.xlarge", sharedBy: [1, 4] },
        ];

        expect(problemsOf(machines, { choices })).toEqual([
            `${option}.machines[0]: mem_15_gb is the name of another choice; offer that much memory once`,
            `${option}.machines[0]: mem_29_gb is the name of another choice; offer that much memory once`,
            `${option}.machines[1]: mem_29_gb is the name of another choice; offer that much memory once`,
        ]);
    });

    it("are shared by a power of two", () => {
        expect(problemsOf([{ type: "r5.xlarge", sharedBy: [3] }])).toEqual([
            `${option}.machines[0].sharedBy[0]: 3 is not a choice; take one of: 1, 2, 4, 8, 16, 32`,
        ]);
        expect(problemsOf([{ type: "r5.xlarge", sharedBy: [] }])).toEqual([
            `${option}.machines[0].sharedBy: [] offers no share of the machine; write how many users share one`,
        ]);
    });
});
