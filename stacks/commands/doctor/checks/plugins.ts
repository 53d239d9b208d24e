import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../../../rehearsal/project-root";
import type { Finding, MachineCheck } from "../check";

function versionOf(provider: string): string {
    const file = join(projectRoot(), "node_modules", "@pulumi", provider, "package.json");
    return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** Where the engine keeps its things. https://www.pulumi.com/docs/iac/cli/environment-variables/ */
export function pulumiHome(env: NodeJS.ProcessEnv): string {
    const own = env["PULUMI_HOME"];
    return own === undefined || own === "" ? join(env["HOME"] ?? homedir(), ".pulumi") : own;
}

/** The providers of a real deploy of hubs; a rehearsal needs none of them. */
export const pluginsCheck: MachineCheck = plugins(["aws", "kubernetes", "random"]);

/** Those of a deploy of machines. */
export const machinePluginsCheck: MachineCheck = plugins(["aws", "random", "tls"]);

function plugins(providers: readonly string[]): MachineCheck {
    return {
        id: "plugins",
        title: "Provider plugins",
        needs: "nothing",
        run({ env }) {
            const folder = join(pulumiHome(env), "plugins");
            const forbidden = env["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"];
            const manual = forbidden === "true" || forbidden === "1";
            const findings = providers.map((provider): Finding => {
                const version = versionOf(provider);
                const id = `plugins.${provider}`;
                const name = `the ${provider} plugin ${version}`;
                if (existsSync(join(folder, `resource-${provider}-v${version}`))) {
                    return { id, status: "ok", message: name };
                }
                const command = `pulumi plugin install resource ${provider} ${version}`;
                const message = `${name} is not in ${folder}`;
                return manual
                    ? { id, status: "lacking", message, fix: `run ${command}` }
                    : {
                          id,
                          status: "warning",
                          message,
                          fix: `the first \`up\` fetches it; or ${command}`,
                      };
            });
            return Promise.resolve(findings);
        },
    };
}
