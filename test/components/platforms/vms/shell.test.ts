import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { receive } from "../../../../components/platforms/vms/remote-file";
import { asRoot, quote } from "../../../../components/platforms/vms/shell";

const run = (command: string, input = "") => {
    const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
        input,
        encoding: "utf8",
    });
    return { status, stdout, stderr };
};

it("quotes any text as one word", () => {
    const text = 'it\'s "$HOME" `id`\n\\ end';
    expect(run(`printf %s ${quote(text)}`).stdout).toBe(text);
});

it("runs a script with its input, and ends as it ends", () => {
    const input = "a line\nanother, without an end";
    expect(run(asRoot("root", "cat"), input)).toEqual({ status: 0, stdout: input, stderr: "" });
    const failed = run(asRoot("root", "echo said; exit 3"));
    expect(failed).toMatchObject({ status: 3, stdout: "said\n" });
    expect(failed.stderr).not.toMatch(/awk|df:/); // what it says of disks that are full
});

it("stops a script at the first command that fails, and at a name that nothing is set to", () => {
    const script = "trap 'echo cleared' EXIT\nfalse\necho went on";
    expect(run(asRoot("root", script))).toMatchObject({ status: 1, stdout: "cleared\n" });
    expect(run(asRoot("root", 'echo "$none"; echo went on')).stdout).toBe("");
});

it("comes in as whoever may sudo without being asked", () => {
    expect(asRoot("ubuntu", "true")).toMatch(/^sudo -n sh -c '/);
});

describe("a file that is received", () => {
    const folder = mkdtempSync(join(tmpdir(), "steward-receive-"));
    const path = join(folder, "settings");
    const put = `${receive(path)}\nmv "$new" "$path"`;
    afterAll(() => {
        rmSync(folder, { recursive: true });
    });

    it("is there whole or not at all", () => {
        expect(run(asRoot("root", put), "9\nnot nine").stderr).toContain("did not arrive whole");
        expect(readdirSync(folder)).toEqual([]);
    });

    it("clears away what an earlier run left that was cut short, and nobody else's", () => {
        for (const name of [".steward.settings.a1B2c3", ".steward.other.a1B2c3"]) {
            writeFileSync(join(folder, name), "half");
        }
        expect(run(asRoot("root", put), "3\nabc").status).toBe(0);
        expect(readdirSync(folder).sort()).toEqual([".steward.other.a1B2c3", "settings"]);
    });

    it("leaves nothing when nobody listens any more", () => {
        const told = `${receive(path)}\necho one; sleep 0.2; echo two; sleep 0.2; echo three`;
        run(`printf '1\\nx' | ${asRoot("root", told)} | head -n 1`);
        run("sleep 0.6");
        expect(readdirSync(folder).filter((name) => name.includes("settings."))).toEqual([]);
    });
});
