import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installSteps } from "../../../../../components/platforms/vms/k3s/install";
import { campus, specOf } from "./cluster";

// What is left of k3s when it is undone, with others in the place of systemd and of the installer's own script. That the
// real one ends every pod is not shown.

const { k3s } = specOf(campus()).platform.vms;

let root: string;

beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "steward-k3s-"));
    for (const folder of ["bin", "units", "tools"]) mkdirSync(join(root, folder));
});

afterEach(() => {
    rmSync(root, { recursive: true, force: true });
});

it("takes everything of k3s off, also where its own script ends badly, and leaves what is somebody else's", () => {
    const program = (path: string, code: number) => {
        writeFileSync(join(root, path), `#!/bin/sh\nexit ${String(code)}\n`, { mode: 0o755 });
    };
    for (const name of ["k3s", "k3s-uninstall.sh", "crictl"]) program(`bin/${name}`, 0);
    program("bin/k3s-killall.sh", 1);
    program("tools/systemctl", 0);
    for (const name of ["kubectl", "ctr"]) symlinkSync("k3s", join(root, "bin", name));
    for (const unit of ["k3s.service", "k3s.service.env", "other.service"]) {
        writeFileSync(join(root, "units", unit), "");
    }
    const script = installSteps({ kind: "server", layer: "control-plane", k3s })
        .undo.replaceAll("/var/lib/steward/noted", join(root, "noted"))
        .replaceAll("/usr/local/bin", join(root, "bin"))
        .replaceAll("/etc/systemd/system", join(root, "units"));
    const env = { PATH: `${join(root, "tools")}:/usr/bin:/bin` };
    const { status } = spawnSync("sh", ["-eu"], { input: script, env });
    expect(status).toBe(0);
    expect(readdirSync(join(root, "bin"))).toEqual(["crictl"]);
    expect(readdirSync(join(root, "units"))).toEqual(["other.service"]);
});
