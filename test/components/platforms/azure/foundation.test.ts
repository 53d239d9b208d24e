import { namesOf } from "../../../support/record-options";
import { changing } from "../../../../stacks/commands/changing";
import type { BuiltOnAzure, Config, Section } from "./utoronto";
import { build, opened, utoronto } from "./utoronto";

jest.setTimeout(120_000);

const native = (type: string) => `azure-native:${type}`;
const editor = "44444444-4444-4444-8444-444444444444";

/** What Toronto's hubs do not have, on the first of them. */
function everything({ azure, jupyterhub }: Config): void {
    const [hub] = jupyterhub.hubs;
    if (hub === undefined) throw new Error("lost the hub");
    hub["domain"] = "jupyter.datatools.utoronto.ca";
    azure["dns"] = { create: "datatools.utoronto.ca" };
    azure["subscriptionPolicy"] = "audit";
    azure["nodes"] = {
        ...(azure["nodes"] as Section),
        gpu: { vmSizes: ["Standard_NC4as_T4_v3"], max: 2, diskGiB: 100 },
        dask: { vmSizes: ["Standard_E8s_v5"], zones: ["1"], max: 10, diskGiB: 100 },
    };
    hub["machines"] = ["user", "gpu", "dask"];
    hub["daskGateway"] = {};
    hub["homes"] = { sizeGiB: 100, quotaGiB: 10, iops: 4000 };
    hub["scratch"] = { bucket: "scratch", deleteAfterDays: 7 };
    hub["persistent"] = { bucket: "kept", keepVersionsDays: 30 };
    hub["accessLogs"] = { bucket: "prod-access", deleteAfterDays: 400 };
    azure["kubernetes"] = {
        version: "1.35",
        authorizedRanges: ["192.0.2.0/24", "198.51.100.6/31", "203.0.113.9/32"],
    };
    hub["datasets"] = [{ bucket: "maps", editors: [editor] }];
    const open = "/subscriptions/00000000-0000-4000-8000-000000000003/resourceGroups/open";
    const scope = `${open}/providers/Microsoft.Storage/storageAccounts/opendata/blobServices/default/containers/rasters`;
    hub["cloudPermissions"] = { roles: [{ role: "Storage Blob Data Reader", scope }] };
    hub["images"] = { keep: 20, builders: [editor] };
    hub["database"] = {
        kind: "flexible-server",
        vmSize: "Standard_D2s_v3",
        highAvailability: true,
    };
}

let small: BuiltOnAzure;
let large: BuiltOnAzure;
beforeAll(async () => {
    small = await build(utoronto(undefined, ["prod", "highmem"]));
    large = await build(utoronto(everything));
});

const inputsOf = (built: BuiltOnAzure, type: string, name: string) =>
    opened(built.find(native(type), name).inputs) as Section;

