import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StateFolder } from "../../rehearsal/state-folder";

let root: string;

beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "steward-test-"));
});

afterEach(() => {
    rmSync(root, { recursive: true });
});

describe("the engine's home", () => {
    it("leaves it no folder for debug logs, whatever earlier runs kept there", () => {
        const logs = join(root, "home", "logs");
        mkdirSync(logs, { recursive: true });
        writeFileSync(join(logs, "pulumi.log"), "log");

        const folder = new StateFolder(root, "hub");
        expect(folder.home()).toBe(join(root, "home"));
        expect(statSync(logs).isFile()).toBe(true);
        const kept = readFileSync(logs, "utf8");

        folder.home();
        expect(readFileSync(logs, "utf8")).toBe(kept);
    });
});
