import type { Problem } from "../problem";
import type { HubSpec } from "../spec/jupyterhub";

type Settings = Readonly<Record<string, unknown>>;

/** Says what is wrong at a key below the hub, and what to do. */
type Say = (key: string, message: string, fix: string) => void;

/** Settings that have a place of their own, and where that is. */
const elsewhere: Readonly<Record<string, string>> = {
    client_id: "clientId",
    client_secret: "`steward:secrets`, <hub>.oauthClientSecret",
    oauth_callback_url: "nowhere: it follows from the domain",
    admin_users: "the hub's `admins`",
};

const settings = "authenticator.settings";

/**
 * What does not fit together in how a hub's users sign in: what would keep the hub from starting, let nobody in,
 * or let in others than are meant. Sources: JupyterHub 5.5 and oauthenticator 17.4.
 *
 * @see https://oauthenticator.readthedocs.io/en/latest/tutorials/general-setup.html
 */
export function checkSignIn(hub: HubSpec, path: string): Problem[] {
    const problems: Problem[] = [];
    const say: Say = (key, message, fix) => {
        problems.push({ path: `${path}.${key}`, message, fix });
    };
    const { authenticator, admins } = hub;
    for (const key of Object.keys(authenticator.settings)) {
        if (!Object.hasOwn(elsewhere, key)) continue;
        const fix = `remove it; its place is ${String(elsewhere[key])}`;
        say(`${settings}.${key}`, "is not a setting to write here", fix);
    }
    if (admins.length === 0 && !Object.entries(authenticator.settings).some(letsIn)) {
        const message = "let nobody in: JupyterHub 5 admits whom a rule names";
        say(settings, message, "write a rule such as allowed_groups, or `allow_all: true`");
    }
    checks[authenticator.class](authenticator.settings, say);
    checkClient(hub, say);
    if (authenticator.class !== "dummy") checkGroups(hub, say);
    return problems;
}

/**
 * Whether a setting opens the hub to anybody. Of CILogon's providers each has rules of its own.
 *
 * @see https://jupyterhub.readthedocs.io/en/5.5.0/tutorial/getting-started/authenticators-users-basics.html
 */
function letsIn([key, value]: [string, unknown]): boolean {
    if (key === "idps" || key === "allowed_idps") {
        return Object.values(value ?? {}).some((provider: unknown) =>
            Object.entries(provider ?? {}).some(letsIn),
        );
    }
    if (!/^(allow|admin_)/.test(key) || key === "allow_existing_users") return false;
    return typeof value === "object" && value !== null
        ? Object.keys(value).length > 0
        : value === true;
}

const checks = {
    "generic-oauth": checkGeneric,
    github: checkGithub,
    cilogon: checkCilogon,
    dummy: () => undefined,
} satisfies Record<HubSpec["authenticator"]["class"], (given: Settings, say: Say) => void>;

function checkClient({ authenticator, admins }: HubSpec, say: Say): void {
    if (authenticator.class === "dummy") {
        if (admins.length === 0) return;
        const message = "could be anybody: dummy believes whoever says so";
        say("admins", message, "leave it empty, or take another authenticator");
    } else if (authenticator.clientId === undefined) {
        say("authenticator.clientId", "is missing", "write the id that the provider gave the hub");
    }
}

const isHttps = (value: unknown): boolean =>
    typeof value === "string" && URL.canParse(value) && new URL(value).protocol === "https:";

const textsOf = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];

/** A provider that oauthenticator knows nothing of: all its addresses, and what of its answer is the name. */
function checkGeneric(given: Settings, say: Say): void {
    for (const key of ["authorize_url", "token_url", "userdata_url"]) {
        if (isHttps(given[key])) continue;
        const message = given[key] === undefined ? "is missing" : "is no https address";
        say(`${settings}.${key}`, message, "write the provider's address, https://…");
    }
    if (typeof given["username_claim"] !== "string") {
        const fix = "write the claim that is a user's name, such as sub or preferred_username";
        say(`${settings}.username_claim`, "is missing", fix);
    }
    const asked = textsOf(given["scope"]);
    for (const scope of textsOf(given["allowed_scopes"])) {
        if (asked.includes(scope)) continue;
        const message = `admits by ${scope}, which the hub does not ask for, and will not start`;
        say(`${settings}.allowed_scopes`, message, "name it under `scope` too");
    }
}

