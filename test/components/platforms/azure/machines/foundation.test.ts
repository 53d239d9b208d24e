import { carrierOf } from "../../../../../components/model/carriers";
import { isDuty, layersOf } from "../../../../../components/model/layers";
import { ownerOf } from "../../../../../components/model/matrix";
import { ownerKeys, ownerTags } from "../../../../../components/model/tags";
import { handOverOf } from "../../../../../components/platforms/hand-overs";
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
    const slugs = layersOf("commcare", "azure").map(([slug]) => slug as string);
    return slugs
        .filter((slug) => name === slug || name.startsWith(`${slug}-`))
        .sort((one, other) => other.length - one.length)[0];
}

const inputsOf = (type: string) => built.ofType(type).map(({ inputs }) => inputs);

/** Whatever takes tags, but for the groups, whose names are those of roles. */
const custom = () =>
    built.resources.filter(
        ({ type }) =>
            type.startsWith("azure-native:") &&
            carrierOf(type) === "map" &&
            type !== "azure-native:resources:ResourceGroup",
    );

describe("a CommCare cluster on Azure", () => {
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
        expect(custom().length).toBeGreaterThan(200);
    });

    it("has something in every layer that is no duty", () => {
        const filled = new Set(custom().map(layerByName));
        const empty = layersOf("commcare", "azure")
            .filter(([slug, layer]) => !isDuty(layer) && !filled.has(slug))
            .map(([slug]) => slug)
            // Machines, disks and cards carry it beside the layer that they serve.
            .filter((slug) => slug !== "hosting");
        expect(empty).toEqual([]);
    });

    it("has no public address but those of the gateway, of the way out and of Bastion", () => {
        const addresses = built.ofType("network:PublicIPAddress").map(({ name }) => name);
        expect(addresses.sort()).toEqual(["network-bastion", "network-out", "network-site"]);
        const open = inputsOf("network:NetworkInterface").filter((each) =>
            JSON.stringify(each).includes("publicIPAddress"),
        );
        expect(open).toEqual([]);
    });

    it("takes down who speaks to whom, in an account without keys", () => {
        const [log] = inputsOf("network:FlowLog");
        expect([log?.["targetResourceId"], log?.["storageId"]]).toEqual([
            "network-vnet-id",
            "intrusion-detection-flows-id",
        ]);
        expect(
            built.find("storage:StorageAccount", "intrusion-detection-flows").inputs,
        ).toMatchObject({ allowSharedKeyAccess: false, networkRuleSet: { defaultAction: "Deny" } });
    });

    it("closes every service of the cloud to the Internet", () => {
        const network = (inputs: Readonly<Record<string, unknown>>) =>
            (inputs["network"] ?? inputs["properties"] ?? inputs) as Record<string, unknown>;
        for (const type of [
            "dbforpostgresql:Server",
            "redisenterprise:RedisEnterprise",
            "keyvault:Vault",
            "recoveryservices:Vault",
        ]) {
            const said = inputsOf(type).map((each) =>
                String(network(each)["publicNetworkAccess"]).toLowerCase(),
            );
            expect([type, said]).toEqual([type, said.map(() => "disabled")]);
            expect(said.length).toBeGreaterThan(0);
        }
    });

    it("has a budget of whoever pays for the hosting", () => {
        const [budget, ...others] = built.ofType("consumption:Budget");
        expect([budget?.name, others]).toEqual(["hosting-hosting-budget", []]);
        expect(JSON.stringify(budget?.inputs["filter"])).toContain(spec.name);
    });

    it("answers with the machines of the plan", () => {
        const { hosts } = built.foundation;
        expect(Object.keys(hosts).sort()).toEqual(plan.machines.map(({ name }) => name).sort());
    });

    it("has a name inside its network for every machine, database and balancer that the hand-over names", () => {
        const written = built
            .ofType("privatedns:PrivateRecordSet")
            .map(
                ({ inputs }) => `${String(inputs["relativeRecordSetName"])}.${spec.name}.internal`,
            );
        const { machines, endpoints, redis } = handOverOf(spec).addresses;
        const named = [...Object.values(machines), ...Object.values(endpoints)];
        expect(written.sort()).toEqual([...named].sort());
        expect(named).toContain(redis);
    });

    it("has the services whose own names the hand-over holds", () => {
        const { addresses, hosts } = handOverOf(spec);
        const [broker] = inputsOf("redisenterprise:RedisEnterprise");
        expect(addresses.redisBroker).toBe(
            `${String(broker?.["clusterName"])}.${spec.region}.redis.azure.net`,
        );
        const account = built.find("storage:StorageAccount", "data-services-shared").inputs;
        expect(account["publicNetworkAccess"]).toBe("Disabled");
        const name = String(account["accountName"]);
        expect(addresses.sharedDirectory).toBe(`${name}.file.core.windows.net`);
        const [share] = inputsOf("storage:FileShare");
        expect(hosts.shared?.path).toBe(`/${name}/${String(share?.["shareName"])}`);
        expect(share?.["enabledProtocols"]).toBe("NFS");
    });
});

