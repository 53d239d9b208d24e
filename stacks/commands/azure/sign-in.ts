import type { OnlyAzure } from "../../../components/model/spec";
import type { Finding } from "../doctor/check";
import { isUnreachable, told } from "../doctor/unreachable";
import { Arm, ArmError, publicCloud } from "./arm";
import { credentialOf } from "./credential";

const id = "credentials";

/** Who is signed in to Azure, and the door to the subscription of the stack. */
export interface AzureCaller {
    readonly arm: Arm;
    /** Of a user, a service principal or an identity, in Entra. */
    readonly objectId: string;
    /** The groups that it is in; undefined where the token does not say. */
    readonly groups: readonly string[] | undefined;
}

type Place = Pick<OnlyAzure["platform"]["azure"], "subscriptionId" | "tenantId">;

interface Subscription {
    readonly displayName?: string;
    readonly state?: string;
    readonly tenantId?: string;
}

/** What a token says of who it was given to. https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
interface Claims {
    readonly oid?: string;
    readonly upn?: string;
    readonly unique_name?: string;
    readonly appid?: string;
    readonly groups?: readonly string[];
}

/** What a test replaces. */
interface Using {
    readonly endpoint: string;
    readonly credentialOf: typeof credentialOf;
}

/**
 * Signs in as the provider would, and asks for the subscription: it has to be there, switched on, and of the tenant
 * that the stack file names.
 *
 * @returns `caller` only where further questions have an answer. Never rejects.
 */
export async function signIn(
    { subscriptionId, tenantId }: Place,
    env: NodeJS.ProcessEnv,
    using: Using = { endpoint: publicCloud, credentialOf },
): Promise<{ readonly finding: Finding; readonly caller?: AzureCaller }> {
    try {
        const credential = await using.credentialOf(tenantId, env);
        const given = await credential.getToken(`${publicCloud}/.default`);
        if (given === null) throw new Error("no token was given");
        const arm = new Arm(subscriptionId, given.token, using.endpoint);
        const found = await arm.find<Subscription>(arm.inSubscription(""), "2022-12-01");
        const { oid = "", upn, unique_name, appid, groups } = claimsOf(given.token);
        const who = upn ?? unique_name ?? (appid === undefined ? oid : `application ${appid}`);
        const finding = judge(who, { subscriptionId, tenantId }, found);
        if (finding.status === "lacking") return { finding };
        return { finding, caller: { arm, objectId: oid, groups } };
    } catch (error) {
        return { finding: refusal(error, { subscriptionId, tenantId }) };
    }
}

function judge(who: string, wanted: Place, found: Subscription | undefined): Finding {
    const { subscriptionId, tenantId } = wanted;
    const lacking = (message: string, fix: string): Finding => {
        return { id, status: "lacking", message: `${who}: ${message}`, fix };
    };
    if (found === undefined) {
        const fix = "have it let you in, or correct steward:azure.subscriptionId";
        return lacking(`sees no subscription ${subscriptionId}`, fix);
    }
    if (found.tenantId !== tenantId) {
        const message = `${subscriptionId} is of tenant ${found.tenantId ?? "unknown"}, and the stack file says ${tenantId}`;
        return lacking(message, "correct steward:azure.tenantId");
    }
    const called = `subscription ${subscriptionId} (${found.displayName ?? "without a name"})`;
    const { state = "unknown" } = found;
    if (state === "Enabled") return { id, status: "ok", message: `${who}, ${called}` };
    const fix = "see to its bill in the Azure portal: nothing is made in it until it is Enabled";
    return lacking(`${called} is ${state}`, fix);
}

/** The middle of a token, which is no secret but is not proven either: it is only shown and compared. */
function claimsOf(token: string): Claims {
    const [, claims = ""] = token.split(".");
    try {
        return JSON.parse(Buffer.from(claims, "base64url").toString()) as Claims;
    } catch {
        return {};
    }
}

/** Messages of the credential may quote what a command printed: only what kind of error it is is shown. */
function refusal(error: unknown, { subscriptionId, tenantId }: Place): Finding {
    if (isUnreachable(error)) {
        const message = "Azure does not answer";
        const fix = "look at the network and the proxy, or stay on this machine with --offline";
        return { id, status: "lacking", message, fix };
    }
    if (error instanceof ArmError) {
        const message = `Azure answers ${error.code} about the subscription ${subscriptionId}`;
        const fix = `sign in to its tenant: az login --tenant ${tenantId}`;
        return { id, status: "lacking", message, fix };
    }
    const { name } = told(error);
    const message =
        name === "CredentialUnavailableError"
            ? "none found that are valid now"
            : `refused (${typeof name === "string" ? name : "Error"})`;
    const fix = `sign in (az login --tenant ${tenantId}), or set the ARM_ variables of the deployer`;
    return { id, status: "lacking", message: `Azure credentials: ${message}`, fix };
}
