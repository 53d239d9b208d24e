import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { grammarOf } from "../../../../rehearsal/azure/published";
import { projectRoot } from "../../../../rehearsal/project-root";

/** Types of docs/platforms.md: what a rehearsal of the stack files on Azure has made. */
function typesInUse(): readonly string[] {
    const table = readFileSync(join(projectRoot(), "docs/platforms.md"), "utf8");
    return [...new Set(table.match(/azure-native:\w+:\w+/g))].sort();
}

const sdk = dirname(require.resolve("@pulumi/azure-native/package.json"));

/** What the SDK says of a type, such as containerregistry:Registry: the newest version of its API that is no preview. */
function newestStable(short: string): string | undefined {
    const [module = "", kind = ""] = short.split(":");
    const file = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}.d.ts`;
    const text = readFileSync(join(sdk, module, file), "utf8");
    const [, others = ""] = /Other available API versions: (.*)\. These can be/.exec(text) ?? [];
    return others
        .split(", ")
        .filter((version) => /^\d{4}-\d{2}-\d{2}$/.test(version))
        .sort()
        .at(-1);
}

/**
 * Types that the SDK asks for by a preview of their API, and the newest version beside it that is none: to be had only as
 * an SDK of one's own, which `pulumi package add` writes with the plugin at hand and npm has not. So the default stays.
 *
 * @see https://www.pulumi.com/registry/packages/azure-native/version-guide/
 */
const previews: readonly (readonly [string, string, string | undefined])[] = [
    ["containerregistry:Registry", "2023-01-01-preview", "2025-11-01"],
    ["containerregistry:Task", "2019-06-01-preview", undefined],
    ["dns:RecordSet", "2023-07-01-preview", "2018-05-01"],
    ["dns:Zone", "2023-07-01-preview", "2018-05-01"],
    ["maintenance:ConfigurationAssignmentsForSubscription", "2023-10-01-preview", "2023-04-01"],
    ["maintenance:MaintenanceConfiguration", "2023-10-01-preview", "2023-04-01"],
    ["monitor:ActionGroup", "2024-10-01-preview", "2022-06-01"],
    ["monitor:DiagnosticSetting", "2021-05-01-preview", undefined],
    ["monitor:ScheduledQueryRule", "2025-01-01-preview", "2026-03-01"],
];

describe("the versions of Azure's APIs", () => {
    it("are stable but for these, and these could be had stable only from an SDK of our own", () => {
        const found = typesInUse()
            .map((type) => [type.replace("azure-native:", ""), grammarOf(type).apiVersion] as const)
            .filter(([, version]) => version.endsWith("-preview"))
            .map(([short, version]) => [short, version, newestStable(short)]);
        expect(found).toEqual(previews);
    });

    it("are one for each type: the package has no folder of another", () => {
        for (const module of new Set(previews.map(([short]) => short.split(":")[0] ?? ""))) {
            const folders = readdirSync(join(sdk, module), { withFileTypes: true })
                .filter((each) => each.isDirectory())
                .map(({ name }) => name);
            expect([module, folders]).toEqual([module, []]);
        }
    });
});
