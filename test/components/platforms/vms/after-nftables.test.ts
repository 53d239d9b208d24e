import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
    firewallService,
    rulesPath,
    standingFirewall,
} from "../../../../components/platforms/vms/firewall-service";
import {
    isolationCommand,
    isolationPaths,
    isolationUnit,
    standingIsolation,
} from "../../../../components/platforms/vms/response/isolation";
import { builtOnHosts, textIn, vmsSpec } from "./vms";

// What is left of Steward's tables when the distribution's own service has taken all away, with an nft that notes which
// files it was told to read. That systemd runs the lines so, test/hosts/ shows.

let root: string;

beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "steward-nftables-"));
    const play = (name: string, script: string) => {
        writeFileSync(join(root, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    };
    play("nft", `case $1 in flush) : >${root}/tables ;; *) echo "$2" >>${root}/tables ;; esac`);
    play(
        "systemctl",
        `[ "$*" = '--quiet is-active steward-firewall.service' ] && [ -e ${root}/on ]`,
    );
    play("id", "echo 0");
    play("steward-isolate", moved(isolationCommand).replace("#!/bin/sh\n", ""));
});

afterEach(() => {
    rmSync(root, { recursive: true, force: true });
});

const moved = (script: string) =>
    script
        .replaceAll(isolationPaths.cut, join(root, "isolated"))
        .replaceAll(isolationPaths.command, join(root, "steward-isolate"))
        .replace(" PATH=", ` PATH=${root}:`);

/** The files that are in force once all was flushed, and what stands under a key was done. */
function left(key: string): string[] {
    writeFileSync(join(root, "tables"), "");
    const files = [standingFirewall, standingIsolation];
    for (const { content } of files) {
        const [, command = ""] = new RegExp(`^${key}=-(.*)$`, "m").exec(content) ?? [];
        const env = { PATH: `${root}:/usr/bin:/bin` };
        const { stderr } = spawnSync("sh", ["-c", moved(command)], { env, encoding: "utf8" });
        expect([command === "", stderr]).toEqual([false, ""]);
    }
    return readFileSync(join(root, "tables"), "utf8").trim().split("\n");
}

describe.each(["ExecStartPost", "ExecReload", "ExecStopPost"])("after %s", (key) => {
    it("has a firewall that is in force stand again, and a host that is cut off stay so", () => {
        writeFileSync(join(root, "on"), "");
        expect(left(key)).toEqual([rulesPath]);
        writeFileSync(join(root, "isolated"), "");
        expect(left(key)).toEqual([rulesPath, isolationPaths.rules]);
    });

    it("has nothing stand again that somebody stopped", () => {
        expect(left(key)).toEqual([""]);
    });
});

it("lies beside the distribution's service, before which nothing of ours starts", () => {
    for (const { path } of [standingFirewall, standingIsolation]) {
        expect(path).toMatch(/^\/etc\/systemd\/system\/nftables\.service\.d\/[a-z-]+\.conf$/);
    }
    for (const unit of [firewallService.content, isolationUnit]) {
        expect(unit).toMatch(/^After=.* nftables\.service$/m);
    }
});

it("has changed rules taken into use without a moment in which there are none", async () => {
    const built = await builtOnHosts(vmsSpec());
    const kept = built.filter(({ name }) => /^network-.*-firewall-(confirm|sure)$/.test(name));
    expect(kept.length).toBeGreaterThan(0);
    for (const { inputs } of kept) {
        const verbs = textIn(inputs, "create").match(/systemctl \S+ steward-firewall.service/g);
        expect(verbs).toEqual(["systemctl reload-or-restart steward-firewall.service"]);
    }
});
