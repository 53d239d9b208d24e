import type { HubSpec } from "../../components/model/spec/jupyterhub";
import { geolabSpec } from "../support/stack-file";
import type { Ask, Page, Person, Pod } from "./hub";
import { describeHub, visit } from "./hub";

jest.setTimeout(180_000);

const [prod] = geolabSpec().workload.jupyterhub.hubs;
if (prod === undefined) throw new Error("the stack file lost its hub");

const profile = "choose-your-environment-and-resources";
const size = `profile-option-${profile}--resource_allocation`;
const small = ["mem_4_gb", "mem_7_gb", "mem_15_gb", "mem_29_gb"];
const all = [...small, "mem_60_gb", "mem_119_gb", "mem_488_gb"];

const bySize = (choice: string): Ask => ({ form: { profile, [size]: choice } });

/** Somebody of EarthScope's provider, whose scopes are the groups. */
const person = (sub: string, scopes: string, asks: readonly Ask[] = []): Person => ({
    userinfo: { sub },
    token: { scope: `openid offline_access ${scopes}` },
    asks,
});

/** What a pod may use and where it runs. */
function room(pods: readonly Pod[] | undefined) {
    expect(pods).toHaveLength(1);
    const [pod] = pods ?? [];
    const { resources } = (pod?.spec.containers[0] ?? {}) as { resources?: object };
    return { ...resources, nodeSelector: pod?.spec["nodeSelector"] };
}

const sizes = (form: Page | undefined) => form?.fields[size];

describeHub("the production hub, on the packages of its image", () => {
    const unnamed = { options: { "resource_allocation--unlisted-choice": "any" } };
    const { people, users, authenticator } = visit(
        { ...prod, admins: ["root"] },
        {
            alice: person("alice", "geolab", [
                bySize("mem_7_gb"),
                bySize("mem_488_gb"),
                { form: { profile: "gpu" } },
                { options: { profile, resource_allocation: "mem_60_gb" } },
                { options: { resource_allocation: "mem_488_gb" } },
                unnamed,
                { form: {} },
                { options: { profile, resource_allocation: "mem_15_gb" } },
            ]),
            power: person("power", "geolab geolab:power", [
                bySize("mem_488_gb"),
                { form: { profile, [size]: "mem_4_gb" } },
            ]),
            medium: person("medium", "geolab vm-md"),
            root: person("root", "openid"),
            mallory: person("mallory", "geolab:power"),
        },
    );
    const asks = people["alice"]?.asks ?? [];

    it("asks the provider for the scopes of the stack file", () => {
        expect(authenticator).toBe("GenericOAuthenticator");
        expect(people["alice"]?.scope).toBe("openid offline_access geolab geolab:dev geolab:power");
    });

    it("lets in whom the provider granted the scope, and administrators, and nobody else", () => {
        expect(
            Object.entries(people).map(([name, { entered, refusal }]) => [
                name,
                entered,
                refusal?.status,
            ]),
        ).toEqual([
            ["alice", true, undefined],
            ["power", true, undefined],
            ["medium", true, undefined],
            ["root", true, undefined],
            ["mallory", false, 403],
        ]);
        expect(people["mallory"]?.refusal?.words).toContain("not currently authorized");
    });

    it("makes administrators of those whom the stack file names, and takes scopes for groups", () => {
        expect(users).toEqual({
            alice: { admin: false, groups: ["geolab", "offline_access", "openid"] },
            power: { admin: false, groups: ["geolab", "geolab:power", "offline_access", "openid"] },
            medium: { admin: false, groups: ["geolab", "offline_access", "openid", "vm-md"] },
            root: { admin: true, groups: ["offline_access", "openid"] },
        });
    });

    it("offers each user the sizes of the user's groups", () => {
        expect(sizes(people["alice"]?.form)).toEqual(small);
        expect(sizes(people["medium"]?.form)).toEqual([...small, "mem_60_gb"]);
        expect(sizes(people["power"]?.form)).toEqual(all);
    });

    it("offers nothing to one whose groups open nothing, and says why", () => {
        const form = people["root"]?.form;

        expect([form?.status, form?.fields]).toEqual([403, {}]);
        expect(form?.words).toContain("None of this hub's environments is open to your groups.");
    });

    it("asks Kubernetes for exactly the chosen share of the chosen machine", () => {
        expect(room(asks[0]?.pods)).toEqual({
            requests: { cpu: 0.912625, memory: 7_805_679_519 },
            limits: { cpu: 3.6505, memory: 7_805_679_519 },
            nodeSelector: { "node.kubernetes.io/instance-type": "r5.xlarge" },
        });
        expect(room(people["power"]?.asks?.[0]?.pods)).toEqual({
            requests: { cpu: 62.575, memory: 523_839_830_228 },
            limits: { cpu: 62.575, memory: 523_839_830_228 },
            nodeSelector: { "node.kubernetes.io/instance-type": "r5.16xlarge" },
        });
    });

    it("keeps nothing of an earlier choice", () => {
        expect(room(people["power"]?.asks?.[1]?.pods)).toEqual({
            requests: { cpu: 0.4563125, memory: 3_902_839_759 },
            limits: { cpu: 3.6505, memory: 3_902_839_759 },
            nodeSelector: { "node.kubernetes.io/instance-type": "r5.xlarge" },
        });
    });

    it.each([
        ["a size of other groups, by the form", 1],
        ["a profile that there is not", 2],
        ["a size of other groups, by the API", 3],
        ["a size of other groups, by the API and without a profile", 4],
        ["options that name no profile, which KubeSpawner does not check", 5],
    ])("refuses %s", (_, at) => {
        expect(asks[at]?.status).toBeGreaterThanOrEqual(400);
        expect(asks[at]?.pods).toEqual([]);
    });

    it("gives by the API what it gives by the form", () => {
        expect(room(asks[7]?.pods)).toMatchObject({ limits: { memory: 15_611_359_038 } });
    });

    it("takes an empty form for the smallest size", () => {
        expect(room(asks[6]?.pods)).toMatchObject({
            requests: { cpu: 0.4563125, memory: 3_902_839_759 },
        });
    });

    it("hands the owner on to the pod, takes its privileges, and ties it to the account", () => {
        const [pod] = asks[0]?.pods ?? [];

        expect(pod?.metadata).toMatchObject({
            labels: {
                "owner-role": "hub-administrator",
                "owner-party": "earthscope",
                "owner-layer": "user-sessions",
                hub: "prod",
                cluster: "geolab",
            },
            annotations: { "steward/owner-contact": "geolab@example.org" },
            ownerReferences: [
                { kind: "ServiceAccount", name: "user-sa", uid: "uid of prod/user-sa" },
            ],
        });
        expect(pod?.spec).toMatchObject({
            automountServiceAccountToken: false,
            serviceAccountName: "user-sa",
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            containers: [
                {
                    image: "public.ecr.aws/earthscope/geolab/geolab-base:latest",
                    securityContext: {
                        runAsUser: 1000,
                        allowPrivilegeEscalation: false,
                        capabilities: { drop: ["ALL"] },
                    },
                },
            ],
        });
    });
});

