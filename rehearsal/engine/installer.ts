import { spawn } from "node:child_process";
import { isExecutable } from "./executable";

/**
 * The official installer, which is also what `PulumiCommand.install` of the Automation API runs. Run
 * directly, it can be given up after a while, and start-up does not pay for loading the SDK.
 *
 * @see https://www.pulumi.com/docs/install/
 */
export const officialInstaller = "https://get.pulumi.com/install.sh";

/** How long the installer's site may take to answer, in milliseconds: without network, not longer. */
const answerWithin = 4_000;
/** How long the download of about 150 MB may take, in milliseconds. */
const installWithin = 600_000;

/**
 * Installs the Pulumi CLI into `root` (`root/bin/pulumi`). Nothing else on the machine changes: not
 * PATH, not the home folder.
 *
 * @param version Such as 3.250.0.
 * @throws Error that says why not: the site does not answer, no shell, the installer failed.
 */
export async function installEngine(
    root: string,
    version: string,
    env: NodeJS.ProcessEnv,
    url: string = officialInstaller,
): Promise<void> {
    if (process.platform === "win32") throw new Error("the installer is not run on Windows");
    const script = await download(url);
    const args = ["-s", "--", "--no-edit-path", "--install-root", root, "--version", version];
    await runShell(script, args, env);
    if (!isExecutable(`${root}/bin/pulumi`)) throw new Error("the installer left no bin/pulumi");
}

async function download(url: string): Promise<string> {
    const host = new URL(url).host;
    let response: Response;
    try {
        response = await fetch(url, { signal: AbortSignal.timeout(answerWithin) });
    } catch {
        throw new Error(`${host} cannot be reached`);
    }
    if (!response.ok) throw new Error(`${host} answers ${response.status}`);
    const script = await response.text();
    // A captive portal or a proxy answers with a page: never hand that to a shell.
    if (!script.startsWith("#!"))
        throw new Error(`${host} answers with something else than a script`);
    return script;
}

function runShell(script: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
    return new Promise((resolve, reject) => {
        const child = spawn("/bin/sh", args, { env, stdio: ["pipe", "ignore", "pipe"] });
        const late = setTimeout(() => child.kill(), installWithin);
        let said = "";
        child.stderr.on("data", (chunk: Buffer) => {
            said = (said + chunk.toString()).slice(-500);
        });
        child.on("error", (error) => {
            clearTimeout(late);
            reject(error);
        });
        child.on("close", (code) => {
            clearTimeout(late);
            if (code === 0) resolve();
            else
                reject(
                    new Error(`the installer failed: ${said.trim() || `code ${code ?? "none"}`}`),
                );
        });
        child.stdin.on("error", () => undefined); // A shell that ends early closes its input.
        child.stdin.end(script);
    });
}
