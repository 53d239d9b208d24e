import { askProgram, executablesOnPath } from "../../../../rehearsal/engine/executable";
import type { MachineCheck } from "../check";

/** The kubeconfig of the cluster runs `aws eks get-token`, on this machine. */
export const awsCliCheck: MachineCheck = awsCli(
    "Kubernetes is reached through `aws eks get-token`",
);

/** Machines have no port for SSH: sessions of Systems Manager are the way to them. */
export const sessionCliCheck: MachineCheck = awsCli(
    "machines are reached through `aws ssm start-session`",
);

/** @param why What it is for. */
function awsCli(why: string): MachineCheck {
    return {
        id: "aws-cli",
        title: "AWS command line",
        needs: "nothing",
        async run({ env }) {
            const id = "aws-cli";
            const guide =
                "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html";
            const [path] = executablesOnPath("aws", env);
            if (path === undefined) {
                const message = `aws is not on PATH, and ${why}`;
                return [{ id, status: "lacking", message, fix: `install it: ${guide}` }];
            }
            const answer = await askProgram(path, ["--version"], env).catch(() => "");
            const version = /aws-cli\/(\S+)/.exec(answer)?.[1];
            return version === undefined
                ? [
                      {
                          id,
                          status: "lacking",
                          message: `${path} does not run`,
                          fix: `install it: ${guide}`,
                      },
                  ]
                : [{ id, status: "ok", message: `aws ${version}, ${path}` }];
        },
    };
}
