import { defaultRole, isDuty, layers, layersOf } from "../../../components/model/layers";
import type { Layer } from "../../../components/model/layers";
import type { ResponsibilityId } from "../../../components/model/responsibilities";
import { responsibilities } from "../../../components/model/responsibilities";
import { bundles, platformNames, roles, workloads } from "../../../components/model/roles";
import { slugPattern } from "../../../components/model/tags";

const all = workloads.flatMap((workload) =>
    Object.entries<Layer>(layers[workload]).map(
        ([slug, layer]) => [workload, slug, layer] as const,
    ),
);

describe("the book", () => {
    it("holds the 16 duties of the CommCare document and the 18 of the JupyterHub document", () => {
        const count = (workload: string, role?: string) =>
            Object.values(responsibilities).filter(
                (each) =>
                    each.workload === workload &&
                    (role === undefined || each.roles.some((name) => name === role)),
            ).length;
        expect([count("commcare"), count("jupyterhub")]).toEqual([16, 18]);
        expect(
            Object.keys(roles)
                .map((role) => count("commcare", role))
                .slice(0, 4),
        ).toEqual([2, 5, 6, 3]);
        expect(count("jupyterhub", "site-reliability-engineer")).toBe(5);
        expect(count("jupyterhub", "community-guide")).toBe(5);
        expect(count("jupyterhub", "community-representative")).toBe(5);
        expect(
            Object.values(responsibilities).filter((each) => each.roles.length === 0),
        ).toHaveLength(3);
    });

    it("says each duty once, with its source", () => {
        const duties = Object.values(responsibilities);
        expect(new Set(duties.map(({ duty }) => duty)).size).toBe(34);
        for (const { source } of duties) {
            expect(source.document).toMatch(/^https:\/\/\S+$/);
            expect(source.section).toMatch(/\S/);
        }
    });

    it("has eight roles and one bundle of two", () => {
        expect(Object.keys(roles)).toHaveLength(8);
        expect(bundles["managed-services-provider"].roles).toEqual([
            "cluster-management",
            "operations-engineer",
        ]);
    });

    it("discharges every responsibility by at least one layer of its own workload", () => {
        const undischarged = Object.entries(responsibilities).filter(
            ([id, { workload }]) =>
                !all.some(
                    ([owner, , layer]) =>
                        owner === workload && layer.discharges.includes(id as ResponsibilityId),
                ),
        );
        expect(undischarged.map(([id]) => id)).toEqual([]);
    });

    it("discharges every responsibility on every platform", () => {
        for (const platform of platformNames) {
            const discharged = workloads.flatMap((workload) =>
                layersOf(workload, platform).flatMap(([, layer]) => layer.discharges),
            );
            expect(new Set(discharged).size).toBe(34);
        }
    });

    /** Where the documents are silent: hosting and network, by the rule that layers.ts states. */
    const silent = ["network", "hosting"];

    it.each(all.filter(([, slug]) => !silent.includes(slug)))(
        "gives %s/%s to a role that the document allows for each of its duties",
        (workload, _, layer) => {
            for (const platform of layer.platforms) {
                const role = defaultRole(layer, platform);
                for (const id of layer.discharges) {
                    const allowed = responsibilities[id].roles;
                    if (role === null) expect(allowed).toEqual([]);
                    else expect([id, allowed]).toEqual([id, expect.arrayContaining([role])]);
                }
            }
            for (const id of layer.discharges) expect(responsibilities[id].workload).toBe(workload);
        },
    );

    it("gives hosting and network to the infrastructure provider on bare machines", () => {
        const given = workloads.flatMap((workload) =>
            layersOf(workload, "vms")
                .filter(([slug]) => silent.includes(slug))
                .map(([slug, layer]) => [workload, slug, defaultRole(layer, "vms")]),
        );
        expect(given).toEqual([
            ["commcare", "hosting", "infrastructure-provider"],
            ["commcare", "network", "infrastructure-provider"],
            ["jupyterhub", "hosting", "infrastructure-provider"],
            ["jupyterhub", "network", "infrastructure-provider"],
        ]);
    });

    it("keeps duties without resources as layers of their own", () => {
        const duties = (workload: (typeof workloads)[number]) =>
            all
                .filter(([owner, , layer]) => owner === workload && isDuty(layer))
                .map(([, slug]) => slug);
        expect(duties("commcare")).toEqual([
            "hardware-support",
            "sizing",
            "software-updates",
            "data-migrations",
            "app-configuration",
            "maintenance-tools",
            "end-user-support",
        ]);
        expect(duties("jupyterhub")).toEqual([
            "incident-response",
            "budget-decisions",
            "docs-training",
            "support-channel",
            "workshops",
            "success-definition",
            "community",
            "representation",
            "infra-roadmap",
            "domain-software",
            "interactive-software",
            "open-source",
        ]);
    });

    it("names every layer and role by a slug that a tag and a label take", () => {
        for (const slug of [...all.map(([, name]) => name), ...Object.keys(roles)]) {
            expect(slug).toMatch(slugPattern);
        }
    });
});
