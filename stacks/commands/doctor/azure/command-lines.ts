import { askProgram, executablesOnPath } from "../../../../rehearsal/engine/executable";
import type { Finding, MachineCheck } from "../check";

/** Whoever deploys signs in with it, unless `ARM_` variables name a service principal. */
export const azureCliCheck: MachineCheck = {
    id: "azure-cli",
    title: "Azure command line",
    needs: "nothing",
    async run({ env }) {
        return [
            await look(env, {
                id: "azure-cli",
                program: "az",
                args: ["version", "--output", "json"],
                version: /"azure-cli":\s*"([^"]+)"/,
                why: "whoever deploys signs in with `az login`",
                guide: "https://learn.microsoft.com/cli/azure/install-azure-cli",
            }),
        ];
    },
};

/** The kubeconfig of a cluster without local accounts runs it, on this machine. */
export const kubeloginCheck: MachineCheck = {
    id: "kubelogin",
    title: "kubelogin",
    needs: "nothing",
    async run({ env }) {
        return [
            await look(env, {
                id: "kubelogin",
                program: "kubelogin",
                args: ["--version"],
                version: /\bv(\d+\.\d+\.\d+)/,
                why: "Kubernetes is reached through `kubelogin get-token`",
                guide: "https://azure.github.io/kubelogin/install.html",
            }),
        ];
    },
};

interface Program {
    readonly id: string;
    readonly program: string;
    /** What has it say its version, without asking the network. */
    readonly args: readonly string[];
    readonly version: RegExp;
    readonly why: string;
    readonly guide: string;
}

async function look(env: NodeJS.ProcessEnv, wanted: Program): Promise<Finding> {
    const { id, program, args, why, guide } = wanted;
    const fix = `install it: ${guide}`;
    const [path] = executablesOnPath(program, env);
    if (path === undefined) {
        return { id, status: "lacking", message: `${program} is not on PATH, and ${why}`, fix };
    }
    const answer = await askProgram(path, args, env).catch(() => "");
    const version = wanted.version.exec(answer)?.[1];
    if (version === undefined) {
        return { id, status: "lacking", message: `${path} does not run`, fix };
    }
    return { id, status: "ok", message: `${program} ${version}, ${path}` };
}
