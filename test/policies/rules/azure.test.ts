import { carrierOf } from "../../../components/model/carriers";
import { foundBy } from "../../../components/model/carriers/found-by";
import { neverSpawned } from "../../../policies/spawned";
import { spawnedTable } from "../../../policies/spawned-table";
import { dataBackedUp } from "../../../policies/rules/data-backed-up";
import { dataEncrypted } from "../../../policies/rules/data-encrypted";
import { dataPrivate } from "../../../policies/rules/data-private";
import { dataProtected } from "../../../policies/rules/data-protected";
import { hubMachines } from "../../../policies/rules/hub-machines";
import { spawnPointsHandOn } from "../../../policies/rules/spawn-points";
import { tagGrammar } from "../../../policies/rules/tag-grammar";
import type { Resource } from "../../../policies/resource";
import {
    beginning,
    labelsOf,
    layerOf,
    resourceAt,
    said,
    saidOf,
    tagsOf,
} from "../../support/stack";

type Inputs = Record<string, unknown>;

const homes = ["home-storage", "prod"] as const;
const network = ["network"] as const;
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const typed = (short: string) => `azure-native:${short}`;
const purgeable = (enablePurgeProtection?: unknown) => ({
    properties: { enablePurgeProtection, publicNetworkAccess: "disabled" },
});

describe("data-protected on Azure", () => {
    const types = [
        "storage:BlobContainer",
        "dbforpostgresql:Database",
        "redisenterprise:RedisEnterprise",
        "redisenterprise:Database",
        "keyvault:Key",
        "keyvault:Vault",
    ].map(typed);

    it.each(types)("refuses %s that may be deleted, and passes one that may not", (type) => {
        const inputs = purgeable(true);
        expect(saidOf(dataProtected, homes, type, inputs)).toEqual([
            `${type} holds data and may be deleted`,
        ]);
        expect(saidOf(dataProtected, homes, type, inputs, { protect: true })).toEqual([]);
    });

    it.each([undefined, false, unknown])(
        "refuses a vault whose purge protection is %s, in any layer",
        (asked) => {
            const type = typed("keyvault:Vault");
            const words = [`${type} holds data and may be purged`];
            expect(saidOf(dataProtected, network, type, purgeable(asked))).toEqual(words);
            expect(saidOf(dataProtected, homes, type, purgeable(asked), { protect: true })).toEqual(
                words,
            );
            expect(saidOf(dataProtected, network, type, purgeable(true))).toEqual([]);
        },
    );
});

describe("data-encrypted on Azure", () => {
    const type = typed("compute:VirtualMachine");
    const withSet = {
        storageProfile: { osDisk: { managedDisk: { diskEncryptionSet: { id: unknown } } } },
    };

    it.each<[Inputs, boolean]>([
        [{ securityProfile: { encryptionAtHost: true } }, true],
        [withSet, true],
        [{ securityProfile: { encryptionAtHost: false } }, false],
        [{}, false],
    ])("a machine with %j: %s", (inputs, passes) => {
        const words = passes ? [] : [`${type} is not known to be encrypted`];
        expect(saidOf(dataEncrypted, homes, type, inputs)).toEqual(words);
    });
});

