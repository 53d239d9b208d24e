import { carrierOf } from "../../../../../components/model/carriers";
import { isDuty, layersOf } from "../../../../../components/model/layers";
import { ownerOf } from "../../../../../components/model/matrix";
import { ownerKeys, ownerTags } from "../../../../../components/model/tags";
import { plannedAddresses } from "../../../../../components/workloads/commcare/environment/input";
import type { Recorded } from "../../../../support/record-resources";
import type { BuiltMachines } from "./cluster";
import { build, commcare } from "./cluster";

// The whole cluster takes some seconds to construct.
jest.setTimeout(120_000);

const spec = commcare();
const { plan } = spec.workload;
let built: BuiltMachines;
beforeAll(async () => {
    built = await build(spec);
});

/** The layer that a resource says it belongs to by its name: `<layer>-<noun>`. */
function layerByName({ name }: Recorded): string | undefined {
    const slugs = layersOf("commcare", "aws").map(([slug]) => slug as string);
    return slugs
        .filter((slug) => name === slug || name.startsWith(`${slug}-`))
        .sort((one, other) => other.length - one.length)[0];
}

const custom = () =>
    built.resources.filter(({ type }) => type.startsWith("aws:") && carrierOf(type) === "map");

describe("a CommCare cluster on AWS", () => {
    it("puts the owner of its layer, by its name, on every resource that takes tags", () => {
        const wrong = custom().flatMap((each) => {
            const owner = ownerOf(spec.matrix, layerByName(each) ?? "");
            const tags = (each.inputs["tags"] ?? {}) as Record<string, string>;
            const wanted = owner === undefined ? { layer: "of the cluster" } : ownerTags(owner);
            return Object.entries(wanted)
                .filter(([key, value]) => tags[key] !== value)
                .map(([key]) => `${each.type} ${each.name}: ${key}`);
        });
        expect(wrong).toEqual([]);
        expect(custom().length).toBeGreaterThan(250);
    });

    it("has something in every layer that is no duty", () => {
        const filled = new Set(custom().map(layerByName));
        const empty = layersOf("commcare", "aws")
            .filter(([slug, layer]) => !isDuty(layer) && !filled.has(slug))
            .map(([slug]) => slug);
        expect(empty).toEqual([]);
    });

    it("has AWS protect its database, beside the engine", () => {
        const [database, ...others] = built.ofType("aws:rds/instance:Instance");
        expect([database?.inputs["deletionProtection"], others]).toEqual([true, []]);
    });

    it("registers nothing of EKS", () => {
        const types = built.resources.map(({ type }) => type);
        expect(types.filter((type) => /eks|kubernetes|autoscaling/.test(type))).toEqual([]);
    });

    it("has a budget of whoever pays for the hosting", () => {
        const [budget, ...others] = built.ofType("aws:budgets/budget:Budget");
        expect([budget?.name, others]).toEqual(["hosting-hosting-budget", []]);
        expect(JSON.stringify(budget?.inputs["filterExpression"])).toContain(spec.name);
    });

    it("answers with the machines of the plan", () => {
        const { hosts } = built.foundation;
        expect(Object.keys(hosts).sort()).toEqual(plan.machines.map(({ name }) => name).sort());
    });

    it("has a name inside its network for every machine, service and balancer that the hand-over names", () => {
        const written = built
            .ofType("aws:route53/record:Record")
            .map(({ inputs }) => inputs["name"])
            .filter((name) => String(name).endsWith(".internal"));
        const { machines, endpoints, redis, redisBroker, sharedDirectory } = plannedAddresses(spec);
        const named = [...Object.values(machines), ...Object.values(endpoints)];
        expect(written.sort()).toEqual([...named, redis, redisBroker, sharedDirectory].sort());
    });

    it("has the buckets that the hand-over names", () => {
        const { blobBucket, searchBucket } = plannedAddresses(spec);
        const made = built.ofType("aws:s3/bucket:Bucket").map(({ inputs }) => inputs["bucket"]);
        expect(made).toEqual(expect.arrayContaining([blobBucket, searchBucket]));
    });
});