describe("a machine", () => {
    const machines = () => built.ofType("compute:VirtualMachine");

    it("is one of the plan, of Trusted Launch, in its zone, and takes no password", () => {
        const names = machines().map(({ inputs }) => String(inputs["vmName"]));
        expect(names.sort()).toEqual(plan.machines.map(({ name }) => `commcare-${name}`).sort());
        for (const { inputs } of machines()) {
            const planned = plan.machines.find(
                ({ name }) => `commcare-${name}` === inputs["vmName"],
            );
            expect(inputs["zones"]).toEqual([String((planned?.zone ?? 0) + 1)]);
            expect(inputs["securityProfile"]).toMatchObject({
                securityType: "TrustedLaunch",
                encryptionAtHost: true,
            });
        }
    });

    it("says who answers for its service, for its system, and for the host below, on its card and disk too", () => {
        const carriers = [
            ...machines(),
            ...built.ofType("network:NetworkInterface"),
            ...built.ofType("compute:Disk"),
        ];
        for (const { inputs } of carriers) {
            const tags = inputs["tags"] as Record<string, string>;
            expect([tags[ownerKeys.os], tags[ownerKeys.hosting]]).toEqual([
                "cluster-management",
                "infrastructure-provider",
            ]);
        }
    });

    it("seals its disks with the cluster's keys", () => {
        const roots = machines().map(
            ({ inputs }) =>
                (
                    inputs["storageProfile"] as {
                        osDisk: { managedDisk: { diskEncryptionSet: { id: string } } };
                    }
                ).osDisk.managedDisk.diskEncryptionSet.id,
        );
        expect([...new Set(roots)]).toEqual(["identity-secrets-disks-id"]);
        const data = inputsOf("compute:Disk").map(
            (each) => (each["encryption"] as { diskEncryptionSetId: string }).diskEncryptionSetId,
        );
        expect([...new Set(data)]).toEqual(["identity-secrets-data-disks-id"]);
        expect(data.length).toBe(plan.machines.filter(({ dataGiB }) => dataGiB !== null).length);
    });

    it("attaches its disk of data where commcare-cloud looks for it", () => {
        const luns = machines().flatMap(({ inputs }) =>
            (inputs["storageProfile"] as { dataDisks: { lun: number }[] }).dataDisks.map(
                ({ lun }) => lun,
            ),
        );
        expect([...new Set(luns)]).toEqual([0]);
        expect(handOverOf(spec).hosts.dataDevice).toBe("/dev/disk/azure/scsi1/lun0");
    });

    it("is patched in a window of the stack, and reports how full its disks are", () => {
        const windows = inputsOf("maintenance:MaintenanceConfiguration").map(
            (each) => each["resourceName"],
        );
        const wanted = machines().map(
            ({ inputs }) => (inputs["tags"] as Record<string, string>)["PatchGroup"],
        );
        expect([...new Set(wanted)].sort()).toEqual([...windows].sort());
        const watched = built.ofType("monitor:DataCollectionRuleAssociation");
        expect(watched.length).toBe(machines().length);
    });

    it("whose disk fills has somebody told: the root disk of each, and each disk of data", () => {
        const queries = inputsOf("monitor:ScheduledQueryRule").map((each) =>
            JSON.stringify(each["criteria"]),
        );
        for (const { name, dataGiB } of plan.machines) {
            const asked = queries.filter((query) => query.includes(`commcare-${name}\\"`));
            expect([name, asked.length]).toEqual([name, dataGiB === null ? 1 : 2]);
        }
    });
});

