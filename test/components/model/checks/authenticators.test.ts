import { wordProblem } from "../../../../components/model/problem";
import { parseSpec } from "../../../../components/model/spec";
import { geolabConfig } from "../../../support/stack-file";

interface Authenticator {
    class: string;
    clientId?: string;
    settings?: Record<string, unknown>;
}

interface Hub {
    admins: string[];
    authenticator: Authenticator;
    profiles: unknown[];
}

const path = "steward:jupyterhub.hubs[0]";
const settings = `${path}.authenticator.settings`;

/** What is wrong with a hub that signs in so, with profiles that are open to everybody. */
function problemsOf(authenticator: Authenticator, over: Partial<Hub> = {}): string[] {
    const config = geolabConfig();
    const { hubs } = config["jupyterhub"] as { hubs: [Hub] };
    const clientId = { clientId: "client" };
    Object.assign(
        hubs[0],
        { profiles: [], authenticator: { ...clientId, ...authenticator } },
        over,
    );
    return parseSpec(config).problems.map(wordProblem);
}

const grouped = [{ display_name: "Staff", allowed_groups: ["staff"] }];

describe("generic-oauth", () => {
    const whole = {
        authorize_url: "https://login.example.org/authorize",
        token_url: "https://login.example.org/token",
        userdata_url: "https://login.example.org/userinfo",
        username_claim: "sub",
        scope: ["openid", "hub"],
        allowed_scopes: ["hub"],
    };
    const of = (over: Record<string, unknown>, more: Partial<Hub> = {}) =>
        problemsOf({ class: "generic-oauth", settings: { ...whole, ...over } }, more);

    it("needs the provider's addresses, and what of its answer is the name", () => {
        expect(of({})).toEqual([]);
        expect(problemsOf({ class: "generic-oauth", settings: { allow_all: true } })).toEqual([
            ...["authorize_url", "token_url", "userdata_url"].map(
                (key) => `${settings}.${key}: is missing; write the provider's address, https://…`,
            ),
            `${settings}.username_claim: is missing; write the claim that is a user's name, such as sub or preferred_username`,
        ]);
        expect(of({ token_url: "http://login.example.org/token" })).toEqual([
            `${settings}.token_url: is no https address; write the provider's address, https://…`,
        ]);
    });

    it("must ask for the scopes that it admits by", () => {
        expect(of({ scope: ["openid"] })).toEqual([
            `${settings}.allowed_scopes: admits by hub, which the hub does not ask for, and will not start; name it under \`scope\` too`,
        ]);
    });

    it("must take groups from the provider where something is about groups", () => {
        const off = `${settings}.manage_groups: is off, so nobody has a group, and something here is about groups; write \`manage_groups: true\``;

        expect(of({}, { profiles: grouped })).toEqual([off]);
        expect(of({ admin_groups: ["staff"] })).toEqual([off]);
        expect(of({ auth_state_groups_key: "scope" })).toEqual([off]);
        expect(of({ manage_groups: true }, { profiles: grouped })).toEqual([]);
    });

    it("needs the client's id", () => {
        const { clientId: _, ...unnamed } = { clientId: 0, class: "generic-oauth" };
        const config = geolabConfig();
        const { hubs } = config["jupyterhub"] as { hubs: [Hub] };
        hubs[0].authenticator = { ...unnamed, settings: whole };
        hubs[0].profiles = [];

        expect(parseSpec(config).problems.map(wordProblem)).toEqual([
            `${path}.authenticator.clientId: is missing; write the id that the provider gave the hub`,
        ]);
    });
});

