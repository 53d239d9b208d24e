import { spawnSync } from "node:child_process";
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
    expect(run(asRoot("root", "echo said; exit 3"))).toMatchObject({ status: 3, stdout: "said\n" });
});

it("stops a script at the first command that fails, and at a name that nothing is set to", () => {
    const script = "trap 'echo cleared' EXIT\nfalse\necho went on";
    expect(run(asRoot("root", script))).toMatchObject({ status: 1, stdout: "cleared\n" });
    expect(run(asRoot("root", 'echo "$none"; echo went on')).stdout).toBe("");
});

it("comes in as whoever may sudo without being asked", () => {
    expect(asRoot("ubuntu", "true")).toMatch(/^sudo -n sh -c '/);
});
