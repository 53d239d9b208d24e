import * as remote from "@pulumi/command/remote";
import * as pulumi from "@pulumi/pulumi";
import type { VmsSpec } from "../../model/spec/vms";
import { entrance } from "./entrance";
import { asRoot } from "./shell";

/** A host, as commands reach it. */
export interface RemoteHost {
    /** The machine's name in the plan. */
    readonly name: string;
    readonly user: string;
    /** Another word than the last time, and every command runs again. */
    readonly mended?: string | undefined;
    readonly connection: remote.CommandArgs["connection"];
    /** The same by other connections than the one that is there: proof that the host still lets us in. */
    readonly freshConnections: Readonly<
        Record<NonNullable<Steps["fresh"]>, remote.CommandArgs["connection"]>
    >;
    /** Everything on it so far, for what waits for the whole host. */
    readonly steps: Done[];
}

/**
 * Tries of a fresh connection, over before a change is rolled back. That the numbers differ is what makes them
 * connections of their own.
 */
const freshTries = { once: 3, again: 4 } as const;

/**
 * A host of the stack file. Keys never stand on a command line: the private one is a secret of the stack, or the SSH
 * agent of whoever deploys has it.
 */
export function remoteHost(
    name: string,
    vms: VmsSpec,
    privateKey: pulumi.Output<string> | undefined,
): RemoteHost {
    const connection = entrance(name, vms, privateKey);
    return {
        name,
        user: connection.user,
        mended: vms.hosts[name]?.mended,
        connection: pulumi.secret(connection),
        freshConnections: {
            once: pulumi.secret({ ...connection, dialErrorLimit: freshTries.once }),
            again: pulumi.secret({ ...connection, dialErrorLimit: freshTries.again }),
        },
        steps: [],
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
    /** Over a connection of its own; `again`: over another one than those. */
    readonly fresh?: "once" | "again" | undefined;
    /** Takes long: whoever deploys reads what it says while it runs. */
    readonly streamed?: true;
}

const commandType = "command:remote:Command";

/** Whatever is on a host is the child of a layer. */
export type OnLayer = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

/** Something on a host that others may have to wait for. */
export interface Done {
    /** Resolves when it is there, and when it failed: see `ended`. */
    readonly ended: Promise<pulumi.Resource>;
}

/** What waits for all of them names this as its `dependsOn`. */
export const allOf = (things: readonly Done[]): Promise<pulumi.Resource>[] =>
    things.map((each) => each.ended);

/** One thing on a host. Content goes by standard input, never by triggers, which would undo what they replace. */
export function onHost(
    name: string,
    host: RemoteHost,
    { bring, undo, stdin, fresh, streamed }: Steps,
    opts: OnLayer,
): Done {
    const script = asRoot(
        host.user,
        host.mended === undefined ? bring : `# mended ${host.mended}\n${bring}`,
    );
    const command = new remote.Command(
        name,
        {
            connection: fresh === undefined ? host.connection : host.freshConnections[fresh],
            create: script,
            update: script,
            delete: asRoot(host.user, undo),
            ...(stdin === undefined ? {} : { stdin }),
            ...(streamed === undefined ? {} : { logging: remote.Logging.Stdout }),
            addPreviousOutputInEnv: false, // sshd takes no variable of ours
        },
        opts,
    );
    const done = { ended: ended(command, pulumi.createUrn(name, commandType, opts.parent)) };
    host.steps.push(done);
    return done;
}

/**
 * Resolves when a command is done, and also when it failed: then to its URN alone. What depends on a resource that
 * failed is else never registered, and an `up` that goes on takes it for given up, and deletes it: a host that does
 * not answer would lose its firewall. Like this the engine knows of it, and leaves it as it is.
 */
function ended(command: pulumi.Resource, urn: pulumi.Output<string>): Done["ended"] {
    // Whoever deploys is told by the engine; no output of it is left for Node to report as a defect.
    for (const output of Object.values(command) as unknown[]) {
        if (pulumi.Output.isInstance(output)) pulumi.recover(output, () => undefined);
    }
    return new Promise((resolve) => {
        const done = command.urn.apply(() => {
            resolve(command);
        });
        pulumi.recover(done, () => {
            urn.apply((known) => {
                resolve(new pulumi.DependencyResource(known));
            });
        });
    });
}
