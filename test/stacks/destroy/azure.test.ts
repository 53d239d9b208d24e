import { Arm } from "../../../stacks/commands/azure/arm";
import type { Destroyed, DestroyOptions } from "../../../stacks/commands/destroy";
import { destroy } from "../../../stacks/commands/destroy";
import type { Finding } from "../../../stacks/commands/doctor/check";
import type { ArmFront } from "../../support/arm-front";
import { answered, refused, startArmFront } from "../../support/arm-front";
import type { KubernetesFront } from "../../support/kubernetes-front";
import { startKubernetesFront } from "../../support/kubernetes-front";
import { beginning, labelsOf, layerOf, resourceAt, stackUrn, tagsOf } from "../../support/stack";

jest.setTimeout(30_000);

const subscription = "/subscriptions/s-1";
const groupOf = (name: string) => `${subscription}/resourceGroups/${name}`;
const compute = "/providers/Microsoft.Compute";
const [ours, nodes, copies, zones] = [
    "geolab-sre",
    "geolab-nodes",
    "geolab-last-copies",
    "geolab-dns",
].map(groupOf);
const inGroup = (group: string | undefined, type: string, name: string, more: object = {}) => ({
    id: `${group ?? ""}/providers/${type}/${name}`,
    name,
    type,
    ...more,
});
const disk = (group: string | undefined, name: string, more: object = {}) =>
    inGroup(group, "Microsoft.Compute/disks", name, more);
const claimed = { "kubernetes.io-created-for-pvc-name": "claim-ada" };

/** The state of a cluster of hubs on Azure. */
function state(kubeconfig: string): object {
    const [control, homes] = [layerOf("control-plane"), layerOf("home-storage", "prod")];
    const provider = (name: string, inputs: object) => ({
        ...resourceAt(stackUrn, `pulumi:providers:${name}`, { ...inputs }, { urn: name }),
        id: name,
        custom: true,
    });
    const at = (above: typeof control, type: string, id: string, inputs: object = {}) => ({
        ...resourceAt(above.urn, type, { ...inputs }, { urn: id }),
        id,
    });
    const resources = [
        ...beginning(),
        provider("azure-native", { subscriptionId: "s-1", tenantId: "t-1" }),
        provider("kubernetes", { kubeconfig }),
        control,
        homes,
        at(control, "azure-native:resources:ResourceGroup", ours ?? "", { location: "eastus" }),
        {
            ...at(control, "azure-native:resources:ResourceGroup", zones ?? ""),
            retainOnDelete: true,
        },
        at(control, "azure-native:containerservice:ManagedCluster", `${ours ?? ""}/aks`, {
            nodeResourceGroup: "geolab-nodes",
        }),
        { ...at(homes, "azure-native:compute:Disk", disk(ours, "homes").id), protect: true },
    ];
    return { version: 3, deployment: { resources } };
}

