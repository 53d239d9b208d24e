import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Ledger } from "../../../rehearsal/provider/ledger";
import { Seal } from "../../../rehearsal/provider/seal";
import { needsRecovery, noteRetained, sweepAccount } from "../../../rehearsal/recovery";
import { projectName, StateFolder } from "../../../rehearsal/state-folder";

let folder: StateFolder;

beforeEach(() => {
    folder = new StateFolder(mkdtempSync(join(tmpdir(), "steward-test-")), "hub");
});

afterEach(() => {
    rmSync(folder.root, { recursive: true });
});

const write = (file: string, content: unknown) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
};

const lock = (name: string, content: unknown) => {
    const locks = join(folder.root, "state/.pulumi/locks/organization", projectName, "hub");
    write(join(locks, name), content);
};

const state = (resources: unknown[], pending: unknown[] = []) => {
    const latest = { resources, pending_operations: pending };
    write(folder.stateFile, { checkpoint: { latest } });
};

async function deadPid(): Promise<number> {
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    return child.pid ?? 0;
}

describe("needsRecovery", () => {
    it("is false where nothing was left", () => {
        state([]);
        expect(needsRecovery(folder)).toBe(false);
    });

    it("takes the lock of a dead engine, with the attributes beside it, for a killed run", async () => {
        lock("a.json", { pid: await deadPid() });
        lock("a.json.attrs", { md5: "x" });
        expect(needsRecovery(folder)).toBe(true);
    });

    it("takes a lock that is not whole for a killed run", () => {
        lock("a.json", '{"pid":');
        expect(needsRecovery(folder)).toBe(true);
    });

    it("takes a later process of the engine's number for no engine", () => {
        if (process.platform !== "linux") return;
        lock("a.json", { pid: process.pid });
        expect(needsRecovery(folder)).toBe(true);
    });

    it("finds what was begun", () => {
        state([], [{ type: "creating" }]);
        expect(needsRecovery(folder)).toBe(true);
    });
});

describe("sweepAccount", () => {
    const type = "aws:kms/key:Key";
    const at = (id: string, stack = "hub") => ({
        type,
        id,
        urn: `urn:pulumi:${stack}::steward::${type}::${id}`,
    });
    const open = () => new Ledger(folder.accountFile, new Seal(folder.passphrase()));
    const left = () =>
        open()
            .all()
            .map(({ id }) => id)
            .sort();

    it("takes out what the state does not know, and neither what is another stack's nor retained", () => {
        const ledger = open();
        for (const each of [at("known"), at("retained"), at("orphan"), at("other", "lab")]) {
            ledger.put({ ...each, inputs: {}, outputs: {} });
        }
        state([at("known"), { ...at("retained"), retainOnDelete: true }]);
        noteRetained(folder);
        state([at("known")]);
        expect(sweepAccount(folder)).toBe(1);
        expect(left()).toEqual(["known", "other", "retained"]);
        expect(sweepAccount(folder)).toBe(0);
    });
});
