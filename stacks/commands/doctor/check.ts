import type { STSClientConfig } from "@aws-sdk/client-sts";
import type { AwsClusterSpec, StackSpec } from "../../../components/model/spec";

/** What a check found, worded `message; fix`. */
export interface Finding {
    /** The id of the check, with `.<what>` behind it where a check looks at several things. */
    readonly id: string;
    /** `lacking` stops a deploy, `warning` is worth knowing before one. */
    readonly status: "ok" | "lacking" | "warning" | "skipped";
    readonly message: string;
    /** What to do; never with `ok`. */
    readonly fix?: string;
}

export interface Machine {
    /** PATH, HOME and the PULUMI_ variables; the clouds' clients read those of the process itself. */
    readonly env: NodeJS.ProcessEnv;
    readonly offline: boolean;
}

/** Who the credentials of AWS belong to. */
export interface Caller {
    readonly accountId: string;
    /** As STS says it: of a user, or of a session of a role. */
    readonly arn: string;
    /** Resolved once, for all clients: a credential process or a sign-on page is not asked twice. */
    readonly credentials: NonNullable<STSClientConfig["credentials"]>;
}

/** A stack, and the account it would go to. `Who` is the caller as its cloud knows one. */
export interface Target<
    Spec extends StackSpec = AwsClusterSpec,
    Who extends object = Caller,
> extends Machine {
    readonly spec: Spec;
    readonly caller: Who;
}

export interface Described {
    /** What `--skip` takes. */
    readonly id: string;
    /** For people, such as "Elastic addresses". */
    readonly title: string;
}

/** A look at this machine: no socket is opened while `offline`. */
export interface MachineCheck extends Described {
    readonly needs: "nothing";
    run(machine: Machine): Promise<readonly Finding[]>;
}

/** A look at what everybody can see, such as the domain name system. */
export interface NetworkCheck<Spec extends StackSpec = AwsClusterSpec> extends Described {
    readonly needs: "network";
    run(stack: Machine & Pick<Target<Spec>, "spec">): Promise<readonly Finding[]>;
}

/**
 * A question to the account. `account`: credentials of the right account are enough. `region`: the region of
 * the stack must be enabled as well.
 */
export interface CloudCheck<
    Spec extends StackSpec = AwsClusterSpec,
    Who extends object = Caller,
> extends Described {
    readonly needs: "account" | "region";
    run(target: Target<Spec, Who>): Promise<readonly Finding[]>;
}

/** One question of the doctor about a kind of stack. `run` throws only what the cloud's client throws. */
export type Check<Spec extends StackSpec = AwsClusterSpec, Who extends object = Caller> =
    MachineCheck | NetworkCheck<Spec> | CloudCheck<Spec, Who>;

/** How a cloud is asked who is calling, and how its refusals are worded. */
export interface Cloud<Spec extends StackSpec, Who extends object> {
    /** The check that the others of the cloud wait for: no caller, no further questions. */
    readonly credentials: Described;
    /** `caller` only where the checks that need one can go on. Without a spec any account will do. */
    identify(
        spec: Spec | undefined,
        env: NodeJS.ProcessEnv,
    ): Promise<{ readonly finding: Finding; readonly caller?: Who }>;
    /** Why a check could not look. */
    unchecked(id: string, error: unknown): Finding;
}
