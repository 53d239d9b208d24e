import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { projectRoot } from "../../rehearsal/project-root";
import { temporaryFolder } from "./steward";

jest.setTimeout(180_000);

const folder = temporaryFolder();

// What it does not prove: that Azure's own provider takes what it reads for inputs, as its source says.
it("a database that grew by itself is not sent the size of its first day with a change of its owner", async () => {
    const run = promisify(execFile);
    const cwd = projectRoot();
    await run(process.execPath, ["scripts/build.mjs"], { cwd });
    const { stdout } = await run(process.execPath, ["test/engine/azure-changing.mjs", folder], {
        cwd,
    });
    const { made, stale, code, read, again } = JSON.parse(
        stdout.trimEnd().split("\n").at(-1) ?? "",
    ) as Record<string, Record<string, unknown>>;
    const well = { succeeded: true, errors: [] };
    expect(made).toEqual({ ...well, sizeGiB: 32, owner: "2i2c" });
    expect(stale).toMatchObject({ succeeded: false, sizeGiB: 64, owner: "2i2c" });
    expect(JSON.stringify(stale?.["errors"])).toMatch(
        /storage\.storageSizeGB: 32 is less than 64; storage only grows/,
    );
    expect(code).toBe(0);
    expect(read).toEqual({ ...well, sizeGiB: 64, owner: "utoronto" });
    expect(again).toEqual(read);
});