describe("a first start", () => {
    const startOf = (host: string) => {
        const machine = built
            .ofType("compute:VirtualMachine")
            .find(({ inputs }) => inputs["vmName"] === `commcare-${host}`);
        const whole = machine?.inputs["osProfile"] as { value?: object };
        const { customData, linuxConfiguration } = (whole.value ?? whole) as {
            customData: string;
            linuxConfiguration: { ssh: { publicKeys: { keyData: string }[] } };
        };
        const text = Buffer.from(customData, "base64").toString();
        const keys = linuxConfiguration.ssh.publicKeys.map(({ keyData }) => keyData);
        const files = (JSON.parse(text.slice(text.indexOf("\n"))) as { write_files?: object[] })
            .write_files;
        const written = Object.fromEntries(
            ((files ?? []) as { path: string; content: string }[]).map(({ path, content }) => [
                path,
                content,
            ]),
        );
        return { keys, written, line: text.split("\n")[0] };
    };

    it("lets in the operators and the control machine, which has the key and commcare-cloud", () => {
        const { keys, line } = startOf("web-a1");
        const operators = spec.workload.commcare.operators.map(({ sshKey }) => sshKey);
        expect([line, keys]).toEqual(["#cloud-config", [...operators, "ssh-ed25519 AAAAfirst"]]);
        const { written } = startOf("control-a1");
        expect(written["/home/ubuntu/.ssh/commcare-cloud.pem"]).toContain("OPENSSH");
        expect(written["/usr/local/bin/prepare-commcare-cloud"]).toContain(
            spec.workload.commcare.commcareCloud,
        );
    });

    it("gives the machine of HQ's commands, and no other, what copies the shared directory", () => {
        const account = built.find("storage:StorageAccount", "backups-copies-account").inputs;
        for (const { name, services } of plan.machines) {
            const script = startOf(name).written["/usr/local/sbin/copy-shared-directory"];
            const copies = services.includes("django-manage");
            expect([name, script?.includes(`account=${String(account["accountName"])},`)]).toEqual([
                name,
                copies ? true : undefined,
            ]);
        }
    });

    it("gives proxies, and no other machine, what the gateway knows them by", () => {
        for (const { name, services } of plan.machines) {
            const { written } = startOf(name);
            const proxy = services.includes("proxy");
            expect([
                name,
                written["/etc/ssl/certs/ssl-cert-snakeoil.pem"]?.includes("LEAF"),
            ]).toEqual([name, proxy ? true : undefined]);
        }
    });
});

describe("the gateway", () => {
    const gateway = () => built.find("network:ApplicationGateway", "network-site").inputs;

    it("shows the certificate that the stack file names, in its newest version", () => {
        const { certificate } = spec.platform.azure.machines;
        expect(gateway()["sslCertificates"]).toEqual([
            { name: "site", keyVaultSecretId: certificate?.secretId },
        ]);
        const reads = built
            .ofType("authorization:RoleAssignment")
            .filter(({ inputs }) => inputs["scope"] === certificate?.vaultId);
        expect(reads.map(({ inputs }) => inputs["principalId"])).toEqual([
            "principal of network-site",
        ]);
        expect(String(reads[0]?.inputs["roleDefinitionId"])).toMatch(
            /4633458b-17de-408a-b874-0445c86b69e6$/,
        );
    });

    it("speaks TLS to the proxies alone, whose certificate it knows", () => {
        const proxies = plan.machines.filter(({ services }) => services.includes("proxy"));
        const [pool] = gateway()["backendAddressPools"] as { backendAddresses: unknown[] }[];
        expect(pool?.backendAddresses.length).toBe(proxies.length);
        expect(gateway()["trustedRootCertificates"]).toEqual([{ name: "proxies", data: "ROOT" }]);
        expect(gateway()["backendHttpSettingsCollection"]).toMatchObject([
            { port: 443, protocol: "Https", hostName: "commcare.health.example.org" },
        ]);
    });

    it("refuses attacks, and is under no other firewall", () => {
        const [policy] = inputsOf("network:WebApplicationFirewallPolicy");
        expect(policy?.["policySettings"]).toMatchObject({ mode: "Prevention", state: "Enabled" });
        expect(gateway()["firewallPolicy"]).toEqual({ id: "threat-response-site-id" });
        expect(gateway()["sku"]).toEqual({ name: "WAF_v2", tier: "WAF_v2" });
    });
});

