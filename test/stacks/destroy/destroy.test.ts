import * as ec2 from "@aws-sdk/client-ec2";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { DescribeRepositoriesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { DescribeNodegroupCommand, EKSClient } from "@aws-sdk/client-eks";
import {
    buildLabels,
    buildsNamespace,
} from "../../../components/workloads/jupyterhub/builds/names";
import type { Destroyed, DestroyOptions } from "../../../stacks/commands/destroy";
import { destroy } from "../../../stacks/commands/destroy";
import type { AwsFront } from "../../support/aws-front";
import { startAwsFront } from "../../support/aws-front";
import type { KubernetesFront } from "../../support/kubernetes-front";
import { startKubernetesFront } from "../../support/kubernetes-front";
import type { Moto } from "../../support/moto";
import { describeWithMoto, startMoto } from "../../support/moto";
import { labelsOf } from "../../support/stack";
import { keys, pointAwsAt, signIn } from "../doctor/example-target";
import type { Standing } from "./geolab";
import { buildGeolab, stateOf } from "./geolab";

jest.setTimeout(60_000);

const operators = { role: "site-reliability-engineer", party: "operators" } as const;
const support = "support@operators.org";
const community = { role: "hub-administrator", party: "community", contact: "hub@community.org" };
const releases = ["home-storage", "hub-database@prod"];

describeWithMoto("destroy, against moto and a Kubernetes API", (path) => {
    let moto: Moto;
    let front: AwsFront;
    let kubernetes: KubernetesFront;
    let standing: Standing;
    let ran: string[];
    let told: string[];
    beforeAll(async () => {
        moto = await startMoto(path);
        front = await startAwsFront(moto.url);
        kubernetes = await startKubernetesFront();
    }, 40_000);
    beforeEach(async () => {
        await moto.reset();
        pointAwsAt(front.url);
        signIn();
        standing = await buildGeolab(moto.url);
        const user = labelsOf("user-sessions", "prod");
        const servers = { ...user, component: "singleuser-server" };
        kubernetes.objects.clear();
        kubernetes.held.clear();
        put("pods", "jupyter-ada", servers);
        put("pods", "jupyter-eve", servers);
        put("pods", "jupyter-ida", servers);
        put("pods", "hub", labelsOf("hub", "prod"));
        const building = { ...labelsOf("user-image", "prod"), ...buildLabels };
        put("pods", "build-a", building, {}, buildsNamespace("prod"));
        put("persistentvolumeclaims", "hub-database", labelsOf("hub-database", "prod"));
        put("persistentvolumeclaims", "claim-ada", user);
        put("persistentvolumeclaims", "by-hand", {});
        put("services", "proxy", labelsOf("hub", "prod"), { spec: { type: "ClusterIP" } });
        put("services", "demo", labelsOf("hub", "prod"), {
            spec: { type: "LoadBalancer" },
            status: {
                loadBalancer: { ingress: [{ hostname: "a1b2c3-99.us-east-2.elb.amazonaws.com" }] },
            },
        });
        front.asked.length = 0;
        // EKS ends the machines of a group that wants none.
        front.answer = ({ path: at }) => {
            if (at.endsWith("/update-config")) void standing.stopUserMachines();
            return undefined;
        };
        [ran, told] = [[], []];
        jest.spyOn(process.stderr, "write").mockImplementation((text) => {
            told.push(String(text));
            return true;
        });
    });
    afterEach(() => jest.restoreAllMocks());
    afterAll(async () => {
        await Promise.all([front.stop(), kubernetes.stop()]);
        await moto.stop();
    });

    function put(
        kind: string,
        name: string,
        labels: object,
        more: object = {},
        namespace = "prod",
    ): void {
        const metadata = { namespace, name, labels };
        kubernetes.objects.set(`namespaces/${namespace}/${kind}/${name}`, { metadata, ...more });
    }

    /** `destroy --json --yes`, with a CLI that only writes down what it was asked. */
    async function run(
        options: DestroyOptions,
        { kubeconfig = kubernetes.kubeconfig, code = 0, onDestroy = () => Promise.resolve() } = {},
    ): Promise<{ code: number; done: Destroyed }> {
        const written: string[] = [];
        const output = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
            written.push(String(text));
            return true;
        });
        const pulumi = {
            read: (args: readonly string[]) => {
                const urns = args.filter((each) => each.startsWith("urn:"));
                ran.push(
                    [...args.slice(0, 2), ...(urns.length > 0 ? [urns.length] : [])].join(" "),
                );
                return Promise.resolve(JSON.stringify(stateOf(standing, kubeconfig)));
            },
            foreground: async (args: readonly string[]) => {
                ran.push(args.join(" "));
                await onDestroy();
                return code;
            },
        };
        const result = await destroy(
            "lab",
            { yes: true, json: true, ...options },
            {
                pulumi: () => Promise.resolve(pulumi),
                patience: { every: 20, times: 30 },
                signIn: () => Promise.reject(new Error("nobody signs in to Azure here")),
                confirm: undefined,
            },
        );
        output.mockRestore();
        return { code: result, done: JSON.parse(written.join("")) as Destroyed };
    }

    const named = (id: string) =>
        Object.entries(standing.ids).find(([, each]) => each === id)?.[0] ?? id;

    async function standingNow(): Promise<string[]> {
        const { client } = standing;
        const ecr = new ECRClient({ region: "us-east-2", credentials: keys, endpoint: moto.url });
        const [
            { Volumes = [] },
            { Reservations = [] },
            cards,
            groups,
            copies,
            { repositories = [] },
        ] = await Promise.all([
            client.send(new ec2.DescribeVolumesCommand({})),
            client.send(new ec2.DescribeInstancesCommand({})),
            client.send(new ec2.DescribeNetworkInterfacesCommand({})),
            client.send(new ec2.DescribeSecurityGroupsCommand({})),
            client.send(new ec2.DescribeSnapshotsCommand({ OwnerIds: ["self"] })),
            ecr.send(new DescribeRepositoriesCommand({})),
        ]);
        const ids = [
            ...Volumes.map(({ VolumeId }) => VolumeId),
            ...Reservations.flatMap(({ Instances = [] }) => Instances)
                .filter(({ State }) => State?.Name === "running")
                .map(({ InstanceId }) => InstanceId),
            ...(cards.NetworkInterfaces ?? []).map(({ NetworkInterfaceId }) => NetworkInterfaceId),
            ...(groups.SecurityGroups ?? []).map(({ GroupId }) => GroupId),
            ...(copies.Snapshots ?? []).map(({ SnapshotId }) => SnapshotId),
            ...repositories.map(({ repositoryName }) => repositoryName),
        ];
        return Object.keys(standing.ids)
            .filter((name) => ids.includes(standing.ids[name]))
            .sort();
    }

    it("lists by owner what stands, with what becomes of it, and nothing of another cluster or of the state", async () => {
        const { code, done } = await run({ release: releases });
        const row = ({ kind, id, owner, fate, drains }: Destroyed["spawned"][number]) => [
            kind,
            named(id),
            owner && `${owner.place} ${owner.role} ${owner.party} ${owner.contact ?? ""}`,
            fate,
            drains,
        ];
        const guide = "community-guide";
        const sre = (place: string, role: string = operators.role) =>
            `${place} ${role} operators ${support}`;
        const users = `user-sessions@prod ${community.role} community ${community.contact}`;
        expect(done.spawned.map(row)).toEqual([
            ["user server", "prod/jupyter-ada", users, "goes", true],
            ["user server", "prod/jupyter-eve", users, "goes", true],
            ["user server", "prod/jupyter-ida", users, "goes", true],
            ["build pod", "prod-builds/build-a", sre("user-image@prod", guide), "goes", true],
            ["claim", "prod/claim-ada", users, "goes", true],
            ["claim", "prod/by-hand", null, "goes", false],
            ["load balancer", "prod/demo", sre("hub@prod"), "blocks", true],
            ["machine", "core machine", sre("node-pools"), "goes", true],
            ["machine", "user machine", sre("node-pools@prod"), "goes", true],
            ["disk", "database disk", sre("hub-database@prod"), "stays", true],
            ["disk", "old hub's disk", sre("hub-database@old"), "stays", true],
            ["disk", "user disk", users, "stays", true],
            ["disk", "nobody's disk", null, "stays", false],
            ["snapshot", "copy", sre("backups"), "stays", false],
            ["network interface", "left interface", null, "blocks", true],
            ["network interface", "somebody's interface", null, "blocks", false],
            ["security group", "group", null, "blocks", true],
            ["repository", "built image", sre("user-image@prod", guide), "stays", true],
            ["repository", "old hub's image", sre("user-image@old", guide), "stays", true],
            ["repository", "nobody's image", null, "stays", false],
        ]);
        expect([code, done.result, done.drained]).toEqual([0, "succeeded", []]);
        expect(ran).toEqual(["stack export", "state unprotect 2", "destroy --stack lab --yes"]);
        const text = told.join("");
        expect(text).toMatch(
            /hub-administrator +community +hub@community\.org +user-sessions@prod +user server +3 +goes too +prod\/jupyter-ada .*, 1 more\n/,
        );
        expect(text).toMatch(/hub-database@old +disk +1 +stays: data, --release hub-database@old/);
        expect(text.indexOf("nobody  ")).toBeGreaterThan(text.indexOf(support));
    });

    it("protects again what was not deleted after all", async () => {
        const { code, done } = await run({ release: releases }, { code: 255 });
        expect([code, done.result]).toEqual([1, "failed"]);
        expect(ran.slice(1)).toEqual([
            "state unprotect 2",
            "destroy --stack lab --yes",
            "stack export",
            "state protect 2",
        ]);
    });

    it("removes nothing without --drain", async () => {
        const before = await standingNow();
        await run({ release: releases });
        expect(await standingNow()).toEqual(before);
        expect(front.asked.filter((each) => / (Delete|Terminate|Create)/.test(each))).toEqual([]);
        expect(kubernetes.asked.filter((each) => each.startsWith("DELETE"))).toEqual([]);
    });

    it("drains before it destroys: all but copies, data that nobody released, and what names nobody", async () => {
        const before = await standingNow();
        const { code, done } = await run(
            { release: releases, drain: true },
            {
                onDestroy: async () => {
                    ran.push(`with ${(await standingNow()).join()}`);
                },
            },
        );
        expect(told.join("")).not.toMatch(/DELETE|Error/);
        const images = ["built image", "old hub's image"];
        const gone = ["database disk", "group", "left interface", "user disk", "user machine"];
        expect(new Set(done.drained.map(named))).toEqual(
            new Set([
                ...images,
                ...gone,
                "prod-builds/build-a",
                "prod/claim-ada",
                "prod/demo",
                "prod/jupyter-ada",
                "prod/jupyter-eve",
                "prod/jupyter-ida",
            ]),
        );
        const left = before.filter((name) => ![...gone, ...images].includes(name));
        expect(left).toEqual(
            expect.arrayContaining([
                "hub's own image",
                "nobody's image",
                "copy",
                "old hub's disk",
                "home disk",
                "other's disk",
            ]),
        );
        expect(await standingNow()).toEqual(left);
        expect(ran.slice(-2)).toEqual(["destroy --stack lab --yes", `with ${left.join()}`]);
        expect([...kubernetes.objects.keys()].map((each) => each.split("/").at(-1))).toEqual([
            "hub",
            "hub-database",
            "by-hand",
            "proxy",
        ]);
        expect(code).toBe(0);
        const eks = new EKSClient({ region: "us-east-2", credentials: keys, endpoint: moto.url });
        const sizeOf = async (nodegroupName: string) => {
            const command = new DescribeNodegroupCommand({ clusterName: "geolab", nodegroupName });
            return (await eks.send(command)).nodegroup?.scalingConfig?.desiredSize;
        };
        expect([await sizeOf("core-1"), await sizeOf("prod-user-1")]).toEqual([1, 0]);
    });

    it("takes a last copy of released data, with its owner, before the disk goes", async () => {
        const { client, ids } = standing;
        const { done } = await run({ release: releases, drain: true });
        expect(done.drained.map(named)).toContain("database disk");
        const { Snapshots = [] } = await client.send(
            new ec2.DescribeSnapshotsCommand({ OwnerIds: ["self"] }),
        );
        const copies = Snapshots.filter(({ VolumeId }) => VolumeId === ids["database disk"]);
        expect(copies).toHaveLength(2);
        const last = copies.find(({ SnapshotId }) => SnapshotId !== ids["copy"]);
        expect(last?.Tags).toContainEqual({ Key: "owner-layer", Value: "hub-database" });
        expect(Snapshots.filter(({ VolumeId }) => VolumeId === ids["user disk"])).toEqual([]);
    });

    it("gives up data of a hub that is in the stack no more by its name, and refuses any other", async () => {
        const old = await run({ release: [...releases, "hub-database@old"], drain: true });
        expect(old.done.drained.map(named)).toContain("old hub's disk");
        const none = await run({ release: [...releases, "hub-database@never"] });
        expect([none.code, none.done.errors.map(({ path: at }) => at)]).toEqual([
            2,
            ["--release hub-database@never"],
        ]);
    });

    it("waits for the cluster to let go of a disk", async () => {
        const { ids, client } = standing;
        const VolumeId = ids["user disk"] ?? "";
        const InstanceId = ids["core machine"] ?? "";
        const Device = "/dev/xvdf";
        await client.send(new ec2.AttachVolumeCommand({ VolumeId, InstanceId, Device }));
        const onDestroy = async () => {
            expect(await standingNow()).toContain("user disk");
            await client.send(new ec2.DetachVolumeCommand({ VolumeId, InstanceId, Device }));
        };
        const { code, done } = await run({ release: releases, drain: true }, { onDestroy });
        expect([code, done.drained.map(named)]).toEqual([
            0,
            expect.arrayContaining(["user disk"]) as unknown,
        ]);
        expect(await standingNow()).not.toContain("user disk");
    });

    it("destroys nothing where something did not go, and names all of it", async () => {
        kubernetes.held.add("namespaces/prod/persistentvolumeclaims/claim-ada");
        front.answer = () => undefined; // and EKS ends no machine
        const { code, done } = await run({ release: releases, drain: true });
        expect([code, done.result]).toEqual([1, "failed"]);
        expect(done.errors.map(({ path: at, message }) => `${at}: ${message}`)).toEqual([
            "claim prod/claim-ada: was asked to go, and is still there",
            "node groups: have no machines to run any more, and some are still there",
        ]);
        expect(ran).toEqual(["stack export"]);
    });

    it("drains nothing where it could not ask, and lists the rest", async () => {
        const kubeconfig = kubernetes.kubeconfig.replace(/:\d+"/, ':9"');
        const drained = await run({ release: releases, drain: true }, { kubeconfig });
        expect([drained.code, drained.done.errors.map(({ path: at }) => at)]).toEqual([
            1,
            ["Kubernetes"],
        ]);
        expect(drained.done.spawned.map(({ kind }) => kind)).toContain("machine");
        // Without the Service its load balancer is known by its interfaces alone.
        expect(drained.done.spawned).toContainEqual(
            expect.objectContaining({ kind: "load balancer", id: "a1b2c3", drains: false }),
        );
        expect(ran).toEqual(["stack export"]);
        const listed = await run({ release: releases }, { kubeconfig });
        expect(listed.code).toBe(0);
    });

    it("asks no other account", async () => {
        front.answer = ({ operation, body }) =>
            operation === "GetCallerIdentity" || body.includes("Action=GetCallerIdentity")
                ? {
                      headers: { "content-type": "text/xml" },
                      body:
                          "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::999999999999:user/x</Arn>" +
                          "<Account>999999999999</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
                  }
                : undefined;
        const { done } = await run({ release: releases, drain: true });
        expect(done.errors.map(({ path: at, message }) => `${at}: ${message}`)).toEqual([
            "EC2: not asked, arn:aws:iam::999999999999:user/x is of account 999999999999, and the cluster is in 123456789012",
        ]);
        expect(front.asked.filter((each) => each.includes("Describe"))).toEqual([]);
    });

    it("lists also where protected data stands in the way, and says both", async () => {
        const { code, done } = await run({});
        expect([code, done.errors.map(({ path: at, fix }) => [at, fix])]).toEqual([
            1,
            [
                ["home-storage@prod", "give it up with --release home-storage@prod"],
                ["hub-database@prod", "give it up with --release hub-database@prod"],
            ],
        ]);
        expect(done.spawned).toHaveLength(20);
        expect(ran).toEqual(["stack export"]);
    });

    it("deletes nothing while a bucket holds something that may not go with it", async () => {
        const settings = { region: "us-east-2", credentials: keys, endpoint: moto.url };
        const s3 = new S3Client({ ...settings, forcePathStyle: true });
        for (const Bucket of ["geolab-kept", "geolab-scratch"]) {
            const LocationConstraint = "us-east-2";
            const CreateBucketConfiguration = { LocationConstraint } as const;
            await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
        }
        const empty = await run({ release: releases });
        expect([empty.code, empty.done.errors]).toEqual([0, []]);
        ran.length = 0;
        for (const Bucket of ["geolab-kept", "geolab-scratch"]) {
            await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "b" }));
        }
        const { code, done } = await run({ release: releases, drain: true });
        expect([code, done.errors.map(({ path: at }) => at)]).toEqual([1, ["bucket geolab-kept"]]);
        expect(told.join("")).toContain("bucket geolab-kept: holds objects");
        expect([ran, done.drained]).toEqual([["stack export"], []]);
    });

    it("says where the registry could not be asked, and drains nothing then", async () => {
        front.answer = ({ operation }) =>
            operation === "DescribeRepositories"
                ? { status: 400, body: JSON.stringify({ __type: "AccessDeniedException" }) }
                : undefined;
        const { code, done } = await run({ release: releases, drain: true });
        expect([code, done.errors.map(({ path: at, message }) => `${at}: ${message}`)]).toEqual([
            1,
            ["ECR: answers AccessDeniedException"],
        ]);
        expect(ran).toEqual(["stack export"]);
    });

    it("asks before it drains, and refuses where nobody could answer", async () => {
        const alone = await run({ drain: true, yes: false });
        expect([alone.code, alone.done.errors]).toEqual([
            2,
            [{ path: "--json", message: "asks nobody", fix: "add --yes" }],
        ]);
        expect(ran).toEqual([]);
    });
});