describeHub("a hub that signs in by GitHub", () => {
    const hub: HubSpec = {
        ...prod,
        authenticator: {
            class: "github",
            clientId: "client",
            settings: {
                scope: ["read:org"],
                allowed_organizations: ["earthscope"],
                populate_teams_in_auth_state: true,
                manage_groups: true,
                enable_auth_state: true,
            },
        },
        admins: ["octo"],
        profiles: [
            { display_name: "Everybody" },
            { display_name: "Staff", allowed_groups: ["earthscope:staff"] },
        ],
    };
    const login = (name: string, more: Partial<Person> = {}): Person => ({
        userinfo: { login: name, email: `${name}@example.org` },
        token: { scope: "read:org" },
        ...more,
    });
    const team = { slug: "staff", organization: { login: "earthscope" } };
    const { people, users } = visit(hub, {
        ada: login("ada", { organisations: ["earthscope"], teams: [team] }),
        bob: login("bob", { organisations: ["earthscope"] }),
        eve: login("eve", { organisations: ["elsewhere"], teams: [] }),
        octo: login("octo"),
    });

    it("lets in members of the organisation and administrators", () => {
        expect(Object.entries(people).map(([name, { entered }]) => [name, entered])).toEqual([
            ["ada", true],
            ["bob", true],
            ["eve", false],
            ["octo", true],
        ]);
        expect(people["ada"]?.scope).toBe("read:org");
    });

    it("takes teams for groups, and offers profiles by them", () => {
        expect(users).toEqual({
            ada: { admin: false, groups: ["earthscope:staff"] },
            bob: { admin: false, groups: [] },
            octo: { admin: true, groups: [] },
        });
        expect(people["ada"]?.form?.fields["profile"]).toEqual(["everybody", "staff"]);
        expect(people["bob"]?.form?.fields["profile"] ?? []).not.toContain("staff");
    });
});

describeHub("a hub that signs in by CILogon", () => {
    const university = "https://idp.university.example/shibboleth";
    const github = "https://github.com/login/oauth/authorize";
    const hub: HubSpec = {
        ...prod,
        authenticator: {
            class: "cilogon",
            clientId: "cilogon:/client_id/1",
            settings: {
                idps: {
                    [university]: {
                        default: true,
                        username_derivation: {
                            username_claim: "email",
                            action: "strip_idp_domain",
                            domain: "university.example",
                        },
                        allowed_domains: ["university.example"],
                        allowed_domains_claim: "email",
                    },
                    [github]: {
                        username_derivation: {
                            username_claim: "preferred_username",
                            action: "prefix",
                            prefix: "github",
                        },
                    },
                },
                manage_groups: true,
                auth_state_groups_key: "cilogon_user.groups",
            },
        },
        admins: ["github:octo"],
        profiles: [
            { display_name: "Everybody" },
            { display_name: "Geology", allowed_groups: ["geology"] },
        ],
    };
    const of = (idp: string, claims: Record<string, unknown>): Person => ({
        userinfo: { idp, ...claims },
    });
    const { people, users } = visit(hub, {
        ada: of(university, { email: "ada@university.example", groups: ["geology"] }),
        guest: of(university, { email: "guest@elsewhere.example", groups: ["geology"] }),
        octo: of(github, { preferred_username: "octo", groups: [] }),
        other: of(github, { preferred_username: "other", groups: [] }),
        stranger: of("https://idp.stranger.example", { email: "ada@university.example" }),
    });

    it("lets in whom a provider's rule names, and administrators, and no other provider", () => {
        expect(Object.entries(people).map(([name, { entered }]) => [name, entered])).toEqual([
            ["ada", true],
            ["guest", false],
            ["octo", true],
            ["other", false],
            ["stranger", false],
        ]);
    });

    it("names users as the provider's rule says", () => {
        expect(users).toEqual({
            ada: { admin: false, groups: ["geology"] },
            "github:octo": { admin: true, groups: [] },
        });
        expect(people["ada"]?.form?.fields["profile"]).toEqual(["everybody", "geology"]);
    });
});
