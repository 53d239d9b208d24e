import type { Login } from "../../ssh/login";
import type { Props, Value } from "../provider/values";
import { isProps } from "../provider/values";

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
        host: typeof said["host"] === "string" ? said["host"] : "",
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
