import type { VmsSpec } from "../../model/spec/vms";

interface Door<Key> {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly hostKey: string;
    /** Left out where the SSH agent of whoever deploys has it. */
    readonly privateKey?: Key;
    /** After the first. */
    readonly dialErrorLimit: number;
    /** Seconds of each try. */
    readonly perDialTimeout: number;
}

/** How a host is entered, in the words of @pulumi/command; a key may be one that nobody has read yet. */
export interface Entrance<Key> extends Door<Key> {
    readonly proxy?: Door<Key>;
}

export function entrance<Key>(
    name: string,
    { hosts, jump, key, connect }: VmsSpec,
    privateKey: Key | undefined,
): Entrance<Key> {
    const found = hosts[name];
    if (found === undefined) throw new Error(`${name} is no host of the stack file`);
    const secret = key === "agent" || privateKey === undefined ? {} : { privateKey };
    const patience = { dialErrorLimit: connect.tries, perDialTimeout: connect.seconds };
    const door = (
        host: string,
        { port, user, hostKey }: typeof found | NonNullable<typeof jump>,
    ): Door<Key> => ({ host, port, user, hostKey, ...secret, ...patience });
    return {
        ...door(found.reachedAt ?? found.address, found),
        ...(jump === undefined ? {} : { proxy: door(jump.reachedAt ?? jump.address, jump) }),
    };
}