describe("data-private on Azure", () => {
    const rule = (more: Inputs = {}) => ({
        access: "Allow",
        direction: "Inbound",
        sourceAddressPrefix: "Internet",
        ...more,
    });

    it.each<[string, Inputs]>([
        [
            "storage:StorageAccount",
            { allowBlobPublicAccess: false, publicNetworkAccess: "Disabled" },
        ],
        [
            "storage:StorageAccount",
            { allowBlobPublicAccess: false, networkRuleSet: { defaultAction: "Deny" } },
        ],
        ["storage:StorageAccount", { allowBlobPublicAccess: false, allowSharedKeyAccess: false }],
        ["storage:BlobContainer", {}],
        ["storage:BlobContainer", { publicAccess: "None" }],
        ["dbforpostgresql:Server", { network: { publicNetworkAccess: "Disabled" } }],
        ["dbforpostgresql:Server", { network: { delegatedSubnetResourceId: unknown } }],
        ["redisenterprise:RedisEnterprise", { publicNetworkAccess: "Disabled" }],
        ["keyvault:Vault", { properties: { publicNetworkAccess: "disabled" } }],
        ["keyvault:Vault", { properties: { networkAcls: { defaultAction: "Deny" } } }],
        ["compute:Disk", { networkAccessPolicy: "DenyAll" }],
        ["recoveryservices:Vault", { properties: { publicNetworkAccess: "Disabled" } }],
        [
            "network:NetworkSecurityGroup",
            { securityRules: [rule({ sourceAddressPrefix: "10.0.0.0/8" })] },
        ],
        [
            "network:NetworkSecurityGroup",
            { securityRules: [rule({ access: "Deny" }), rule({ direction: "Outbound" })] },
        ],
        [
            "network:SecurityRule",
            rule({
                sourceAddressPrefix: undefined,
                sourceApplicationSecurityGroups: [{ id: unknown }],
            }),
        ],
    ])("passes %s with %j", (short, inputs) => {
        expect(saidOf(dataPrivate, homes, typed(short), inputs)).toEqual([]);
    });

    it.each<[string, Inputs, string]>([
        ["storage:StorageAccount", { publicNetworkAccess: "Disabled" }, "allowBlobPublicAccess"],
        ["storage:StorageAccount", { allowBlobPublicAccess: unknown }, "allowBlobPublicAccess"],
        ["storage:StorageAccount", { allowBlobPublicAccess: false }, "publicNetworkAccess"],
        ["storage:BlobContainer", { publicAccess: "Blob" }, "publicAccess"],
        ["dbforpostgresql:Server", {}, "network.publicNetworkAccess"],
        [
            "redisenterprise:RedisEnterprise",
            { publicNetworkAccess: "Enabled" },
            "publicNetworkAccess",
        ],
        ["keyvault:Vault", { properties: {} }, "properties.publicNetworkAccess"],
        ["compute:Disk", { networkAccessPolicy: "AllowAll" }, "publicNetworkAccess"],
        ["recoveryservices:Vault", {}, "properties.publicNetworkAccess"],
        ["network:NetworkSecurityGroup", { securityRules: [rule()] }, "every address"],
        [
            "network:NetworkSecurityGroup",
            { securityRules: [rule({ sourceAddressPrefix: "*" })] },
            "every address",
        ],
        [
            "network:SecurityRule",
            rule({ sourceAddressPrefix: undefined, sourceAddressPrefixes: ["0.0.0.0/0"] }),
            "every address",
        ],
    ])("refuses %s with %j", (short, inputs, what) => {
        const type = typed(short);
        expect(saidOf(dataPrivate, homes, type, inputs)).toEqual([
            `${type} is open, or not known to be closed: ${what}`,
        ]);
    });

    it("lets everybody in where the layer holds no data", () => {
        const group = typed("network:NetworkSecurityGroup");
        expect(saidOf(dataPrivate, network, group, { securityRules: [rule()] })).toEqual([]);
    });
});

describe("data-backed-up on Azure", () => {
    const layer = layerOf("home-storage", "prod");
    const made = (
        short: string,
        urn: string,
        inputs: Inputs = {},
        from: readonly Resource[] = [],
    ) =>
        resourceAt(layer.urn, typed(short), inputs, {
            urn,
            dependencies: {
                all: from.map((each) => each.urn),
                accountName: from.map((each) => each.urn),
            },
        });
    const judge = (...all: readonly Resource[]) =>
        said([dataBackedUp], [...beginning(), layer, ...all]);
    const disk = made("compute:Disk", "disk");
    const account = made("storage:StorageAccount", "account");
    const nfs = made(
        "storage:FileShare",
        "homes",
        { enabledProtocols: "NFS", shareName: "homes" },
        [account],
    );
    const smb = made("storage:FileShare", "site", { shareName: "site" }, [account]);
    const item = (inputs: Inputs, from: readonly Resource[]) =>
        made("recoveryservices:ProtectedItem", "item", inputs, from);
    const ofShare = {
        protectedItemName: "AzureFileShare;homes",
        properties: { protectedItemType: "AzureFileShareProtectedItem" },
    };
    const nothing = expect.stringMatching(/copied by nothing/) as string;

    it("refuses a disk that nothing copies, and passes one that is, itself or with its machine", () => {
        const machine = made("compute:VirtualMachine", "machine", {}, [disk]);
        expect(judge(disk)).toEqual([nothing]);
        expect(judge(disk, machine)).toEqual([nothing]);
        expect(judge(disk, made("dataprotection:BackupInstance", "copy", {}, [disk]))).toEqual([]);
        expect(judge(disk, machine, item({}, [machine]))).toEqual([]);
    });

    it("wants snapshots of a share of NFS, by something that knows its account", () => {
        expect(judge(account, nfs)).toEqual([nothing]);
        expect(judge(account, nfs, made("logic:Workflow", "snapshots", {}, [account]))).toEqual([]);
        expect(judge(account, smb, made("logic:Workflow", "snapshots", {}, [account]))).toEqual([
            nothing,
        ]);
        expect(judge(account, smb, item({}, [smb]))).toEqual([]);
    });

    it("refuses an item of a vault that names a share of NFS, by what it was made from or by name", () => {
        const snapshots = made("logic:Workflow", "snapshots", {}, [account]);
        const refused = expect.stringMatching(
            /names a share of NFS, which Azure Backup does not cover/,
        ) as string;
        expect(judge(account, nfs, snapshots, item({}, [nfs]))).toEqual([refused]);
        expect(judge(account, nfs, snapshots, item(ofShare, [account]))).toEqual([refused]);
        const other = { ...ofShare, protectedItemName: "AzureFileShare;site" };
        expect(judge(account, nfs, snapshots, item(other, [account]))).toEqual([]);
    });
});

