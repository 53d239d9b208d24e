import { wordProblem } from "../../../../components/model/problem";
import { parseSpec } from "../../../../components/model/spec";
import { geolabConfig } from "../../../support/stack-file";

interface Hub {
    name: string;
    domain: string;
    admins?: string[];
    scratch?: unknown;
    authenticator: { class: string; clientId?: string; settings: Record<string, unknown> };
    profiles: unknown[];
}

const settings = "steward:jupyterhub.hubs[0].authenticator.settings";

/** What is wrong with the transcribed stack file once `change` was made to its hub. */
function problemsOf(change: (hub: Hub, hubs: Hub[]) => void): string[] {
    const config = geolabConfig();
    const { hubs } = config["jupyterhub"] as { hubs: [Hub, ...Hub[]] };
    change(hubs[0], hubs);
    return parseSpec(config).problems.map(wordProblem);
}

/** What a provider is reached by, short of who may enter. */
const provider = {
    authorize_url: "https://login.example.org/authorize",
    token_url: "https://login.example.org/token",
    userdata_url: "https://login.example.org/userinfo",
    username_claim: "sub",
    manage_groups: true,
};

const nobody = `${settings}: let nobody in: JupyterHub 5 admits whom a rule names; write a rule such as allowed_groups, or \`allow_all: true\``;

describe("what a hub says of signing in", () => {
    it.each<[string, Record<string, unknown>]>([
        ["no rule", {}],
        ["an empty rule", { allowed_groups: [] }],
        ["a rule that is off", { allow_all: false }],
        ["only users it knows already", { allow_existing_users: true }],
        [
            "a provider without a rule",
            { allowed_idps: { "https://github.com": { default: true } } },
        ],
        ["no provider", { allowed_idps: {} }],
    ])("refuses %s: nobody could enter", (_, rules) => {
        expect(
            problemsOf((hub) => (hub.authenticator.settings = { ...provider, ...rules })),
        ).toEqual([nobody]);
    });

    it.each<[string, Record<string, unknown>]>([
        ["a group", { allowed_groups: ["geolab"] }],
        ["everybody", { allow_all: true }],
        ["administrators by group", { admin_groups: ["geolab-admin"] }],
        [
            "a provider's domain",
            { allowed_idps: { "https://uni.edu": { allowed_domains: ["uni.edu"] } } },
        ],
    ])("takes %s", (_, rules) => {
        expect(
            problemsOf((hub) => (hub.authenticator.settings = { ...provider, ...rules })),
        ).toEqual([]);
    });

    it("takes an administrator for somebody who may enter", () => {
        const problems = problemsOf((hub) => {
            hub.authenticator.settings = provider;
            hub.admins = ["maria"];
        });

        expect(problems).toEqual([]);
    });

    it("says where a setting belongs that has a place of its own", () => {
        const problems = problemsOf((hub) => {
            Object.assign(hub.authenticator.settings, {
                client_id: "x",
                client_secret: "x",
                oauth_callback_url: "x",
                admin_users: ["x"],
            });
        });

        const refusal = (key: string, place: string) =>
            `${settings}.${key}: is not a setting to write here; remove it; its place is ${place}`;
        expect(problems).toEqual([
            refusal("client_id", "clientId"),
            refusal("client_secret", "`steward:secrets`, <hub>.oauthClientSecret"),
            refusal("oauth_callback_url", "nowhere: it follows from the domain"),
            refusal("admin_users", "the hub's `admins`"),
        ]);
    });

    it("refuses a hub in the namespace of another hub's homes", () => {
        const problems = problemsOf((hub, hubs) => {
            hubs.push({
                ...hub,
                name: "prod-homes",
                domain: "other.example.org",
                scratch: undefined,
            });
        });

        expect(problems).toEqual([
            "steward:jupyterhub.hubs[1].name: prod-homes is the namespace of another hub's home directories; take another name",
        ]);
    });

    it("wants an address for Let's Encrypt", () => {
        const config = geolabConfig();
        delete (config["jupyterhub"] as Record<string, unknown>)["letsEncryptContact"];

        expect(parseSpec(config).problems.map(wordProblem)).toEqual([
            "steward:jupyterhub.letsEncryptContact: is missing; write a text",
        ]);
    });
});
