import type { Props, Value } from "../provider/values";
import { isProps } from "../provider/values";

/** How one machine is entered by SSH, with the defaults of @pulumi/command filled in. */
export interface Login {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    /** As in a .pub file: `ssh-ed25519 AAAA…`. Without it any key is taken, as the real provider does. */
    readonly hostKey?: string;
    readonly privateKey?: string;
    readonly privateKeyPassword?: string;
    readonly password?: string;
    readonly agent?: string;
    /** How many more times than once it is dialled; -1: without end. */
    readonly dialErrorLimit: number;
    /** Seconds for one try; 0: without end. */
    readonly perDialTimeout: number;
    /** The machine that it is reached through. */
    readonly proxy?: Login;
}

/**
 * Reads the `connection` of a remote command, whose inputs were checked.
 *
 * @see https://www.pulumi.com/registry/packages/command/api-docs/remote/command/#connection
 */
export function loginOf(connection: Value | undefined, env: NodeJS.ProcessEnv): Login {
    const said: Props = isProps(connection) ? connection : {};
    const text = (key: string) => {
        const value = said[key];
        return typeof value === "string" && value !== "" ? { [key]: value } : {};
    };
    const number = (key: string, usual: number) => {
        const value = said[key];
        return typeof value === "number" ? value : usual;
    };
    const socket = said["agentSocketPath"] ?? env["SSH_AUTH_SOCK"];
    return {
        host: String(said["host"]),
        port: number("port", 22),
        user: typeof said["user"] === "string" ? said["user"] : "root",
        ...text("hostKey"),
        ...text("privateKey"),
        ...text("privateKeyPassword"),
        ...text("password"),
        ...(typeof socket === "string" && socket !== "" ? { agent: socket } : {}),
        dialErrorLimit: number("dialErrorLimit", 10),
        perDialTimeout: number("perDialTimeout", 15),
        ...(isProps(said["proxy"]) ? { proxy: loginOf(said["proxy"], env) } : {}),
    };
}