describe("github", () => {
    const of = (over: Record<string, unknown>, more: Partial<Hub> = {}) =>
        problemsOf(
            {
                class: "github",
                settings: { scope: ["read:org"], allowed_organizations: ["geo"], ...over },
            },
            more,
        );

    it("must ask for read:org to see an organisation's members", () => {
        expect(of({})).toEqual([]);
        expect(of({ scope: ["user:email"] })).toEqual([
            `${settings}.scope: does not ask for read:org, so GitHub shows public members only; write \`scope: ["read:org"]\``,
        ]);
    });

    it("admits no names beside organisations, but administrators", () => {
        expect(of({}, { admins: ["maria"] })).toEqual([]);
        expect(of({ allowed_users: ["maria"] })).toEqual([
            `${settings}.allowed_users: admits by name beside the organisations, also those who left them; remove it; \`admins\` may enter anyway`,
        ]);
    });

    it("has teams for groups", () => {
        expect(of({ manage_groups: true }, { profiles: grouped })).toEqual([
            `${settings}.populate_teams_in_auth_state: is off, and teams are the groups of GitHub's users; write \`populate_teams_in_auth_state: true\``,
        ]);
        const teams = { manage_groups: true, populate_teams_in_auth_state: true };
        expect(of(teams, { profiles: grouped })).toEqual([]);
    });
});

describe("cilogon", () => {
    const university = "https://idp.university.example/shibboleth";
    const named = { username_derivation: { username_claim: "eppn" }, allow_all: true };
    const of = (given: Record<string, unknown>, more: Partial<Hub> = {}) =>
        problemsOf({ class: "cilogon", settings: given }, more);
    const at = `${settings}.idps."${university}"`;

    it("takes identity providers under their new and their old name, not under both", () => {
        expect(of({ idps: { [university]: named } })).toEqual([]);
        expect(of({ allowed_idps: { [university]: named } })).toEqual([]);
        expect(of({ idps: { [university]: named }, allowed_idps: {} })).toEqual([
            `${settings}.allowed_idps: is the old name of idps; move it under \`idps\``,
        ]);
        expect(of({ allow_all: true })).toEqual([
            `${settings}.allowed_idps: names no identity provider; name each with its username_derivation, such as https://idp.example.org/…`,
        ]);
    });

    it("needs to know of each what a user's name is", () => {
        expect(of({ idps: { [university]: { allow_all: true } } })).toEqual([
            `${at}.username_derivation.username_claim: is missing; write the claim that is a user's name, such as eppn or email`,
        ]);
        const derived = (action: string) => ({
            idps: {
                [university]: {
                    allow_all: true,
                    username_derivation: { username_claim: "email", action },
                },
            },
        });
        expect(of(derived("prefix"))).toEqual([
            `${at}.username_derivation.prefix: is missing, and prefix needs it; write the prefix`,
        ]);
        expect(of(derived("strip_idp_domain"))).toEqual([
            `${at}.username_derivation.domain: is missing, and strip_idp_domain needs it; write the domain`,
        ]);
    });

    it("takes entity ids, not domains", () => {
        expect(of({ idps: { "university.example": named } })).toEqual([
            `${settings}.idps."university.example": is no entity id of an identity provider; take it from https://cilogon.org/idplist/`,
        ]);
    });

    it("must know where groups stand", () => {
        const given = { idps: { [university]: named }, manage_groups: true };

        expect(of(given, { profiles: grouped })).toEqual([
            `${settings}.auth_state_groups_key: is missing, so the hub does not know where to find a user's groups; write where the provider's answer holds them, such as cilogon_user.groups`,
        ]);
        const key = { auth_state_groups_key: "cilogon_user.groups" };
        expect(of({ ...given, ...key }, { profiles: grouped })).toEqual([]);
    });
});

describe("dummy", () => {
    it("has no administrators, since it believes whoever says so", () => {
        const dummy = { class: "dummy", settings: { allow_all: true } };

        expect(problemsOf(dummy)).toEqual([]);
        expect(problemsOf(dummy, { admins: ["maria"] })).toEqual([
            `${path}.admins: could be anybody: dummy believes whoever says so; leave it empty, or take another authenticator`,
        ]);
    });
});
