import { join } from "node:path";
import type { Progress } from "../progress";
import { projectRoot } from "../project-root";
import { cacheFolder } from "./cache-folder";
import { buildWithGo } from "./go-build";
import { installEngine, officialInstaller } from "./installer";
import {
    executableName,
    fromCache,
    fromPath,
    intoCache,
    type FoundTool,
    type Supply,
    type Tool,
} from "./tool";

/** The Pulumi CLI that was found or made. */
export type Engine = FoundTool<"path" | "cache" | "installer" | "built">;

export interface FindEngineOptions {
    /** Where engines are kept; by default the folder of `cacheFolder`. */
    readonly cacheDir?: string;
    readonly progress: Progress;
    /** By default the environment of this process. */
    readonly env?: NodeJS.ProcessEnv;
    /** The installer's script; another one only in tests. */
    readonly installerUrl?: string;
}

/** The version whose behaviour the gate and the rehearsal were proven on. */
export const engineVersion = "3.250.0";

/** No Pulumi CLI is here and none can be had: the message says what to install. */
export class EngineMissing extends Error {
    override readonly name = "EngineMissing";

    /** @param reasons Why each way of having one failed. */
    constructor(readonly reasons: readonly string[]) {
        super(
            `Pulumi engine: none found and none could be made (${reasons.join("; ")}); ` +
                "install Pulumi 3.250 or newer from https://www.pulumi.com/docs/install/ " +
                "or Go 1.25 or newer from https://go.dev/doc/install, then run this again.",
        );
    }
}

/** How the Pulumi CLI is had. https://www.pulumi.com/docs/iac/download-install/versions/ */
export function engineTool(): Tool {
    const sdk = "github.com/pulumi/pulumi/sdk/v3";
    return {
        command: "pulumi",
        folder: "engine",
        version: engineVersion,
        minimum: [3, 250, 0],
        versionArgs: ["version"],
        program: {
            title: `Pulumi ${engineVersion}`,
            moduleFolder: join(projectRoot(), "rehearsal", "engine", "module"),
            package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
            // Without it the CLI has no version, and the Automation API refuses it.
            stamps: { [`${sdk}/go/common/version.Version`]: `v${engineVersion}` },
        },
    };
}

/**
 * The Pulumi CLI: on PATH (3.250 or newer), else in the cache, else from the official installer, else
 * built with Go. The last two happen once for a machine; progress says so.
 *
 * For the Automation API of any source but `path`, `PulumiCommand.get({ root })` takes the folder
 * above the executable's folder as root.
 *
 * @throws EngineMissing when all four fail.
 */
export async function findEngine(options: FindEngineOptions): Promise<Engine> {
    const env = options.env ?? process.env;
    const cacheDir = options.cacheDir ?? cacheFolder(env);
    const { progress } = options;
    const tool = engineTool();
    const reasons: string[] = [];

    const found = (await fromPath(tool, cacheDir, env, reasons)) ?? fromCache(tool, cacheDir);
    if (found !== undefined) return found;
    if (reasons.length === 0) reasons.push("pulumi is not on PATH");

    let source: Engine["source"] = "cache";
    const supply: Supply = async (root) => {
        try {
            progress.step("Pulumi is not here: asking for its installer");
            await installEngine(root, tool.version, env, options.installerUrl ?? officialInstaller);
            progress.done(`installed Pulumi ${tool.version}`);
            source = "installer";
            return;
        } catch (error) {
            reasons.push(messageOf(error));
            progress.done(`no installer: ${messageOf(error)}`);
        }
        await buildWithGo(tool.program, join(root, "bin", executableName(tool)), progress, env);
        source = "built";
    };
    try {
        const path = await intoCache(tool, cacheDir, env, progress, supply);
        return { path, version: tool.version, source };
    } catch (error) {
        throw new EngineMissing([...reasons, messageOf(error)]);
    }
}

function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