describe("the foundation on Azure", () => {
    it("works in the subscription and the tenant of the stack file and no other", () => {
        const [provider, ...more] = small.ofType("pulumi:providers:azure-native");
        expect(more).toEqual([]);
        expect(provider?.inputs).toMatchObject({
            subscriptionId: "00000000-0000-4000-8000-000000000001",
            tenantId: "00000000-0000-4000-8000-000000000002",
        });
    });

    it("has a group for each role of the book that owns something, tagged as its first layer", () => {
        const groups = small.ofType(native("resources:ResourceGroup")).map(({ name, inputs }) => {
            const { resourceGroupName, tags } = inputs as {
                resourceGroupName: string;
                tags: Section;
            };
            return [name, resourceGroupName, tags["owner-role"], tags["owner-layer"]];
        });
        expect(groups.sort()).toEqual([
            ["backups-trials", "utoronto-restore-trials", "site-reliability-engineer", "backups"],
            ["community-guide-group", "utoronto-community-guide", "community-guide", "datasets"],
            [
                "community-representative-group",
                "utoronto-community-representative",
                "community-representative",
                "account",
            ],
            [
                "site-reliability-engineer-group",
                "utoronto-site-reliability-engineer",
                "site-reliability-engineer",
                "deploy-identity",
            ],
        ]);
    });

    it("keeps every resource in its group whoever owns its layer", async () => {
        const moved = await build(
            utoronto(({ layers }) => {
                layers["network"] = { role: "community-representative" };
                layers["home-storage"] = { party: "utoronto" };
            }),
        );
        const vnet = inputsOf(moved, "network:VirtualNetwork", "network-vnet");
        expect(vnet["resourceGroupName"]).toBe("utoronto-site-reliability-engineer");
        expect(vnet["tags"]).toMatchObject({ "owner-role": "community-representative" });
        const account = inputsOf(moved, "storage:StorageAccount", "home-storage-prod-account");
        expect(account["tags"]).toMatchObject({ "owner-party": "utoronto" });
    });

    it("lets nobody into the cluster but by Entra, and nothing out but through its own gateway", () => {
        const cluster = inputsOf(small, "containerservice:ManagedCluster", "control-plane");
        expect(cluster).toMatchObject({
            disableLocalAccounts: true,
            enableRBAC: true,
            aadProfile: { managed: true, enableAzureRBAC: true },
            oidcIssuerProfile: { enabled: true },
            securityProfile: {
                workloadIdentity: { enabled: true },
                azureKeyVaultKms: { enabled: true, keyVaultNetworkAccess: "Private" },
            },
            apiServerAccessProfile: { enablePrivateCluster: true, enableVnetIntegration: true },
            networkProfile: {
                networkPlugin: "azure",
                networkPluginMode: "overlay",
                networkDataplane: "cilium",
                networkPolicy: "cilium",
                outboundType: "userAssignedNATGateway",
            },
            autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
        });
    });

    it("opens the API to the ranges that are named, and to machines inside the network as before", async () => {
        const ranges = ["192.0.2.0/24"];
        const open = await build(
            utoronto(({ azure }) => {
                azure["kubernetes"] = { version: "1.35", authorizedRanges: ranges };
            }),
        );
        const { apiServerAccessProfile } = inputsOf(
            open,
            "containerservice:ManagedCluster",
            "control-plane",
        );
        expect(apiServerAccessProfile).toMatchObject({
            enablePrivateCluster: false,
            enableVnetIntegration: true,
            authorizedIPRanges: ranges,
        });
    });

    it("lets the control plane take the gateway's address, and find it, before a Service asks for it", async () => {
        const { principalId } = inputsOf(
            small,
            "authorization:RoleAssignment",
            "control-plane-network",
        );
        const may = small
            .ofType(native("authorization:RoleAssignment"))
            .filter(({ name }) => name.startsWith("gateway-"));
        const group =
            "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/utoronto-site-reliability-engineer";
        expect(may.map(({ name, inputs }) => [name, inputs["scope"]]).sort()).toEqual([
            [
                "gateway-address",
                `${group}/providers/Microsoft.Network/publicIPAddresses/utoronto-gateway`,
            ],
            ["gateway-group", group],
        ]);
        for (const { inputs } of may) {
            expect(inputs).toMatchObject({ principalId, principalType: "ServicePrincipal" });
        }
        const awaited = await namesOf([...small.foundation.ready]);
        expect(awaited.filter((name) => name.startsWith("gateway-")).sort()).toEqual([
            "gateway-address",
            "gateway-group",
        ]);
    });

    it("lets the deployer in, and the vault at disks, minutes before either is needed", async () => {
        const group =
            "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/utoronto-site-reliability-engineer";
        const enters = small
            .ofType(native("authorization:RoleAssignment"))
            .filter(
                ({ inputs: { principalId } }) =>
                    principalId === "11111111-1111-4111-8111-111111111111",
            );
        expect(
            enters.map(({ name, inputs: { scope, roleDefinitionId } }) => [
                name,
                scope,
                String(roleDefinitionId).split("/").at(-1),
            ]),
        ).toEqual([
            ["deploy-identity-deployer-all", group, "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b"],
            ["deploy-identity-deployer-finds", group, "4abbcc35-e782-43d8-92c5-2d3f1bd2253f"],
        ]);
        const before = (type: string, name: string) =>
            namesOf(small.options.get(`${native(type)} ${name}`)?.dependsOn);
        expect(await before("containerservice:ManagedCluster", "control-plane")).toEqual(
            expect.arrayContaining([
                "deploy-identity-deployer-all",
                "deploy-identity-deployer-finds",
            ]),
        );
        expect(
            await before("dataprotection:BackupInstance", "backups-hub-database-highmem"),
        ).toEqual([
            "backups-hub-database-highmem-reads",
            "backups-vault-snapshots",
            "control-plane",
        ]);
    });

    it("leaves the key of etcd to its vault, which has the owner: Azure updates no key, and lets nobody delete it from outside", () => {
        const { tags } = inputsOf(small, "keyvault:Key", "control-plane-key");
        expect(tags).toBeUndefined();
        const vault = inputsOf(small, "keyvault:Vault", "control-plane-vault");
        expect(vault["tags"]).toMatchObject({ "owner-layer": "control-plane" });
        expect(small.options.get(`${native("keyvault:Key")} control-plane-key`)).toMatchObject({
            protect: true,
            retainOnDelete: true,
        });
    });

    it("gives each hub machines of its own, which carry owner and hub and stand at none", () => {
        const pools = large
            .ofType(native("containerservice:AgentPool"))
            .map(({ inputs }) => inputs);
        expect(
            pools.map(({ vmSize, minCount, scaleSetPriority, tags }) => [
                vmSize,
                minCount,
                scaleSetPriority,
                (tags as Section)["node-purpose"],
                (tags as Section)["hub"],
            ]),
        ).toEqual([
            ["Standard_E8s_v5", 0, undefined, "user", "prod"],
            ["Standard_NC4as_T4_v3", 0, undefined, "gpu", "prod"],
            ["Standard_E8s_v5", 0, "Spot", "dask", "prod"],
        ]);
        for (const { tags, nodeLabels } of pools) {
            expect(tags).toMatchObject({ "owner-layer": "node-pools", cluster: "utoronto" });
            expect(nodeLabels).toMatchObject({ "steward/hub": "prod" });
        }
    });

    it("keeps homes on a share of NFS that nobody reaches from outside", () => {
        const account = inputsOf(small, "storage:StorageAccount", "home-storage-prod-account");
        expect(account).toMatchObject({
            kind: "FileStorage",
            sku: { name: "Premium_ZRS" },
            publicNetworkAccess: "Disabled",
            allowSharedKeyAccess: false,
            allowBlobPublicAccess: false,
            networkRuleSet: { defaultAction: "Deny" },
        });
        const share = inputsOf(small, "storage:FileShare", "home-storage-prod-share");
        expect(share).toMatchObject({ enabledProtocols: "NFS", shareQuota: 15_000 });
        expect(small.foundation.hubs["prod"]?.homes).toMatchObject({
            driver: "file-system",
            csi: { driver: "file.csi.azure.com" },
        });
    });

    it("or on a disk of Azure with the speed that was asked for, exported as on AWS", () => {
        const disk = inputsOf(large, "compute:Disk", "home-storage-prod-disk");
        expect(disk).toMatchObject({
            sku: { name: "PremiumV2_LRS" },
            zones: ["1"],
            diskSizeGB: 100,
            diskIOPSReadWrite: 4000,
            diskMBpsReadWrite: 125,
            networkAccessPolicy: "DenyAll",
        });
        expect(large.foundation.hubs["prod"]?.homes).toMatchObject({
            driver: "disk",
            csi: { driver: "disk.csi.azure.com" },
        });
    });

    it("copies every disk each night, and tries on Sundays whether one comes back", () => {
        const copied = small.ofType(native("dataprotection:BackupInstance"));
        expect(copied.map(({ name }) => name)).toEqual(["backups-hub-database-highmem"]);
        const rules = JSON.stringify(
            inputsOf(small, "dataprotection:BackupPolicy", "backups-hub-database-policy"),
        );
        expect(rules).toContain("R/2026-01-01T03:00:00+00:00/P1D");
        expect(rules).toContain('"duration":"P35D"');
        const workflows = small.ofType(native("logic:Workflow")).map(({ name }) => name);
        expect(workflows.sort()).toEqual([
            "backups-database-trial",
            "backups-disk-trial",
            "backups-homes-highmem-snapshots",
            "backups-homes-prod-snapshots",
        ]);
        const failures = small
            .ofType(native("monitor:MetricAlert"))
            .filter(({ inputs }) => JSON.stringify(inputs).includes("RunsFailed"));
        expect(failures).toHaveLength(workflows.length);
    });

    it("copies homes on shares to another account and region, and reads them only", () => {
        const missed = (built: BuiltOnAzure) =>
            built
                .ofType(native("monitor:ScheduledQueryRule"))
                .filter(({ name }) => name === "monitoring-alerts-copies-missing")
                .map(({ inputs }) => inputs["criteria"]);
        expect(missed(small)).toMatchObject([{ allOf: [{ threshold: 2 }] }]);
        expect(missed(large)).toEqual([]);
        const account = inputsOf(small, "storage:StorageAccount", "backups-copies-account");
        expect(account).toMatchObject({
            sku: { name: "Standard_GZRS" },
            publicNetworkAccess: "Disabled",
            tags: { "owner-layer": "backups" },
        });
        const containers = small
            .ofType(native("storage:BlobContainer"))
            .map(({ inputs }) => inputs["containerName"]);
        expect(containers.sort()).toEqual(["highmem", "prod"]);
        const { spec } = small.find("kubernetes:batch/v1:CronJob", "backups-copy-prod-job")
            .inputs as { spec: { schedule: string; jobTemplate: object } };
        expect(spec.schedule).toBe("0 4 * * *");
        const job = JSON.stringify(spec.jobTemplate);
        expect(job).toMatch(
            /:azureblob,account=utorontocopies\w+,env_auth=true,no_check_container=true:prod"/,
        );
        expect(job).toContain('"persistentVolumeClaim":{"claimName":"prod","readOnly":true}');
        expect(job).toContain('"owner-layer":"backups"');
        expect(job).toContain('"runAsNonRoot":true');
        const volume = small.find(
            "kubernetes:core/v1:PersistentVolume",
            "backups-copy-prod-volume",
        );
        expect(volume.inputs).toMatchObject({
            spec: { accessModes: ["ReadOnlyMany"], csi: { readOnly: true } },
        });
        // A disk is copied by its vault.
        expect(large.ofType("kubernetes:batch/v1:CronJob")).toEqual([]);
    });

    it("takes down who reads and writes what is kept, datasets among it, and not what is scratch", () => {
        const logged = large
            .ofType(native("monitor:DiagnosticSetting"))
            .filter(({ name }) => name.endsWith("-access-logs"));
        expect(logged.map(({ name }) => name).sort()).toEqual([
            "datasets-prod-access-logs",
            "object-storage-prod-access-logs",
        ]);
        for (const { inputs } of logged) {
            const categories = (inputs["logs"] as { category: string }[]).map(
                ({ category }) => category,
            );
            expect(categories).toEqual(["StorageRead", "StorageWrite", "StorageDelete"]);
        }
    });

    it("writes that into an account beside as well, which forgets it when the hub says so", () => {
        const account = large.find(
            native("storage:StorageAccount"),
            "object-storage-prod-logs-account",
        );
        const { accountName, tags, networkRuleSet, ...inputs } = opened(account.inputs) as Section;
        expect(accountName).toMatch(/^utorontologsprod/);
        expect(tags).toMatchObject({ "owner-layer": "object-storage", "owner-party": "2i2c" });
        expect(inputs).toMatchObject({
            kind: "StorageV2",
            publicNetworkAccess: "Enabled",
            allowSharedKeyAccess: false,
            allowBlobPublicAccess: false,
        });
        expect(networkRuleSet).toEqual({
            bypass: "AzureServices",
            defaultAction: "Deny",
            ipRules: ["192.0.2.0/24", "198.51.100.6", "198.51.100.7", "203.0.113.9"].map(
                (iPAddressOrRange) => ({ iPAddressOrRange, action: "Allow" }),
            ),
        });
        const goals = large
            .ofType(native("monitor:DiagnosticSetting"))
            .filter(({ name }) => name.endsWith("-access-logs"))
            .map(({ inputs: { storageAccountId, workspaceId } }) => [
                String(storageAccountId).split("/").at(-1),
                String(workspaceId).split("/").at(-1),
            ]);
        expect(goals).toEqual(Array(2).fill([accountName, "utoronto-logs"]));
        const { policy } = inputsOf(
            large,
            "storage:ManagementPolicy",
            "object-storage-prod-logs-lifecycle",
        );
        expect((policy as { rules: Section[] }).rules.map(({ definition }) => definition)).toEqual([
            {
                actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 400 } } },
                filters: {
                    blobTypes: ["appendBlob", "blockBlob"],
                    prefixMatch: ["insights-logs-"],
                },
            },
        ]);
    });

    it("lets whoever answers for that read it, and users of the hub no more than on AWS", () => {
        const may = large
            .ofType(native("authorization:RoleAssignment"))
            .filter(({ inputs }) => String(inputs["scope"]).includes("utorontologs"));
        expect(
            may.map(({ inputs: { principalId, roleDefinitionId } }) => [
                principalId,
                String(roleDefinitionId).split("/").at(-1),
            ]),
        ).toEqual([
            ["22222222-2222-4222-8222-222222222222", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"],
        ]);
    });

    it("has the subscription audited where the stack file says so, and else touches only its groups", () => {
        const scopes = (built: BuiltOnAzure) =>
            built
                .ofType(native("authorization:PolicyAssignment"))
                .map(({ inputs }) => String(inputs["scope"]).split("/").slice(0, 4).at(-1));
        expect([small, large].map((built) => scopes(built).sort())).toEqual([
            ["resourceGroups", "resourceGroups", "resourceGroups"],
            ["00000000-0000-4000-8000-000000000001", ...Array<string>(3).fill("resourceGroups")],
        ]);
        const definitions = (built: BuiltOnAzure) =>
            built.ofType(native("authorization:PolicyDefinition")).length;
        expect([small, large].map(definitions)).toEqual([0, 1]);
    });

    it("says of nobody of the stack file that they are a user, a group or a service principal", () => {
        const kinds = large
            .ofType(native("authorization:RoleAssignment"))
            .map(({ inputs: { principalId, principalType } }) => [principalId, principalType])
            .filter(([id]) => /^(.)\1{7}-/.test(String(id)));
        expect(kinds.length).toBeGreaterThan(5);
        expect(kinds.filter(([, kind]) => kind !== undefined)).toEqual([]);
    });

    it("has such an account for a hub that keeps nothing else, found by its name inside the network, and read by nobody where nobody is named", async () => {
        const { ofType, foundation } = await build(
            utoronto(({ jupyterhub: { hubs }, access }) => {
                const [hub] = hubs;
                Object.assign(hub ?? {}, {
                    homes: { storage: "none" },
                    accessLogs: { bucket: "prod-access" },
                });
                delete (access as Section)["site-reliability-engineer"];
            }),
        );
        const accounts = ofType(native("storage:StorageAccount")).map(({ name }) => name);
        expect(accounts).toEqual(["object-storage-prod-logs-account"]);
        const zones = ofType(native("privatedns:PrivateZone")).map(({ name }) => name);
        expect(zones.filter((name) => name.includes("blob"))).toHaveLength(1);
        const roles = ofType(native("authorization:RoleAssignment"));
        expect(roles.filter(({ name }) => name.includes("-logs-"))).toEqual([]);
        expect(foundation.outputs).toHaveProperty("accessLogs.prod");
    });

    it("gives users of a hub their containers and what the stack file gives, and nobody else's, by the identity of their pods", () => {
        const credential = inputsOf(
            large,
            "managedidentity:FederatedIdentityCredential",
            "object-storage-prod-users-credential",
        );
        expect(credential).toMatchObject({
            subject: "system:serviceaccount:prod:user-sa",
            audiences: ["api://AzureADTokenExchange"],
        });
        const scopes = large
            .ofType(native("authorization:RoleAssignment"))
            .filter(({ name }) => /^object-storage-prod-(?!logs-)/.test(name))
            .map(({ inputs }) => String(inputs["scope"]).split("/").at(-1));
        expect(scopes.sort()).toEqual(["kept", "maps", "rasters", "scratch"]);
        const { buckets, identity } = large.foundation.hubs["prod"] ?? {};
        expect(buckets?.scratch).toMatch(
            /^abfss:\/\/scratch@utorontohubprod\w+\.dfs\.core\.windows\.net$/,
        );
        expect(identity?.podLabels).toEqual({ "azure.workload.identity/use": "true" });
        expect(identity?.egress).toEqual([
            {
                to: [{ ipBlock: { cidr: "10.1.128.0/20" } }],
                ports: [{ port: 443, protocol: "TCP" }],
            },
        ]);
    });

    it("forgets scratch data after its days, and gives back what is kept", () => {
        const { policy } = inputsOf(
            large,
            "storage:ManagementPolicy",
            "object-storage-prod-lifecycle",
        );
        const rules = (policy as { rules: { name: string; definition: { actions: object } }[] })
            .rules;
        expect(rules.map(({ name, definition }) => [name, definition.actions])).toEqual([
            [
                "scratch",
                {
                    baseBlob: { delete: { daysAfterModificationGreaterThan: 7 } },
                    version: { delete: { daysAfterCreationGreaterThan: 1 } },
                },
            ],
            ["kept", { version: { delete: { daysAfterCreationGreaterThan: 30 } } }],
        ]);
    });

    it("leads domains of a zone to the gateway, and proves them by that zone's records alone", () => {
        const record = inputsOf(large, "dns:RecordSet", "dns-domain-prod");
        expect(record).toMatchObject({ recordType: "A", relativeRecordSetName: "jupyter" });
        const writes = inputsOf(large, "authorization:RoleAssignment", "dns-domain-certificates");
        expect(String(writes["scope"])).toMatch(
            /utoronto-dns\/.*\/dnsZones\/datatools\.utoronto\.ca$/,
        );
        const { entrance } = large.foundation;
        expect(entrance.reachable).toBe(false); // until the parent delegates
        expect(entrance.proof?.solver).toMatchObject({
            azureDNS: { environment: "AzurePublicCloud" },
        });
        expect(small.foundation.entrance.proof).toBeUndefined();
    });

    it("tells alerts to whom the layer belongs, by mail from Alertmanager as well", () => {
        const groups = small
            .ofType(native("monitor:ActionGroup"))
            .map(({ inputs }) => [
                inputs["actionGroupName"],
                (inputs["emailReceivers"] as { emailAddress: string }[]).map(
                    (each) => each.emailAddress,
                ),
                (inputs["webhookReceivers"] as { serviceUri: string }[]).map(
                    (each) => each.serviceUri,
                ),
            ]);
        expect(groups).toContainEqual([
            "utoronto-site-reliability-engineer",
            ["support@example.org"],
            ["https://pager.example.org"],
        ]);
        const { receivers, receiverSecrets, lifeSign } = small.foundation.monitoring;
        expect(Object.keys(receiverSecrets)).toEqual(["smtp-password"]);
        expect(lifeSign).toBeUndefined();
        expect(JSON.stringify(receivers)).not.toContain("the relay's password");
        const mine = receivers.find(({ role }) => role === "site-reliability-engineer");
        expect(mine?.settings).toMatchObject({
            email_configs: [
                {
                    to: "support@example.org",
                    smarthost: "smtp.azurecomm.net:587",
                    auth_password_file: "/etc/alertmanager-secrets/smtp-password",
                },
            ],
            webhook_configs: [{ url: "https://pager.example.org" }],
        });
    });

    it("mails whoever pays, for what carries the hub's tag", () => {
        expect(inputsOf(small, "consumption:Budget", "budget-billing-prod-budget")).toMatchObject({
            scope: "subscriptions/00000000-0000-4000-8000-000000000001",
            amount: 6000,
            filter: {
                and: [
                    { tags: { name: "cluster", operator: "In", values: ["utoronto"] } },
                    { tags: { name: "hub", operator: "In", values: ["prod"] } },
                ],
            },
        });
    });

    it("switches Defender's plans on and never off, or leaves them where the file says so", async () => {
        const plans = small.ofType(native("security:Pricing"));
        expect(plans.map(({ inputs }) => inputs["pricingTier"])).toEqual(Array(5).fill("Standard"));
        const adopted = await build(utoronto(({ azure }) => (azure["detection"] = "adopt")));
        expect(adopted.ofType(native("security:Pricing"))).toEqual([]);
        const notices = (built: BuiltOnAzure) =>
            built.ofType(native("monitor:ActivityLogAlert")).map(({ name }) => name);
        expect(notices(adopted)).toContain("monitoring-alerts-findings");
        const skipped = await build(utoronto(({ azure }) => (azure["detection"] = "skip")));
        expect(notices(skipped)).not.toContain("monitoring-alerts-findings");
    });

    it("ignores what Azure changes by itself only where `up` reads it anew, or where the first day's is meant", () => {
        const ignoring = [...large.options].filter(([, { ignoreChanges }]) => ignoreChanges);
        const types = new Set(ignoring.map(([key]) => key.split(" ")[0] ?? ""));
        // A budget keeps the month it began in, and a network the subnets that are resources of their own.
        const meant = [native("consumption:Budget"), native("network:VirtualNetwork")];
        expect([...types].sort()).toEqual([...Object.keys(changing), ...meant].sort());
    });

    it("names its children after their layer", () => {
        const strangers = small.resources.filter(
            ({ type, name }) =>
                type.startsWith("azure-native:") &&
                !/^(account|backups|budget-billing|community-|control-plane|deploy-identity|gateway|home-storage|hub-database|monitoring-alerts|network|node-pools|object-storage|security-abuse|site-reliability-engineer|user-image)/.test(
                    name,
                ),
        );
        expect(strangers).toEqual([]);
    });
});
