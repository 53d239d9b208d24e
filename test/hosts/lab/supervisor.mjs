import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { joinGroup } from "./control-groups.mjs";
import { namespacePath } from "./network.mjs";
import { bridge, diskOf } from "./places.mjs";

/** What systemd-nspawn says when the host wants to start again. */
const startAgain = 133;

/**
 * Keeps one host running until it is switched off: a process of its own, in a mount namespace of its own. The
 * argument is the host's name. Ends with 0 after a power-off.
 */
function supervise(name) {
    // systemd-nspawn clears what an earlier run of this name left, and refuses where the folder is no tmpfs.
    const runtime = "/run/systemd/nspawn";
    mkdirSync(runtime, { recursive: true });
    spawnSync("mount", ["-t", "tmpfs", "tmpfs", runtime], { stdio: "inherit" });
    joinGroup(name);
    const machine = `${bridge}-${name}`;
    for (;;) {
        const { status } = spawnSync(
            "setpriv", // the host ends with its supervisor
            [
                ...["--pdeathsig", "KILL", "systemd-nspawn", "--quiet", "--boot"],
                ...["--directory", diskOf(name), "--machine", machine, "--hostname", name],
                // There need be no systemd on this machine.
                ...["--register=no", "--keep-unit", "--link-journal=no", "--console=pipe"],
                ...["--resolv-conf=off", "--timezone=off"],
                `--network-namespace-path=${namespacePath(name)}`,
                "--capability=CAP_NET_ADMIN,CAP_IPC_LOCK",
            ],
            {
                cwd: join(diskOf(name), ".."),
                env: { ...process.env, SYSTEMD_NSPAWN_API_VFS_WRITABLE: "network" },
                stdio: ["ignore", "inherit", "inherit"],
            },
        );
        if (status !== startAgain) process.exit(status ?? 1);
    }
}

supervise(process.argv[2]);
