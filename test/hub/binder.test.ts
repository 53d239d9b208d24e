import { ownerLabels } from "../../components/model/tags";
import { buildPod } from "../../components/workloads/jupyterhub/builds/build-pod";
import type { Builds } from "./binder";
import {
    askBinder,
    describeBinder,
    hubWithBuilds,
    phasesOf,
    registries,
    wholeBuild,
} from "./binder";
import { builtImages } from "./hub";

jest.setTimeout(240_000);

const { hub, images, builds } = hubWithBuilds();

const way = "/services/binder/build/gh/norvig/pytudes/main";
const commit = "0123456789abcdef0123456789abcdef01234567";
const name = "geolab/binder/builds/norvig-2dpytudes-93991c";
const image = `${builtImages}norvig-2dpytudes-93991c:${commit}`;

describeBinder("BinderHub beside a hub, from its own source", () => {
    let first: Builds;
    let again: Builds;
    beforeAll(() => {
        first = askBinder(hub, images, [
            { path: way },
            { path: way, token: "of alice" },
            { path: "/services/binder/" },
        ]);
        again = askBinder(hub, images, [{ path: way, token: "of alice" }], {
            built: [`${name}:${commit}`],
        });
    });

    it("builds for nobody who did not sign in at the hub", () => {
        expect(first.answers[0]?.events).toEqual([
            { phase: "failed", status_code: 403, message: "Forbidden\n" },
        ]);
        expect(first.pods).toHaveLength(1);
    });

    it("sends who looks at its page to the hub first, and back", () => {
        const [, , page] = first.answers;
        const to = new URL(page?.to ?? "", "https://hub.example.org");

        expect([page?.status, to.pathname]).toEqual([302, "/hub/api/oauth2/authorize"]);
        expect(Object.fromEntries(to.searchParams)).toMatchObject({
            client_id: "service-binder",
            redirect_uri: "/services/binder/oauth_callback",
        });
    });

    it("builds what is not there, and starts the server of whoever asked in it", () => {
        expect(phasesOf(first.answers[1])).toEqual(wholeBuild);
        expect(first.servers).toMatchObject([{ user: "alice", options: { image } }]);
        expect(again.pods).toEqual([]);
        expect(again.servers).toMatchObject([{ user: "alice", options: { image } }]);
    });

    it("makes a pod that carries the owner of the images, and goes with its account", () => {
        const [pod] = first.pods;

        expect(pod?.namespace).toBe("binder-builds");
        expect(pod?.metadata["labels"]).toMatchObject({
            ...ownerLabels(images),
            component: "binderhub-build",
        });
        expect(pod?.metadata["annotations"]).toMatchObject({
            "steward/owner-contact": images.contact,
        });
        expect(pod?.metadata["ownerReferences"]).toEqual([
            { apiVersion: "v1", kind: "ServiceAccount", name: "build", uid: "uid-of-build" },
        ]);
        expect(first.deleted).toEqual([`binder-builds/${String(pod?.metadata["name"])}`]);
    });

    it("makes it as the layer says: no socket, no Secret, no machine of anybody else", () => {
        const [pod] = first.pods;
        const laid = buildPod("binder", builds);
        const [builder] = pod?.spec.containers ?? [];

        expect(pod?.spec).toEqual({
            ...laid.spec,
            containers: [builder],
            imagePullSecrets: [],
            restartPolicy: "Never",
        });
        expect(builder).toMatchObject({ name: "builder", ...laid.builder });
        expect(JSON.stringify(pod)).not.toMatch(/hostPath|docker\.sock|privileged|"secret"/);
    });

    it("has repo2docker push to the repository's own name, by a token for that alone", () => {
        const [pod] = first.pods;
        const [builder] = pod?.spec.containers ?? [];
        const env = builder?.["env"] as readonly { name: string; value: string }[];
        const given = env.find((each) => each.name === "CONTAINER_ENGINE_REGISTRY_CREDENTIALS");

        expect(first.commands).toEqual([
            expect.arrayContaining([
                "--push",
                `--image=${image}`,
                "--config=/etc/steward/repo2docker_config.py",
            ]),
        ]);
        expect(JSON.parse(given?.value ?? "")).toEqual({
            registry: "123456789012.dkr.ecr.us-east-2.amazonaws.com",
            username: "AWS",
            password: "a token of an hour",
        });
        const asked = first.aws.find(({ url }) => url.startsWith("https://sts."));
        const form = new URLSearchParams(asked?.body);
        expect(Object.fromEntries(form)).toEqual({
            Action: "AssumeRole",
            Version: "2011-06-15",
            RoleArn: registries.ecr.settings.push_role,
            RoleSessionName: "binder",
            DurationSeconds: "3600",
            Policy: expect.any(String) as unknown,
        });
        expect(JSON.parse(form.get("Policy") ?? "")).toEqual({
            Version: "2012-10-17",
            Statement: [
                { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
                {
                    Effect: "Allow",
                    Action: registries.ecr.settings.actions,
                    Resource: `arn:aws:ecr:us-east-2:123456789012:repository/${name}`,
                },
            ],
        });
    });

    it("signs what it asks of AWS as AWS's own library does", () => {
        const signed = first.aws.filter(({ body }) => body !== undefined);

        expect(signed.map(({ url }) => new URL(url).hostname)).toEqual([
            "api.ecr.us-east-2.amazonaws.com",
            "sts.us-east-2.amazonaws.com",
            "api.ecr.us-east-2.amazonaws.com",
        ]);
        for (const { headers, signature } of signed) {
            expect(headers["authorization"]).toBe(signature);
        }
    });

    it("takes repositories from where the stack file says", () => {
        expect(first.sources).toEqual([...builds.from].sort());
    });
});