describe("data", () => {
    it("has PostgreSQL over two zones, sealed with a key of the cluster's that has no version", () => {
        const [server, ...others] = inputsOf("dbforpostgresql:Server");
        expect(others).toEqual([]);
        expect(server).toMatchObject({
            version: "14",
            highAvailability: { mode: "ZoneRedundant", standbyAvailabilityZone: "2" },
            availabilityZone: "1",
            dataEncryption: {
                type: "AzureKeyVault",
                primaryKeyURI: "https://vault.test/keys/data",
            },
        });
    });

    it("has a queue of tasks that loses none: no shards, nothing pushed out, written down", () => {
        const [database] = inputsOf("redisenterprise:Database");
        expect(database).toMatchObject({
            port: 10_000,
            clientProtocol: "Encrypted",
            clusteringPolicy: "NoCluster",
            evictionPolicy: "NoEviction",
            persistence: { aofEnabled: true },
        });
    });

    it("is copied: each disk of data, each machine that keeps any, the share, and a trial of both kinds", () => {
        const disks = built.ofType("compute:Disk").length;
        expect(built.ofType("dataprotection:BackupInstance").length).toBe(disks);
        expect(built.ofType("recoveryservices:ProtectedItem").length).toBe(disks);
        const workflows = built.ofType("logic:Workflow").map(({ name }) => name);
        expect(workflows.sort()).toEqual([
            "backups-database-trial",
            "backups-disk-trial",
            "backups-shared-directory-snapshots",
        ]);
    });

    it("is sealed by a set that the vault of copies may read: one right for all disks", () => {
        const reads = built
            .ofType("authorization:RoleAssignment")
            .filter(({ inputs }) => inputs["scope"] === "identity-secrets-data-disks-id");
        expect(reads.map(({ name, inputs }) => [name, inputs["principalId"]])).toEqual([
            ["backups-vault-reads-data-disks", "principal-of-it"],
        ]);
        expect(String(reads[0]?.inputs["roleDefinitionId"])).toMatch(/acdd72a7-/);
    });
});

describe("the shared directory", () => {
    const manage = plan.machines.find(({ services }) => services.includes("django-manage"));

    it("is copied to an account that is kept in two regions and open to nobody outside", () => {
        const account = built.find("storage:StorageAccount", "backups-copies-account").inputs;
        expect([account["sku"], account["publicNetworkAccess"]]).toEqual([
            { name: "Standard_GZRS" },
            "Disabled",
        ]);
        const [policy] = built
            .ofType("storage:BlobServiceProperties")
            .filter(({ name }) => name.startsWith("backups-copies"));
        expect(policy?.inputs["deleteRetentionPolicy"]).toEqual({ enabled: true, days: 35 });
        expect(policy?.inputs["isVersioningEnabled"]).toBe(true);
    });

    it("is copied by one machine, whose identity may write there and nowhere else of storage", () => {
        const roles = built
            .ofType("authorization:RoleAssignment")
            .filter(({ inputs }) => /ba92f5b4-/.test(String(inputs["roleDefinitionId"])));
        const copying = roles.filter(({ name }) => name.startsWith("backups-"));
        expect(copying.map(({ inputs }) => inputs["scope"])).toEqual([
            "backups-copies-shared-id",
            "backups-copies-runs-id",
        ]);
        const name = manage?.name ?? "";
        const network = built.find("network:NetworkSecurityGroup", "network-machines").inputs;
        const rules = network["securityRules"] as { name: string }[];
        const ways = rules.filter((rule) => rule.name.endsWith("-to-copies"));
        const line = name.replace(/-.*$/, "");
        expect(ways.map((rule) => rule.name)).toEqual([
            `in-443-${line}-to-copies`,
            `out-443-${line}-to-copies`,
        ]);
    });

    it("has somebody told when two days go by without a copy that went well", () => {
        const rule = built.find("monitor:ScheduledQueryRule", "backups-copies-missed").inputs;
        expect(rule["windowSize"]).toBe("P2D");
        const account = built.find("storage:StorageAccount", "backups-copies-account").inputs;
        const { allOf } = rule["criteria"] as {
            allOf: { query: string; operator: string; threshold: number }[];
        };
        expect(allOf[0]).toMatchObject({ operator: "LessThan", threshold: 1 });
        expect(allOf[0]?.query).toContain(`"${String(account["accountName"])}"`);
    });
});

