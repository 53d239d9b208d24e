import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { costsUnits } from "../../../stacks/commands/run-costs-units";
import { hubMatrix } from "../../support/matrix";
import { beginning, layerOf, resourceAt } from "../../support/stack";

const folder = mkdtempSync(join(tmpdir(), "steward-units-"));
afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
});

const matrix = hubMatrix({ platform: "azure" });
const network = layerOf("network", undefined, matrix);

/** Runs the command on a cluster on Azure whose network holds a resource of the type. */
function run(type: string, format: "text" | "json" = "text") {
    const made = resourceAt(network.urn, type, {}, { urn: "made" });
    const state = join(folder, "state.json");
    const resources = [...beginning(matrix), network, made];
    writeFileSync(state, JSON.stringify({ version: 3, deployment: { resources } }));
    const said = { written: "", told: "" };
    const into = (side: keyof typeof said) => (text: unknown) => {
        said[side] += String(text);
        return true;
    };
    jest.spyOn(process.stdout, "write").mockImplementation(into("written"));
    jest.spyOn(process.stderr, "write").mockImplementation(into("told"));
    const code = costsUnits("jupyterhub-azure", { state, format });
    jest.restoreAllMocks();
    return { code, ...said };
}

const gateway = "azure-native:network:NatGateway";

describe("costs units", () => {
    it("writes the units of a stack on Azure, and whose prices they have", () => {
        const { code, written, told } = run(gateway);
        expect([code, told]).toEqual([0, ""]);
        expect(written).toMatch(/^network .* NAT gateway +1 +hour, and GB through it$/m);
        expect(written).toContain("Prices are Azure's");
        expect(JSON.parse(run(gateway, "json").written)).toMatchObject({ platform: "azure" });
    });

    it("ends with 1 where it does not know the units of a type, and names it", () => {
        const { code, told } = run("azure-native:quantum:Workspace");
        expect(code).toBe(1);
        expect(told).toMatch(/^azure-native:quantum:Workspace: 1 whose units are not known; /);
    });
});
