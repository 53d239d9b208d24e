import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "@pulumi/azure-native/package.json";
import { grammarProblems } from "../../../rehearsal/azure/grammar";
import { grammarOf, published } from "../../../rehearsal/azure/published";
import { projectRoot } from "../../../rehearsal/project-root";
import type { Props } from "../../../rehearsal/provider/values";
import { Unknown } from "../../../rehearsal/provider/values";

const said = (type: string, inputs: Props) =>
    grammarProblems(`azure-native:${type}`, inputs).map(
        ({ property, reason }) => `${property}: ${reason}`,
    );
const network = { resourceGroupName: "a", addressSpace: { addressPrefixes: ["10.0.0.0/16"] } };

describe("what the SDK declares", () => {
    it("is what scripts/scan-azure-types.mjs writes", () => {
        const script = join(projectRoot(), "scripts", "scan-azure-types.mjs");
        const fresh = execFileSync(process.execPath, [script, "--print"], {
            encoding: "utf8",
            maxBuffer: 64 * 2 ** 20,
        });
        const kept = join(projectRoot(), "rehearsal", "azure", "grammar.generated.json");
        expect(readFileSync(kept, "utf8") === fresh).toBe(true);
        expect(published().version).toBe(version);
    });

    it("has a version of the API for every type", () => {
        const { types } = published();
        const without = Object.keys(types).filter((type) => grammarOf(type).apiVersion === "");
        expect(without).toEqual([]);
    });

    it("says nothing of a type that was not extracted", () => {
        expect(() => grammarOf("azure-native:web:WebApp")).toThrow(
            "azure-native:web:WebApp: not extracted; run node scripts/scan-azure-types.mjs.",
        );
    });
});

describe("arguments", () => {
    it.each<[string, Props, string[]]>([
        ["network:VirtualNetwork", network, []],
        ["network:VirtualNetwork", { ...network, addressSpace: Unknown }, []],
        ["network:VirtualNetwork", { ...network, azureApiVersion: "2024-05-01" }, []],
        ["network:VirtualNetwork", { ...network, tags: { a: Unknown } }, []],
        ["network:VirtualNetwork", { ...network, tags: { a: 1 } }, ["tags.a: is not a string"]],
        ["network:VirtualNetwork", { ...network, tags: ["a"] }, ["tags: is not a map"]],
        [
            "network:VirtualNetwork",
            { ...network, subnets: [{ name: "a", size: 24 }] },
            ["subnets[0].size: is no argument of this type"],
        ],
        ["network:VirtualNetwork", { ...network, subnets: {} }, ["subnets: is not a list"]],
        [
            "network:VirtualNetwork",
            { ...network, enableDdosProtection: "true" },
            ["enableDdosProtection: is not a boolean"],
        ],
        [
            "network:VirtualNetwork",
            { addressSpace: {} },
            ["resourceGroupName: is required and not given"],
        ],
    ])("%s with %j", (type, inputs, problems) => {
        expect(said(type, inputs)).toEqual(problems);
    });

    it("hold a block that may be one of several against the one whose kind it names", () => {
        const policy = (rule: Props) => ({
            resourceGroupName: "a",
            vaultName: "b",
            properties: { objectType: "BackupPolicy", datasourceTypes: ["a"], policyRules: [rule] },
        });
        const backup = { objectType: "AzureBackupRule", name: "daily" };
        expect(said("dataprotection:BackupPolicy", policy(backup))).toEqual([
            "properties.policyRules[0].dataStore: is required and not given",
            "properties.policyRules[0].trigger: is required and not given",
        ]);
        const [none] = said("dataprotection:BackupPolicy", policy({ objectType: "Rule" }));
        expect(none).toMatch(
            /^properties\.policyRules\[0\]: is none of dataprotection\.AzureBackup/,
        );
    });
});
