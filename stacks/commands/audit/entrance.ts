import type { VmsSpec } from "../../../components/model/spec/vms";
import type { Login } from "../../../ssh/login";

/** How a host is entered: as `up` does it, once. */
export function entrance(
    name: string,
    { hosts, jump, key, connect }: VmsSpec,
    privateKey: string | undefined,
    agent: string | undefined,
): Login {
    const found = hosts[name];
    if (found === undefined) throw new Error(`${name} is no host of the stack file`);
    const secret = key === "agent" || privateKey === undefined ? {} : { privateKey };
    const ofAgent = key === "agent" && agent !== undefined ? { agent } : {};
    const entered = ({ port, user, hostKey }: typeof found | NonNullable<typeof jump>) => ({
        ...{ port, user, hostKey, ...secret, ...ofAgent },
        dialErrorLimit: connect.tries,
        perDialTimeout: connect.seconds,
    });
    return {
        host: found.reachedAt ?? found.address,
        ...entered(found),
        ...(jump === undefined ? {} : { proxy: { host: jump.address, ...entered(jump) } }),
    };
}