describe("keys and secrets", () => {
    it("are left to their vault, at whose own address nobody deletes them; Azure updates no tags of a key", () => {
        const left = ["Key", "Secret"].flatMap((kind) =>
            built.ofType(`keyvault:${kind}`).map(({ type, name, inputs }) => {
                const { protect, retainOnDelete } = built.options.get(`${type} ${name}`) ?? {};
                return [kind, protect, retainOnDelete, "tags" in inputs];
            }),
        );
        expect(left).toEqual([
            ...Array<unknown>(3).fill(["Key", true, true, false]),
            ...Array<unknown>(3).fill(["Secret", true, true, true]),
        ]);
    });
});

describe("secrets", () => {
    it("lie in the cluster's vault, which the control machine reads and no other", () => {
        const names = inputsOf("keyvault:Secret").map((each) => each["secretName"]);
        expect(names.sort()).toEqual(["first-key", "postgres-commcare-root", "redis-broker-key"]);
        const readers = built
            .ofType("authorization:RoleAssignment")
            .filter(({ inputs }) => inputs["scope"] === "identity-secrets-vault-id")
            .map(({ name }) => name)
            .filter((name) => name.endsWith("-reads"));
        expect(readers).toEqual(["identity-secrets-control-a1-reads"]);
    });
});

describe("an object store of the cluster's own", () => {
    let other: BuiltMachines;
    beforeAll(async () => {
        other = await build(
            commcare((config) => {
                config["commcare"] = { ...(config["commcare"] as object), blobs: "object-store" };
            }),
        );
    });

    it("stands on a machine with a disk, both copied, and makes the share as small as what is in transfer", () => {
        const disk = other.find("compute:Disk", "data-services-blob-a1-data");
        expect(disk.inputs["diskSizeGB"]).toBe(180);
        const copied = other.ofType("recoveryservices:ProtectedItem").map(({ name }) => name);
        expect(copied).toContain("backups-blob-a1");
        const share = other.find("storage:FileShare", "data-services-shared");
        expect(share.inputs["shareQuota"]).toBe(200);
    });

    it("is asked by HQ's machines on its port, and by nobody else", () => {
        const rules = other.find("network:NetworkSecurityGroup", "network-machines").inputs[
            "securityRules"
        ] as { name: string; destinationPortRange: string }[];
        const names = rules.filter((rule) => rule.destinationPortRange === "7070");
        expect(names.map(({ name }) => name).sort()).toEqual(
            ["celery", "manage", "pillow", "web"]
                .flatMap((group) => [`in-7070-${group}-to-blob`])
                .concat(
                    ["celery", "manage", "pillow", "web"].map(
                        (group) => `out-7070-${group}-to-blob`,
                    ),
                ),
        );
    });

    it("starts with a key that the control machine finds in the vault", () => {
        const secret = other.find("keyvault:Secret", "identity-secrets-object-store-key").inputs;
        expect(secret["secretName"]).toBe("object-store-key");
        const machine = other.find("compute:VirtualMachine", "data-services-blob-a1").inputs;
        const { osProfile } = machine as { osProfile: { value?: { customData: string } } };
        const { customData } = (osProfile.value ?? osProfile) as { customData: string };
        const text = Buffer.from(customData, "base64").toString();
        expect(text).toContain("ROOT_SECRET_ACCESS_KEY=");
        expect(text).toContain("/dev/disk/azure/scsi1/lun0");
    });
});

it("stays in its resource groups whoever answers for a layer, so that nothing is made anew", async () => {
    const other = await build(
        commcare((config) => {
            config["layers"] = { "data-services": { role: "cluster-management" } };
        }),
    );
    const groupsOf = ({ resources }: BuiltMachines) =>
        resources
            .map(
                ({ type, name, inputs }) =>
                    `${type} ${name} ${String(inputs["resourceGroupName"])}`,
            )
            .filter((line) => line.startsWith("azure-native:"))
            .sort();
    const [before, after] = [groupsOf(built), groupsOf(other)];
    expect(after.filter((line) => !before.includes(line))).toEqual([]);
    const tags = other.find("dbforpostgresql:Server", "data-services-pgmain").inputs["tags"];
    expect(tags).toMatchObject({ [ownerKeys.role]: "cluster-management" });
});