/**
 * Members of an organisation are seen only with the scope for it; and who is admitted by name stays when they
 * leave the organisation.
 */
function checkGithub(given: Settings, say: Say): void {
    const organisations = textsOf(given["allowed_organizations"]);
    const teams = given["populate_teams_in_auth_state"] === true;
    if ((organisations.length > 0 || teams) && !textsOf(given["scope"]).includes("read:org")) {
        const message = "does not ask for read:org, so GitHub shows public members only";
        say(`${settings}.scope`, message, 'write `scope: ["read:org"]`');
    }
    if (organisations.length > 0 && textsOf(given["allowed_users"]).length > 0) {
        const message = "admits by name beside the organisations, also those who left them";
        say(`${settings}.allowed_users`, message, "remove it; `admins` may enter anyway");
    }
}

/**
 * Of each identity provider the hub must know what the name is; without one listed the hub does not start.
 * `allowed_idps` is their name before oauthenticator 17.4, which still takes it.
 */
function checkCilogon(given: Settings, say: Say): void {
    const key = given["idps"] === undefined ? "allowed_idps" : "idps";
    const path = `${settings}.${key}`;
    if (key === "idps" && given["allowed_idps"] !== undefined) {
        say(`${settings}.allowed_idps`, "is the old name of idps", "move it under `idps`");
    }
    const providers = Object.entries(given[key] ?? {});
    if (providers.length === 0) {
        const fix = "name each with its username_derivation, such as https://idp.example.org/…";
        say(path, "names no identity provider", fix);
    }
    for (const [provider, rules] of providers) {
        const here = `${path}.${JSON.stringify(provider)}`;
        if (!/^(https?:\/\/|urn:)/.test(provider)) {
            const fix = "take it from https://cilogon.org/idplist/";
            say(here, "is no entity id of an identity provider", fix);
        }
        checkDerivation((rules as Settings | null)?.["username_derivation"], here, say);
    }
}

function checkDerivation(derivation: unknown, provider: string, say: Say): void {
    const path = `${provider}.username_derivation`;
    const given = (derivation ?? {}) as Settings;
    if (typeof given["username_claim"] !== "string") {
        const fix = "write the claim that is a user's name, such as eppn or email";
        say(`${path}.username_claim`, "is missing", fix);
    }
    const needed = { strip_idp_domain: "domain", prefix: "prefix" };
    for (const [action, key] of Object.entries(needed)) {
        if (given["action"] !== action || typeof given[key] === "string") continue;
        say(`${path}.${key}`, `is missing, and ${action} needs it`, `write the ${key}`);
    }
}

/** Groups are what profiles are filtered by; a user has none unless the hub takes them from the provider. */
function checkGroups({ authenticator, profiles }: HubSpec, say: Say): void {
    const given = authenticator.settings;
    const filtered = JSON.stringify(profiles).includes('"allowed_groups":');
    const ruled = ["allowed_groups", "admin_groups"].some((key) => textsOf(given[key]).length > 0);
    const key = given["auth_state_groups_key"];
    if (!filtered && !ruled && key === undefined) return;
    if (given["manage_groups"] !== true) {
        const message = "is off, so nobody has a group, and something here is about groups";
        say(`${settings}.manage_groups`, message, "write `manage_groups: true`");
    }
    if (authenticator.class === "github") {
        if (given["populate_teams_in_auth_state"] === true) return;
        const what = "is off, and teams are the groups of GitHub's users";
        const fix = "write `populate_teams_in_auth_state: true`";
        say(`${settings}.populate_teams_in_auth_state`, what, fix);
        return;
    }
    // Of a provider it knows nothing of, oauthenticator takes the claim `groups`.
    if (key !== undefined || authenticator.class === "generic-oauth") return;
    const message = "is missing, so the hub does not know where to find a user's groups";
    const fix = "write where the provider's answer holds them, such as cilogon_user.groups";
    say(`${settings}.auth_state_groups_key`, message, fix);
}
