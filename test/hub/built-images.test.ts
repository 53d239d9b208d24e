import { stackSpec } from "../support/stack-file";
import type { Visits } from "./hub";
import { builtImages, describeHub, visit } from "./hub";

jest.setTimeout(240_000);

const hub = stackSpec("jupyterhub-aws").workload.jupyterhub.hubs.find(
    ({ name }) => name === "binder",
);
if (hub === undefined) throw new Error("the stack file lost its hub");

const built = `${builtImages}norvig-2dpytudes-93991c:0123`;

describeHub("servers in built environments, on the packages of the hub's image", () => {
    let visits: Visits;
    beforeAll(() => {
        const alice = {
            userinfo: { sub: "alice" },
            token: { scope: "openid offline_access geolab" },
            asks: [
                { options: { image: built, repo_url: "https://github.com/norvig/pytudes" } },
                { options: { image: "docker.io/elsewhere/miner" } },
                { options: { image: builtImages.replace("binder/builds", "prod/builds") } },
                { options: {} },
            ],
        };
        visits = visit({ ...hub, image: { name: "quay.io/jupyter/base", tag: "1" } }, { alice });
    });

    const images = () =>
        visits.people["alice"]?.asks?.map(({ pods }) =>
            pods.map(({ spec }) => (spec.containers[0] as { image: string }).image),
        );

    it("start in what this hub built, in no image of anybody else's, and as ever without one", () => {
        expect(images()).toEqual([[built], [], [], ["quay.io/jupyter/base:1"]]);
    });

    it("say what is wrong with another image", () => {
        const [, other] = visits.people["alice"]?.asks ?? [];

        expect(other).toMatchObject({
            status: 400,
            words: expect.stringContaining("none that this hub built") as unknown,
        });
    });
});
