import * as remote from "@pulumi/command/remote";
import * as pulumi from "@pulumi/pulumi";
import type { VmsSpec } from "../../model/spec/vms";
import { asRoot } from "./shell";

/** A host, as commands reach it. */
export interface RemoteHost {
    /** The machine's name in the plan. */
    readonly name: string;
    readonly user: string;
    readonly connection: remote.CommandArgs["connection"];
    /** The same by another connection than the one that is there: proof that the host still lets us in. */
    readonly freshConnection: remote.CommandArgs["connection"];
}

/** Tries of a fresh connection, fewer than a change waits for before it is rolled back. */
const freshTries = 3;

/**
 * How a host is entered. Keys never stand on a command line: the private one is a secret of the stack, or the SSH
 * agent of whoever deploys has it.
 */
export function remoteHost(
    name: string,
    { hosts, jump, key, connect }: VmsSpec,
    privateKey: pulumi.Output<string> | undefined,
): RemoteHost {
    const found = hosts[name];
    if (found === undefined) throw new Error(`${name} is no host of the stack file`);
    const secret = key === "agent" || privateKey === undefined ? {} : { privateKey };
    const patience = { dialErrorLimit: connect.tries, perDialTimeout: connect.seconds };
    const entered = ({ port, user, hostKey }: typeof found | NonNullable<typeof jump>) => {
        return { port, user, hostKey, ...secret, ...patience };
    };
    const connection = {
        host: found.reachedAt ?? found.address,
        ...entered(found),
        ...(jump === undefined ? {} : { proxy: { host: jump.address, ...entered(jump) } }),
    };
    return {
        name,
        user: found.user,
        connection: pulumi.secret(connection),
        freshConnection: pulumi.secret({ ...connection, dialErrorLimit: freshTries }),
    };
}

/** Scripts of one thing on a host, each run as root. */
export interface Steps {
    /** Brings the thing about, whatever is there; says `changed` or `unchanged`. Also run when anything changes. */
    readonly bring: string;
    /** Undoes it, and touches no data. */
    readonly undo: string;
    /** What `bring` reads: content, and secrets. */
    readonly stdin?: pulumi.Input<string>;
    /** Over a connection of its own. */
    readonly fresh?: boolean;
}

/** One thing on a host. Content goes by standard input, never by triggers, which would undo what they replace. */
export function onHost(
    name: string,
    host: RemoteHost,
    { bring, undo, stdin, fresh }: Steps,
    opts: pulumi.CustomResourceOptions,
): remote.Command {
    const script = asRoot(host.user, bring);
    return new remote.Command(
        name,
        {
            connection: fresh === true ? host.freshConnection : host.connection,
            create: script,
            update: script,
            delete: asRoot(host.user, undo),
            ...(stdin === undefined ? {} : { stdin }),
            addPreviousOutputInEnv: false, // sshd takes no variable of ours
        },
        opts,
    );
}