describe("destroy of a cluster on Azure", () => {
    let arm: ArmFront;
    let kubernetes: KubernetesFront;
    let ran: string[];
    let told: string[];
    /** By group, and disks by id as they stand. */
    let groups: Map<string, object[]>;
    let disks: Map<string, object>;
    let bodies: Map<string, unknown>;
    let signedIn: boolean;
    beforeAll(async () => {
        arm = await startArmFront();
        kubernetes = await startKubernetesFront();
    });
    beforeEach(() => {
        [ran, told] = [[], []];
        groups = new Map();
        disks = new Map();
        bodies = new Map();
        signedIn = true;
        arm.asked.length = 0;
        kubernetes.asked.length = 0;
        kubernetes.objects.clear();
        arm.answer = ({ method, path, body }) => {
            const list = /^(.*)\/resources$/.exec(path)?.[1];
            if (list !== undefined) return answered({ value: groups.get(list) ?? [] });
            if (groups.has(path)) return answered({});
            if (method === "PUT") {
                bodies.set(path, body);
                return answered({ properties: { provisioningState: "Succeeded" } });
            }
            if (bodies.has(path)) {
                return answered({ properties: { provisioningState: "Succeeded" } });
            }
            const found = disks.get(path);
            if (found !== undefined && method === "DELETE") disks.delete(path);
            return found && answered(found);
        };
        jest.spyOn(process.stderr, "write").mockImplementation((text) => {
            told.push(String(text));
            return true;
        });
    });
    afterEach(() => jest.restoreAllMocks());
    afterAll(() => Promise.all([arm.stop(), kubernetes.stop()]));

    async function run(options: DestroyOptions) {
        const written: string[] = [];
        const output = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
            written.push(String(text));
            return true;
        });
        const pulumi = {
            read: () => Promise.resolve(JSON.stringify(state(kubernetes.kubeconfig))),
            foreground: (args: readonly string[]) => {
                ran.push(args.join(" "));
                return Promise.resolve(0);
            },
        };
        const finding: Finding = { id: "credentials", status: "ok", message: "somebody" };
        const none: Finding = { ...finding, status: "lacking", message: "nobody", fix: "sign in" };
        const caller = { arm: new Arm("s-1", "a-token", arm.url), objectId: "o", groups: [] };
        const code = await destroy(
            "lab",
            { yes: true, json: true, ...options },
            {
                pulumi: () => Promise.resolve(pulumi),
                patience: { every: 5, times: 4 },
                signIn: () => Promise.resolve(signedIn ? { finding, caller } : { finding: none }),
                confirm: undefined,
            },
        );
        output.mockRestore();
        return { code, done: JSON.parse(written.join("")) as Destroyed };
    }

    const stands = (group: string | undefined, ...resources: object[]) =>
        void groups.set(group ?? "", resources);
    const data = disk(nodes, "pvc-1", { tags: { ...claimed, ...tagsOf("home-storage", "prod") } });
    const release = ["home-storage"];

    it("lists by owner what lies in its groups and in Kubernetes, and nothing of the state or of a machine", async () => {
        const machine = inGroup(nodes, "Microsoft.Compute/virtualMachineScaleSets", "aks-core", {
            tags: tagsOf("node-pools"),
        });
        stands(
            ours,
            disk(ours, "HOMES"),
            disk(ours, "of-the-cluster", { managedBy: `${ours ?? ""}/aks`.toUpperCase() }),
            inGroup(ours, "Microsoft.Web/sites", "by-hand"),
        );
        stands(
            nodes,
            machine,
            data,
            disk(nodes, "os-disk"),
            inGroup(nodes, "Microsoft.Network/publicIPAddresses", "of-aks"),
        );
        const labels = { ...labelsOf("user-sessions", "prod"), component: "singleuser-server" };
        const metadata = { namespace: "prod", name: "jupyter-ada", labels };
        kubernetes.objects.set("namespaces/prod/pods/jupyter-ada", { metadata });
        const { done } = await run({ release });
        expect(
            done.spawned.map(({ kind, id, owner, drains }) => [
                kind,
                id.split("/").at(-1),
                owner?.place ?? null,
                drains,
            ]),
        ).toEqual([
            ["user server", "jupyter-ada", "user-sessions@prod", true],
            ["resource", "by-hand", null, false],
            ["machine", "aks-core", "node-pools", false],
            ["disk", "pvc-1", "home-storage@prod", true],
        ]);
    });

    it("says what it does not look at", async () => {
        stands(ours);
        await run({ release });
        expect(told.join("")).toContain("Azure: not looked at is what accounts, registries");
    });

    it("neither looks into the group of a zone nor says that it goes", async () => {
        stands(zones, disk(zones, "kept"), inGroup(zones, "Microsoft.Network/dnszones", "b.org"));
        const { code, done } = await run({ release });
        expect([code, done.spawned]).toEqual([0, []]);
        expect(told.join("")).toContain("the group geolab-dns stays, with the zone in it");
    });

    it("deletes nothing while a group would take data or a copy along that nobody gave up", async () => {
        stands(ours, inGroup(ours, "Microsoft.Compute/snapshots", "copy"));
        stands(nodes, disk(nodes, "pvc-2", { tags: claimed }));
        const { code, done } = await run({ release });
        expect([code, ran]).toEqual([1, []]);
        expect(done.errors.map(({ path, message, fix }) => [path, message, fix])).toEqual([
            [
                "snapshot",
                "copy would be deleted with its group, as Azure does; nothing was deleted",
                `keep it elsewhere: az resource move --destination-group <group> --ids ${ours ?? ""}${compute}/snapshots/copy; or give it up with --release backups`,
            ],
            [
                "disk",
                "pvc-2 would be deleted with its group, as Azure does; nothing was deleted",
                `keep it elsewhere: az resource move --destination-group <group> --ids ${nodes ?? ""}${compute}/disks/pvc-2`,
            ],
        ]);
    });

    it("lets a copy go whose layer is given up, although nothing else of that layer is protected", async () => {
        stands(ours, inGroup(ours, "Microsoft.Compute/snapshots", "copy"));
        const kept = await run({ release });
        expect([kept.code, ran]).toEqual([1, []]);
        expect(told.join("")).toMatch(/snapshot .*stays: data, --release backups/);
        const given = await run({ release: [...release, "backups"] });
        expect([given.code, ran]).toEqual([0, ["destroy --stack lab --yes"]]);
    });

    it("deletes nothing where it cannot see what the groups hold", async () => {
        signedIn = false;
        const unsigned = await run({ release });
        expect([unsigned.code, ran]).toEqual([1, []]);
        expect(unsigned.done.errors).toEqual([
            { path: "Azure", message: "not asked, nobody", fix: "sign in" },
        ]);
        signedIn = true;
        arm.answer = () => refused(403, "AuthorizationFailed");
        const unseen = await run({ release });
        expect([unseen.code, ran]).toEqual([1, []]);
        expect(unseen.done.errors[0]?.message).toBe("answers AuthorizationFailed");
    });

    it("stops at protected data before anything else", async () => {
        stands(ours);
        const { code, done } = await run({ drain: true });
        expect([code, ran]).toEqual([1, []]);
        expect(done.errors[0]?.fix).toBe("give it up with --release home-storage@prod");
    });

    it("--drain copies released data into a group that stays, then removes servers, claims and disks", async () => {
        stands(ours);
        stands(nodes, data);
        disks.set(data.id, {
            location: "eastus",
            tags: { a: "b" },
            properties: { diskState: "Unattached" },
        });
        const labels = labelsOf("home-storage", "prod");
        const metadata = { namespace: "prod", name: "claim-ada", labels };
        kubernetes.objects.set("namespaces/prod/persistentvolumeclaims/claim-ada", { metadata });
        const { code, done } = await run({ release, drain: true });
        expect([code, ran]).toEqual([0, ["destroy --stack lab --yes"]]);
        expect(done.drained).toEqual(["prod/claim-ada", data.id]);
        const group = copies?.replace("resourceGroups", "resourcegroups") ?? "";
        expect(bodies.get(group)).toEqual({ location: "eastus", tags: { a: "b" } });
        expect(bodies.get(`${group}${compute}/snapshots/last-of-pvc-1`)).toEqual({
            location: "eastus",
            tags: { a: "b" },
            properties: {
                creationData: { createOption: "Copy", sourceResourceId: data.id },
                incremental: false,
            },
        });
        const changes = arm.asked.filter((each) => !each.startsWith("GET"));
        expect(changes.map((each) => each.split(" ")[0])).toEqual(["PUT", "PUT", "DELETE"]);
    });

    it("--drain keeps claim and disk where no last copy could be made, and the cluster with them", async () => {
        stands(ours);
        stands(nodes, data);
        disks.set(data.id, { properties: { diskState: "Unattached" } });
        const labels = labelsOf("home-storage", "prod");
        const metadata = { namespace: "prod", name: "claim-ada", labels };
        kubernetes.objects.set("namespaces/prod/persistentvolumeclaims/claim-ada", { metadata });
        const answers = arm.answer;
        arm.answer = (question) =>
            question.method === "PUT" ? refused(409, "QuotaExceeded") : answers(question);
        const { code, done } = await run({ release, drain: true });
        expect([code, ran]).toEqual([1, []]);
        expect(done.errors[0]?.message).toBe("answers QuotaExceeded");
        expect([...kubernetes.objects.keys()]).toHaveLength(1);
        expect(disks.size).toBe(1);
    });

    it("--drain leaves a disk that something still uses, and says so", async () => {
        stands(ours);
        stands(nodes, data);
        disks.set(data.id, { properties: { diskState: "Attached" } });
        const { code, done } = await run({ release, drain: true });
        expect([code, ran]).toEqual([1, []]);
        expect(done.errors[0]?.message).toBe("was asked to go, and is still there");
        expect(disks.size).toBe(1);
    });
});
