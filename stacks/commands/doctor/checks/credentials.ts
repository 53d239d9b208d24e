import type { OnlyAws } from "../../../../components/model/spec";
import { homeRegion, inRegion } from "../aws-client";
import { isUnreachable, nameOf } from "../aws-error";
import type { Caller, Finding } from "../check";

const id = "credentials";
const signIn = "sign in (aws sso login, aws configure, or AWS_PROFILE)";

/** Whom the credentials belong to; `caller` only where the checks that need one can go on. */
export interface Identification {
    readonly finding: Finding;
    readonly caller?: Caller;
}

/**
 * Asks STS who is calling. The account must be the stack's: what an account lacks is worth nothing when it is
 * the wrong one.
 *
 * @param spec Without one, any account will do.
 */
export async function identify(
    spec: OnlyAws | undefined,
    env: NodeJS.ProcessEnv,
): Promise<Identification> {
    // What the SDK would say about old versions of Node amid our lines, the check of Node says already.
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
    const sdk = await import("@aws-sdk/client-sts");
    const region = spec?.region ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"] ?? "us-east-1";
    const client = new sdk.STSClient(inRegion(homeRegion(region)));
    try {
        const answer = await client.send(new sdk.GetCallerIdentityCommand({}));
        const { Account: accountId = "", Arn: arn = "" } = answer;
        return judgeAccount({ accountId, arn, credentials: client.config.credentials }, spec);
    } catch (error) {
        return { finding: refusal(error) };
    }
}

function judgeAccount(caller: Caller, spec: OnlyAws | undefined): Identification {
    const message = `${caller.arn}, account ${caller.accountId}`;
    const wanted = spec?.platform.aws.accountId ?? caller.accountId;
    if (wanted === caller.accountId) return { caller, finding: { id, status: "ok", message } };
    const fix = "take credentials of that account, or correct steward:aws.accountId";
    const wrong = `${message}, and the stack goes to account ${wanted}`;
    return { finding: { id, status: "lacking", message: wrong, fix } };
}

/** Messages of the SDK may quote what it read: only the error's name is shown. */
function refusal(error: unknown): Finding {
    if (isUnreachable(error)) {
        const message = "AWS does not answer";
        const fix = "look at the network and the proxy, or stay on this machine with --offline";
        return { id, status: "lacking", message, fix };
    }
    const name = nameOf(error);
    const message =
        name === "CredentialsProviderError" ? "none found that are valid now" : `refused (${name})`;
    return { id, status: "lacking", message: `AWS credentials: ${message}`, fix: signIn };
}
