import type { AskedAzure, Builds } from "./binder";
import {
    askBinder,
    describeBinder,
    hubWithBuilds,
    phasesOf,
    registries,
    wholeBuild,
} from "./binder";

jest.setTimeout(240_000);

const { hub, images } = hubWithBuilds();

const asks = [{ path: "/services/binder/build/gh/norvig/pytudes/main", token: "of alice" }];
const commit = "0123456789abcdef0123456789abcdef01234567";
const name = "binder/builds/norvig-2dpytudes-93991c";
const image = `${registries.acr.imagePrefix}norvig-2dpytudes-93991c:${commit}`;
const host = "utorontobuilds.azurecr.io";

/** More than the registry tells at once, all of other commits of the same repository. */
const older = Array.from({ length: 101 }, (_, at) => `${name}:${String(at).padStart(40, "0")}`);

const formOf = ({ body }: AskedAzure) => Object.fromEntries(new URLSearchParams(body ?? ""));

describeBinder("BinderHub beside a hub, with a registry of Azure", () => {
    let first: Builds;
    let next: Builds;
    let again: Builds;
    beforeAll(() => {
        first = askBinder(hub, images, asks, { kind: "acr" });
        next = askBinder(hub, images, asks, { kind: "acr", built: older });
        again = askBinder(hub, images, asks, { kind: "acr", built: [`${name}:${commit}`] });
    });

    it("builds what is not there, and starts the server of whoever asked in it", () => {
        expect(phasesOf(first.answers[0])).toEqual(wholeBuild);
        for (const { servers } of [first, next, again]) {
            expect(servers).toMatchObject([{ user: "alice", options: { image } }]);
        }
        expect(first.commands).toEqual([expect.arrayContaining(["--push", `--image=${image}`])]);
        expect([first, next, again].map(({ pods }) => pods.length)).toEqual([1, 1, 0]);
    });

    it("hands a build a token that pushes to its own repository, which says so, and nothing else", () => {
        const [pod] = first.pods;
        const [builder] = pod?.spec.containers ?? [];
        const env = builder?.["env"] as readonly { name: string; value: string }[];
        const given = env.find((each) => each.name === "CONTAINER_ENGINE_REGISTRY_CREDENTIALS");

        expect(JSON.parse(given?.value ?? "")).toEqual({
            registry: host,
            username: "",
            password: `for repository:${name}:pull,push`,
        });
        expect(JSON.stringify(pod)).not.toMatch(/entra of|refresh of|token of the account/);
    });

    it("asks Entra by the token of its account, then the registry, each for the other's", () => {
        const [entra, exchange, access] = first.azure;
        if (entra === undefined || exchange === undefined || access === undefined) {
            throw new Error("asked for no token");
        }
        expect([entra, exchange, access].map(({ method, url }) => `${method} ${url}`)).toEqual([
            "POST https://login.microsoftonline.com/the tenant/oauth2/v2.0/token",
            `POST https://${host}/oauth2/exchange`,
            `POST https://${host}/oauth2/token`,
        ]);
        expect(formOf(entra)).toEqual({
            grant_type: "client_credentials",
            client_id: "the client",
            client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            client_assertion: "token of the account",
            scope: "https://containerregistry.azure.net/.default",
        });
        expect(formOf(exchange)).toEqual({
            grant_type: "access_token",
            service: host,
            tenant: "the tenant",
            access_token: "entra of token of the account",
        });
        expect(formOf(access)).toEqual({
            grant_type: "refresh_token",
            service: host,
            scope: `repository:${name}:metadata_read,metadata_write`,
            refresh_token: "refresh of entra of token of the account",
        });
    });

    it("locks every tag of a repository before it gives out a token that pushes to it", () => {
        expect(Object.entries(next.locked).filter(([, locked]) => !locked)).toEqual([]);
        expect(Object.keys(next.locked)).toHaveLength(older.length);
        const asked = next.azure.map(({ method, body }) =>
            method === "PATCH" ? "lock" : (body ?? "").includes("push") ? "token" : "",
        );
        expect(asked.filter((each) => each !== "")).toEqual([...older.map(() => "lock"), "token"]);
    });

    it("locks an image that somebody starts, once, and asks for no token that pushes", () => {
        expect(again.locked).toEqual({ [`${name}:${commit}`]: true });
        expect(again.azure.filter(({ method }) => method === "PATCH")).toHaveLength(1);
        expect(again.azure.map(formOf).filter(({ scope }) => scope?.endsWith("push"))).toEqual([]);
    });
});
