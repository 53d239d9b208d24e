import { executablesOnPath } from "../../../../rehearsal/engine/executable";
import type { MachineCheck } from "../check";

const id = "session-manager";
const guide =
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html";

/** `aws ssm start-session` runs a program of its own, which the command line does not bring along. */
export const sessionManagerCheck: MachineCheck = {
    id,
    title: "Session Manager plugin",
    needs: "nothing",
    run({ env }) {
        const [path] = executablesOnPath("session-manager-plugin", env);
        if (path !== undefined) return Promise.resolve([{ id, status: "ok", message: path }]);
        const message =
            "session-manager-plugin is not on PATH: `up` needs none, and nobody signs in to the control machine without one";
        return Promise.resolve([{ id, status: "warning", message, fix: `install it: ${guide}` }]);
    },
};