describe("a machine", () => {
    const instance = "aws:ec2/instance:Instance";

    it("is one of the plan, signs for its metadata, and is not ended by a wrong click", () => {
        const machines = built.ofType(instance);
        expect(
            machines
                .map(({ name }) =>
                    name.replace(
                        /^(app|data)-services-|^operating-system-|^service-monitoring-/,
                        "",
                    ),
                )
                .sort(),
        ).toEqual(plan.machines.map(({ name }) => name).sort());
        for (const { inputs } of machines) {
            expect(inputs).toMatchObject({
                metadataOptions: { httpTokens: "required", httpEndpoint: "enabled" },
                disableApiTermination: true,
                forceDestroy: true,
                rootBlockDevice: { encrypted: true, volumeType: "gp3" },
            });
            expect(inputs).not.toHaveProperty("volumeTags");
            expect(inputs).not.toHaveProperty("associatePublicIpAddress");
        }
    });

    it("says who answers for its service, for its system, and for the host below", () => {
        for (const { inputs } of built.ofType(instance)) {
            const tags = inputs["tags"] as Record<string, string>;
            const disk = (inputs["rootBlockDevice"] as { tags: Record<string, string> }).tags;
            expect([tags[ownerKeys.os], tags[ownerKeys.hosting]]).toEqual([
                "cluster-management",
                "infrastructure-provider",
            ]);
            expect({ ...tags, PatchGroup: undefined }).toEqual({ ...disk, PatchGroup: undefined });
        }
    });

    it("starts from the image that Canonical calls current; which one that is, its first day decides", () => {
        const stable = "ami of /aws/service/canonical/ubuntu/server/22.04/stable";
        const images = new Set(built.ofType(instance).map(({ inputs }) => inputs["ami"]));
        expect([...images]).toEqual([`${stable}/current/amd64/hvm/ebs-gp2/ami-id`]);
    });

    it("keeps its data on a disk of its own, in its own zone, which the backup plan finds", () => {
        const withDisk = plan.machines.filter(({ dataGiB }) => dataGiB !== null);
        const disks = built.ofType("aws:ebs/volume:Volume");
        expect(disks.length).toBe(withDisk.length);
        for (const { inputs } of disks)
            expect(inputs).toMatchObject({
                encrypted: true,
                finalSnapshot: true,
                tags: { backup: "daily" },
            });
        expect(
            built
                .ofType("aws:ec2/volumeAttachment:VolumeAttachment")
                .map(({ inputs }) => inputs["deviceName"]),
        ).toEqual(withDisk.map(() => "/dev/sdf"));
    });

    const userDataOf = ({ inputs }: Recorded) => {
        const text = String(inputs["userData"]);
        expect(text.split("\n")[0]).toBe("#cloud-config");
        return JSON.parse(text.slice(text.indexOf("\n"))) as Record<string, unknown>;
    };

    it("is let in by the operators' keys at its first start, and by the control machine's", () => {
        for (const each of built.ofType(instance)) {
            expect(userDataOf(each)["ssh_authorized_keys"]).toEqual([
                ...spec.workload.commcare.operators.map(({ sshKey }) => sshKey),
                "ssh-ed25519 identity-secrets-first-key",
            ]);
        }
    });

    it("gets commcare-cloud ready where it is the control machine, and knows no secret", () => {
        const ready = built
            .ofType(instance)
            .filter((each) => userDataOf(each)["runcmd"] !== undefined);
        expect(ready.map(({ name }) => name)).toEqual(["operating-system-control-a1"]);
        const text = String(ready[0]?.inputs["userData"]);
        expect(text).toContain("commcare-commcare/first_ssh_key");
        expect(text).toContain(spec.workload.commcare.commcareCloud);
        expect(text).not.toContain("private");
        expect(Buffer.byteLength(text)).toBeLessThan(16_384);
    });
});

describe("what a machine may do in the cloud", () => {
    interface Statement {
        readonly Action: string | string[];
        readonly Resource: string | string[];
    }
    const policyOf = (group: string): Statement[] => {
        const found = built
            .ofType("aws:iam/rolePolicy:RolePolicy")
            .find(({ name }) => name === `identity-secrets-${group}-needs`);
        if (found === undefined) return [];
        return (JSON.parse(String(found.inputs["policy"])) as { Statement: Statement[] }).Statement;
    };

    it("is nothing where its services need nothing", () => {
        const proxy = plan.machines.find(({ services }) => services.join() === "proxy");
        expect(proxy).toBeDefined();
        expect(policyOf(proxy?.line ?? "")).toEqual([]);
    });

    it("is secrets for the control machine alone", () => {
        const readers = built
            .ofType("aws:iam/rolePolicy:RolePolicy")
            .filter(({ inputs }) => String(inputs["policy"]).includes("secretsmanager:"))
            .map(({ name }) => name);
        expect(readers).toEqual(["identity-secrets-control-needs"]);
    });

    it("never is everything", () => {
        for (const { inputs } of built.ofType("aws:iam/rolePolicy:RolePolicy")) {
            const { Statement } = JSON.parse(String(inputs["policy"])) as {
                Statement: Statement[];
            };
            for (const { Action } of Statement)
                expect([Action].flat().filter((action) => /\*$/.test(action))).toEqual([]);
        }
    });
});

describe("secrets", () => {
    /** What a secret holds; the SDK hands it on sealed. */
    const heldBy = ({ inputs }: Recorded): unknown =>
        JSON.parse((inputs["secretString"] as { value: string }).value);

    it("have the names that commcare-cloud reads, and values that are JSON", () => {
        const names = built
            .ofType("aws:secretsmanager/secret:Secret")
            .map(({ inputs }) => inputs["name"]);
        expect(names).toEqual(
            [
                "ansible_sudo_pass",
                "SECRET_KEY",
                "FORMPLAYER_INTERNAL_AUTH_KEY",
                "COUCH_USERNAME",
                "COUCH_PASSWORD",
                "POSTGRES_USERS",
                "first_ssh_key",
            ].map((name) => `commcare-commcare/${name}`),
        );
        const values = built.ofType("aws:secretsmanager/secretVersion:SecretVersion");
        expect(values.length).toBe(names.length);
        for (const each of values) expect(() => heldBy(each)).not.toThrow();
    });

    it("have the user that the database was made with, by the name that it was made with", () => {
        const [database] = built.ofType("aws:rds/instance:Instance");
        const version = "aws:secretsmanager/secretVersion:SecretVersion";
        const users = heldBy(built.find(version, "identity-secrets-postgres-users")) as Record<
            string,
            { username: string }
        >;
        expect(users["root"]?.username).toBe(database?.inputs["username"]);
        expect(Object.keys(users)).toEqual(["commcare", "devreadonly", "root"]);
    });

    it("are only what nobody else knows where commcare-cloud has a vault of its own", async () => {
        const sealed = await build(
            commcare((config) => {
                (config["commcare"] as Record<string, unknown>)["secretsBackend"] = "ansible-vault";
            }),
        );
        const names = sealed
            .ofType("aws:secretsmanager/secret:Secret")
            .map(({ inputs }) => inputs["name"]);
        expect(names).toEqual([
            "commcare-commcare/POSTGRES_USERS",
            "commcare-commcare/first_ssh_key",
        ]);
    });
});
