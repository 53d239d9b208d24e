import { ownerOf } from "../../components/model/matrix";
import { ownerLabels } from "../../components/model/tags";
import { geolabSpec } from "../support/stack-file";
import { daskOf } from "./dask";
import type { Made, Visits } from "./hub";
import { describeHub, visit } from "./hub";

jest.setTimeout(240_000);

const spec = geolabSpec();
const [prod] = spec.workload.jupyterhub.hubs;
const sessions = ownerOf(spec.matrix, "user-sessions", "prod");
if (prod === undefined || sessions === undefined) throw new Error("the stack file lost its hub");

const general = "public.ecr.aws/earthscope/geolab/geolab-base:latest";
const profile = "choose-your-environment-and-resources";
const somebody = {
    userinfo: { sub: "alice" },
    token: { scope: "openid offline_access geolab" },
    // By the API, which waits until the server has been asked for.
    asks: [{ options: { profile } }],
};

/** Asked for from a server, one after the other, by the keyword arguments of `Gateway().submit`. */
const asks = [
    {},
    { worker_cores: 2, worker_memory: 16 },
    { worker_cores: 3 },
    { worker_memory: 17 },
    { image: "docker.io/elsewhere/miner" },
    { scheduler_extra_pod_labels: { "owner-party": "mallory" } },
];

/** Only images that profiles name: the stack file lets users write any. */
const [chosen] = prod.profiles;
const { image } = chosen?.profile_options ?? {};
const closed = {
    ...prod,
    profiles: [
        {
            ...chosen,
            display_name: "Choose your environment and resources",
            profile_options: {
                ...chosen?.profile_options,
                image: { display_name: "Environment", choices: image?.choices },
            },
        },
    ],
};

describeHub("the Dask gateway of a hub, on the packages of its image", () => {
    let visits: Visits;
    let made: readonly Made[];
    beforeAll(async () => {
        visits = visit(closed, { alice: somebody }, { ...(await daskOf(closed, sessions)), asks });
        made = visits.dask?.made ?? [];
    });

    it("is found and entered from a server without a word", () => {
        const [answers = []] = visits.dask?.answers ?? [];

        expect(answers[0]?.cluster).toMatch(/^prod\.[0-9a-f]{32}$/);
        expect(answers.map(({ refused }) => refused?.replace(/\s+/g, " "))).toEqual([
            undefined,
            undefined,
            expect.stringContaining("worker_cores must be <= 2"),
            expect.stringContaining("worker_memory must be <= 16"),
            expect.stringContaining("docker.io/elsewhere/miner is not an image of this hub"),
            expect.stringContaining("Unknown fields"),
        ]);
        expect(made).toHaveLength(2);
    });

    it("starts a cluster in the server's own image, within the limits of the stack file", () => {
        const configs = made.map(({ cluster }) => cluster.spec["config"]);

        expect(made[0]?.cluster.spec).toMatchObject({ username: "alice" });
        expect(configs).toMatchObject([
            {
                image: general,
                idle_timeout: 1_800,
                worker_cores: 1,
                worker_memory: 2 * 2 ** 30,
                scheduler_cores: 1,
                scheduler_memory: 2 * 2 ** 30,
                cluster_max_workers: 99,
            },
            // 100 cores, one of them the scheduler's; 800 GiB, two of them.
            { image: general, worker_cores: 2, worker_memory: 2 ** 34, cluster_max_workers: 49 },
        ]);
    });

    it("hands the owner of the sessions on to everything that the cluster is made of", () => {
        const labels = ownerLabels(sessions);
        const parts = made.flatMap((each) => Object.values(each));

        expect(parts).toHaveLength(14);
        expect(parts.map(({ metadata }) => metadata)).toEqual(
            parts.map((): unknown =>
                expect.objectContaining({
                    labels: expect.objectContaining({
                        ...labels,
                        "app.kubernetes.io/name": "dask-gateway",
                        "gateway.dask.org/instance": "prod-dask-gateway",
                    }) as unknown,
                    annotations: expect.objectContaining({
                        "steward/owner-contact": "geolab@example.org",
                    }) as unknown,
                }),
            ),
        );
        for (const { scheduler, worker } of made) {
            for (const pod of [scheduler, worker]) {
                expect(pod.metadata["annotations"]).toMatchObject({
                    "hub.jupyter.org/username": "alice",
                });
            }
        }
    });

    it("runs schedulers where users' servers run and workers on spot machines, without privilege", () => {
        const [first] = made;
        const restricted = {
            automountServiceAccountToken: false,
            serviceAccountName: "user-sa",
            securityContext: {
                runAsNonRoot: true,
                runAsUser: 1_000,
                seccompProfile: { type: "RuntimeDefault" },
            },
            containers: [
                {
                    securityContext: {
                        allowPrivilegeEscalation: false,
                        capabilities: { drop: ["ALL"] },
                    },
                },
            ],
        };
        const taints = (domain: string, value: string) =>
            ["/", "_"].map((mark) => ({
                key: `${domain}${mark}dedicated`,
                operator: "Equal",
                value,
                effect: "NoSchedule",
            }));

        expect(first?.scheduler.spec).toMatchObject({
            ...restricted,
            nodeSelector: { "steward/hub": "prod", "k8s.dask.org/node-purpose": "scheduler" },
            tolerations: taints("hub.jupyter.org", "user"),
        });
        expect(first?.worker.spec).toMatchObject({
            ...restricted,
            nodeSelector: { "steward/hub": "prod", "k8s.dask.org/node-purpose": "worker" },
            tolerations: taints("k8s.dask.org", "worker"),
        });
    });

    it("refuses servers' tokens of a hub that does not let its users in", async () => {
        const dask = { ...(await daskOf(closed, sessions)), asks: [{}], roles: {} };
        const { dask: seen } = visit(closed, { alice: somebody }, dask);

        expect(seen?.answers.flat().map(({ refused }) => refused)).toEqual([
            expect.stringContaining("Unauthorized"),
        ]);
        expect(seen?.made).toEqual([]);
    });
});
