import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Finding, MachineCheck } from "../check";
import { pulumiHome } from "./plugins";

/** Where the state of stacks is kept. Looks at settings only: tokens and passphrases are not read. */
export const backendCheck: MachineCheck = {
    id: "backend",
    title: "State backend",
    needs: "nothing",
    run({ env }) {
        const backend = chosen(env);
        if (backend === undefined) {
            const fix =
                "run `pulumi login s3://<bucket>`, `pulumi login`, or set PULUMI_BACKEND_URL";
            return Promise.resolve([
                { id: "backend", status: "lacking", message: "no state backend is chosen", fix },
            ]);
        }
        return Promise.resolve([place(backend, env), ...passphrase(backend, env)]);
    },
};

const set = (value: string | undefined): value is string => value !== undefined && value !== "";

/** In the order of the CLI: the variable, then what `pulumi login` noted, then a token for the cloud. */
function chosen(env: NodeJS.ProcessEnv): string | undefined {
    const named = env["PULUMI_BACKEND_URL"];
    if (set(named)) return named;
    const noted = notedBackend(join(pulumiHome(env), "credentials.json"));
    if (set(noted)) return noted;
    return set(env["PULUMI_ACCESS_TOKEN"]) ? "https://api.pulumi.com" : undefined;
}

/** The one field `current`; the tokens beside it are left alone. */
function notedBackend(file: string): string | undefined {
    try {
        const read: unknown = JSON.parse(readFileSync(file, "utf8"));
        if (typeof read !== "object" || read === null || !("current" in read)) return undefined;
        return typeof read.current === "string" ? read.current : undefined;
    } catch {
        return undefined;
    }
}

/** The address without user, password and query: those may hold a key. */
function shown(backend: string): string {
    const [address = ""] = backend.split(/[?#]/);
    return address.replace(/^([a-z0-9+.-]+:\/\/)[^/]*@/i, "$1");
}

function place(backend: string, env: NodeJS.ProcessEnv): Finding {
    const id = "backend";
    const ok: Finding = { id, status: "ok", message: `state is kept in ${shown(backend)}` };
    if (!backend.startsWith("file://")) return ok;
    const folder = backend.slice("file://".length).replace(/^~/, env["HOME"] ?? homedir());
    try {
        if (!statSync(folder).isDirectory()) throw new Error(folder);
        accessSync(folder, constants.W_OK);
        const message = `state is kept in ${folder}, on this machine only`;
        const fix = "take s3:// or Pulumi Cloud where others deploy too";
        return { id, status: "warning", message, fix };
    } catch {
        const message = `${folder} is no folder that can be written`;
        return { id, status: "lacking", message, fix: "create it, or name another backend" };
    }
}

/** Backends of one's own seal secrets with a passphrase, unless the stack names a key. */
function passphrase(backend: string, env: NodeJS.ProcessEnv): Finding[] {
    const named = ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"].some(
        (key) => env[key] !== undefined,
    );
    if (named || /^https?:/.test(backend)) return [];
    const message = "no PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE is set";
    const fix = "set one, unless the stack file names a secretsprovider";
    return [{ id: "backend.passphrase", status: "warning", message, fix }];
}