describe("hub-machines on Azure", () => {
    const pool = typed("containerservice:AgentPool");
    const cluster = typed("containerservice:ManagedCluster");
    const ofProd = { hub: "prod", "node-purpose": "user" };
    const shared = { "node-purpose": "core" };
    const pools = ["node-pools"] as const;

    it.each<[string, Inputs]>([
        [pool, { tags: ofProd, nodeLabels: { "steward/hub": "prod" } }],
        [pool, { tags: shared, nodeLabels: {} }],
        [cluster, { agentPoolProfiles: [{ tags: shared }] }],
    ])("passes %s with %j", (type, inputs) => {
        expect(saidOf(hubMachines, pools, type, inputs)).toEqual([]);
    });

    it.each<[string, Inputs, string]>([
        [pool, { tags: { "node-purpose": "user" } }, "tags of machines for user name no hub"],
        [
            pool,
            { tags: ofProd, nodeLabels: { "steward/hub": "staging" } },
            "tags and labels name prod and staging",
        ],
        [
            cluster,
            { agentPoolProfiles: [{ tags: {} }] },
            "agentPoolProfiles.tags have no node-purpose",
        ],
    ])("refuses %s with %j", (type, inputs, what) => {
        expect(saidOf(hubMachines, pools, type, inputs)).toEqual([`${type}: ${what}`]);
    });
});

describe("tag-grammar on Azure", () => {
    it("refuses two spellings of one name", () => {
        const type = typed("network:VirtualNetwork");
        const words = saidOf(tagGrammar, network, type, {
            tags: { Owner: "a", owner: "b", other: "c" },
        });
        expect(words).toEqual([expect.stringMatching(/ takes Owner and owner for one \(50 tags/)]);
        expect(
            saidOf(tagGrammar, network, "aws:ec2/vpc:Vpc", { tags: { Owner: "a", owner: "b" } }),
        ).toEqual([]);
    });

    it("counts 15 tags on a zone of names", () => {
        const tags = Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`key-${at}`, "a"]));
        const words = saidOf(tagGrammar, network, typed("privatedns:PrivateZone"), { tags });
        expect(words).toEqual([expect.stringMatching(/ takes 15 tags and got 16/)]);
    });
});

describe("spawn-points on Azure", () => {
    const tags = tagsOf("node-pools");
    const pools = ["node-pools"] as const;
    const cluster = typed("containerservice:ManagedCluster");
    const service = (annotations: Inputs) => ({
        metadata: { annotations, labels: labelsOf("hub", "prod") },
        spec: { type: "LoadBalancer" },
    });

    it("wants the owner of a cluster on its own tags too, which its second resource group gets", () => {
        const inputs = { agentPoolProfiles: [{ tags }] };
        expect(saidOf(spawnPointsHandOn, pools, cluster, { ...inputs, tags })).toEqual([]);
        expect(saidOf(spawnPointsHandOn, pools, cluster, inputs)).toEqual([
            expect.stringContaining(
                "a resource group with a balancer, addresses, a security group and identities (tags)",
            ),
        ]);
    });

    it("asks nothing of a Service whose address was made before, or that has none", () => {
        // Which cloud it is nobody is told here, so that AWS's annotation is asked for as well.
        const said = (annotations: Inputs) =>
            saidOf(
                spawnPointsHandOn,
                ["hub", "prod"],
                "kubernetes:core/v1:Service",
                service(annotations),
            ).filter((each) => each.includes("public address"));
        const key = (name: string) => `service.beta.kubernetes.io/azure-${name}`;
        expect(said({ [key("pip-name")]: "front" })).toEqual([]);
        expect(said({ [key("load-balancer-ipv4")]: "192.0.2.1" })).toEqual([]);
        expect(said({ [key("load-balancer-internal")]: "true" })).toEqual([]);
    });

    it("is told in the words of each cloud what comes into being there", () => {
        const known = neverSpawned([], "azure").map(({ by, hands }) => `${by} ${hands}`);
        expect(known).toContain("azure-native:compute:VirtualMachine the disk of its system");
        expect(known).toContain("kubernetes:storage.k8s.io/v1:StorageClass disks");
        expect(known.filter((each) => each.startsWith("aws:"))).toEqual([]);
        expect(spawnedTable("lab", "aws", [])).toMatch(
            /## Known on Azure\n[^]*\| the disk of its system +\| Azure virtual machine/,
        );
    });

    it("names types that there are", () => {
        expect(Object.keys(foundBy).filter((type) => carrierOf(type) === undefined)).toEqual([]);
    });
});
