import { CredentialUnavailableError } from "@azure/identity";
import { Arm, ArmError } from "../../../../stacks/commands/azure/arm";
import { credentialOf } from "../../../../stacks/commands/azure/credential";
import { signIn } from "../../../../stacks/commands/azure/sign-in";
import { answered, refused } from "../../../support/arm-front";
import { Subscription } from "./subscription";

/** Milliseconds: the client of Entra loads, beside other tests. */
jest.setTimeout(30_000);

const subscription = new Subscription();
const place = {
    subscriptionId: "00000000-0000-4000-8000-000000000001",
    tenantId: "00000000-0000-4000-8000-000000000002",
};
const token = [{}, { oid: "an-object", upn: "ops@example.org", groups: ["operators"] }, ""]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");

describe("signing in to Azure", () => {
    let given: () => Promise<{ token: string; expiresOnTimestamp: number }>;
    beforeEach(() => {
        given = () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 });
    });
    const tried = (endpoint = subscription.front.url) => {
        const credential = { getToken: () => given() };
        return signIn(place, {}, { endpoint, credentialOf: () => Promise.resolve(credential) });
    };
    const found = (over: object) =>
        (subscription.front.answer = () =>
            answered({ displayName: "Hubs", state: "Enabled", tenantId: place.tenantId, ...over }));

    it("says who is signed in, and where", async () => {
        const tokens: unknown[] = [];
        subscription.front.answer = (question) => {
            tokens.push(question.token);
            return answered({ displayName: "Hubs", state: "Enabled", tenantId: place.tenantId });
        };
        const { finding, caller } = await tried();
        expect(finding).toEqual({
            id: "credentials",
            status: "ok",
            message: `ops@example.org, subscription ${place.subscriptionId} (Hubs)`,
        });
        expect([caller?.objectId, caller?.groups]).toEqual(["an-object", ["operators"]]);
        expect(tokens).toEqual([token]);
    });

    it("goes no further where nobody is signed in, and repeats nothing that a command printed", async () => {
        const said = "ERROR: Please run 'az login' to setup account.";
        given = () => Promise.reject(new CredentialUnavailableError(said));
        const { finding, caller } = await tried();
        expect(caller).toBeUndefined();
        expect(finding).toEqual({
            id: "credentials",
            status: "lacking",
            message: "Azure credentials: none found that are valid now",
            fix: `sign in (az login --tenant ${place.tenantId}), or set the ARM_ variables of the deployer`,
        });
        expect(subscription.front.asked).toEqual([]);
    });

    it.each([
        ["of another tenant", { tenantId: "t-2" }, "is of tenant t-2, and the stack file says"],
        ["that is switched off", { state: "Disabled" }, "is Disabled"],
    ])("goes no further in a subscription %s", async (_of, over, message) => {
        found(over);
        const { finding, caller } = await tried();
        expect([finding.status, caller]).toEqual(["lacking", undefined]);
        expect(finding.message).toContain(message);
    });

    it("goes no further in a subscription that the caller does not see", async () => {
        const { finding, caller } = await tried();
        expect(caller).toBeUndefined();
        expect(finding.message).toBe(
            `ops@example.org: sees no subscription ${place.subscriptionId}`,
        );
        subscription.front.answer = () => refused(401, "InvalidAuthenticationTokenTenant");
        const other = await tried();
        expect(other.finding.message).toContain("answers InvalidAuthenticationTokenTenant");
    });

    it("says that nobody answers, where nobody does", async () => {
        const { finding } = await tried("http://127.0.0.1:9");
        expect([finding.status, finding.message]).toEqual(["lacking", "Azure does not answer"]);
    });
});

describe("the credential", () => {
    const application = { ARM_CLIENT_ID: "an-app", ARM_TENANT_ID: place.tenantId };
    it.each([
        ["whoever signed in to the Azure CLI", {}, "AzureCliCredential"],
        ["a secret", { ...application, ARM_CLIENT_SECRET: "s" }, "ClientSecretCredential"],
        [
            "a certificate",
            { ...application, ARM_CLIENT_CERTIFICATE_PATH: "/c.pem" },
            "ClientCertificateCredential",
        ],
        ["a token of CI", { ...application, ARM_USE_OIDC: "true" }, "ClientAssertionCredential"],
        ["the identity of a machine", { ARM_USE_MSI: "true" }, "ManagedIdentityCredential"],
    ])("is that of %s, where the environment says so", async (_whose, env, kind) => {
        const credential = await credentialOf(place.tenantId, env);
        expect(credential.constructor.name).toBe(kind);
    });
});

describe("Resource Manager's client", () => {
    const arm = () => new Arm("s-1", "a-token", subscription.front.url);

    it("reads all pages, and hands the token to no other address", async () => {
        const { front } = subscription;
        front.answer = ({ query }) =>
            query.get("page") === null
                ? answered({ value: [1], nextLink: `${front.url}/things?page=2` })
                : answered({ value: [2], nextLink: "http://elsewhere.example.org/things" });
        await expect(arm().list("/things", "2021-04-01")).rejects.toThrow(
            "Azure names another page",
        );
        expect(front.asked).toEqual(["GET /things", "GET /things"]);
    });

    it("takes what is gone for deleted, and passes other refusals on with Azure's code", async () => {
        await expect(arm().remove("/thing", "2021-04-01")).resolves.toBeUndefined();
        subscription.front.answer = () => refused(409, "ScopeLocked");
        await expect(arm().remove("/thing", "2021-04-01")).rejects.toMatchObject(
            new ArmError(409, "ScopeLocked", "ScopeLocked"),
        );
    });
});
