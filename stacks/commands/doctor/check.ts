import type { STSClientConfig } from "@aws-sdk/client-sts";
import type { AwsClusterSpec, OnlyAws } from "../../../components/model/spec";

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
    /** PATH, HOME and the PULUMI_ variables; the AWS clients read those of the process itself. */
    readonly env: NodeJS.ProcessEnv;
    readonly offline: boolean;
}

/** Who the credentials belong to. */
export interface Caller {
    readonly accountId: string;
    /** As STS says it: of a user, or of a session of a role. */
    readonly arn: string;
    /** Resolved once, for all clients: a credential process or a sign-on page is not asked twice. */
    readonly credentials: NonNullable<STSClientConfig["credentials"]>;
}

/** A stack, and the account it would go to. */
export interface Target<Spec extends OnlyAws = AwsClusterSpec> extends Machine {
    readonly spec: Spec;
    readonly caller: Caller;
}

interface Described {
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
export interface NetworkCheck<Spec extends OnlyAws = AwsClusterSpec> extends Described {
    readonly needs: "network";
    run(stack: Machine & Pick<Target<Spec>, "spec">): Promise<readonly Finding[]>;
}

/**
 * A question to the account. `account`: credentials of the right account are enough. `region`: the region of
 * the stack must be enabled as well.
 */
export interface CloudCheck<Spec extends OnlyAws = AwsClusterSpec> extends Described {
    readonly needs: "account" | "region";
    run(target: Target<Spec>): Promise<readonly Finding[]>;
}

/** One question of the doctor about a kind of stack. `run` throws only what the cloud's client throws. */
export type Check<Spec extends OnlyAws = AwsClusterSpec> =
    MachineCheck | NetworkCheck<Spec> | CloudCheck<Spec>;
