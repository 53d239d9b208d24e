import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../rehearsal/project-root";
import { temporaryFolder } from "./engine/fakes";

const folder = temporaryFolder();

describe("projectRoot", () => {
    it("is the folder with Pulumi.yaml above the sources", () => {
        expect(existsSync(join(projectRoot(), "rehearsal", "engine", "module", "go.mod"))).toBe(
            true,
        );
    });

    it("is the nearest one upwards, however deep the start", () => {
        const deep = join(folder, "dist", "rehearsal", "engine");
        mkdirSync(deep, { recursive: true });
        writeFileSync(join(folder, "Pulumi.yaml"), "name: x\n");
        expect(projectRoot(deep)).toBe(folder);
    });

    it("says so when there is none", () => {
        expect(() => projectRoot("/proc")).toThrow(
            "/proc: no Pulumi.yaml here or in a folder above",
        );
    });
});
