import { valuesAt } from "../../../components/model/carriers/spawn-points";
import { isPlain } from "../../../policies/plain";
import type { Plain } from "../../../policies/plain";
import type { StateResource } from "../../../policies/report/state";
import { diskUnits } from "./azure-disks";
import type { Unit } from "./units";

type UnitsOf = (resource: StateResource) => readonly Unit[];

const single = { from: 1, to: 1 };
const one =
    (what: string, unit: string): UnitsOf =>
    () => [{ what, ...single, unit }];
const byUse =
    (what: string, unit: string): UnitsOf =>
    () => [{ what, unit }];

const textAt = (inputs: Plain, ...path: string[]): string =>
    valuesAt(inputs, path).find((each) => typeof each === "string") ?? "";
const numberAt = (inputs: Plain, ...path: string[]): number =>
    valuesAt(inputs, path).find((each) => typeof each === "number") ?? 0;

/** Machines of a pool of AKS, as its own resource or as a part of its cluster has them. */
function pool(inputs: Plain): Unit[] {
    const count = { from: numberAt(inputs, "minCount"), to: numberAt(inputs, "maxCount") };
    const kind = textAt(inputs, "scaleSetPriority") === "Spot" ? "Spot machine" : "Machine";
    return [
        { what: `${kind} ${textAt(inputs, "vmSize")}`, ...count, unit: "hour" },
        ...diskUnits("Premium_LRS", numberAt(inputs, "osDiskSizeGB"), count),
    ];
}

/** Compute and storage of one with a standby are billed twice. https://azure.microsoft.com/pricing/details/postgresql/flexible-server/ */
const database: UnitsOf = ({ inputs }) => {
    const mode = textAt(inputs, "highAvailability", "mode");
    const servers = mode === "" || mode === "Disabled" ? 1 : 2;
    const storage = servers * numberAt(inputs, "storage", "storageSizeGB");
    const size = textAt(inputs, "sku", "name");
    return [
        { what: `PostgreSQL ${size}`, from: servers, to: servers, unit: "hour" },
        {
            what: "PostgreSQL storage, growing by itself",
            from: storage,
            to: storage,
            unit: "GiB-month",
        },
        { what: "PostgreSQL, copies beyond the size of its storage", unit: "GiB-month" },
    ];
};

/** What looks at all of a subscription is billed by what is in it. */
const defender: UnitsOf = ({ inputs }) => [
    {
        what: `Defender, ${textAt(inputs, "pricingName")}`,
        unit: "resource of all of the subscription that it looks at",
    },
];

const account: UnitsOf = ({ inputs }) =>
    textAt(inputs, "kind") === "FileStorage"
        ? [] // by its shares
        : [{ what: "Blobs", unit: "GB-month by tier and copies, and operation" }];

/** A gateway costs by the hour, and by what it has ready: an instance is ten capacity units. */
const gateway: UnitsOf = ({ inputs }) => {
    const at = (key: string) => 10 * numberAt(inputs, "autoscaleConfiguration", key);
    const units = { from: at("minCapacity"), to: at("maxCapacity") };
    return [
        { what: `Application gateway ${textAt(inputs, "sku", "name")}`, ...single, unit: "hour" },
        { what: "Application gateway, capacity units", ...units, unit: "hour" },
    ];
};

/**
 * What each type of Azure is billed by, as the pricing page of its service says:
 * https://azure.microsoft.com/pricing/details/<service>/.
 */
export const azureUnits: Readonly<Record<string, UnitsOf>> = {
    "azure-native:automation:AutomationAccount": byUse("Runbooks", "minute beyond those included"),
    "azure-native:compute:Disk": ({ inputs }) =>
        diskUnits(textAt(inputs, "sku", "name"), numberAt(inputs, "diskSizeGB"), single),
    "azure-native:compute:Snapshot": byUse("Snapshots", "GiB-month that they fill"),
    "azure-native:compute:VirtualMachine": ({ inputs }) => [
        {
            what: `Machine ${textAt(inputs, "hardwareProfile", "vmSize")}`,
            ...single,
            unit: "hour",
        },
        ...diskUnits(
            textAt(inputs, "storageProfile", "osDisk", "managedDisk", "storageAccountType"),
            numberAt(inputs, "storageProfile", "osDisk", "diskSizeGB"),
            single,
        ),
    ],
    "azure-native:containerregistry:Registry": ({ inputs }) => [
        { what: `Registry ${textAt(inputs, "sku", "name")}`, ...single, unit: "day" },
        { what: "Images beyond what the registry includes", unit: "GB-month" },
    ],
    "azure-native:containerregistry:Task": byUse("Tasks of a registry", "vCPU-second"),
    "azure-native:containerservice:AgentPool": ({ inputs }) => pool(inputs),
    "azure-native:containerservice:ManagedCluster": ({ inputs }) => [
        { what: `AKS control plane ${textAt(inputs, "sku", "tier")}`, ...single, unit: "hour" },
        ...valuesAt(inputs, ["agentPoolProfiles", "[]"]).filter(isPlain).flatMap(pool),
    ],
    "azure-native:dataprotection:BackupInstance": byUse(
        "Copies of disks and databases",
        "GiB-month of snapshots, and protected instance",
    ),
    "azure-native:dbforpostgresql:Server": database,
    "azure-native:dns:Zone": one("DNS zone", "month, and query"),
    "azure-native:keyvault:Vault": byUse(
        "Key vault",
        "operation, more with keys above 2048 bits, and rotation of a key",
    ),
    "azure-native:logic:Workflow": byUse("Workflow", "action run"),
    "azure-native:monitor:ActionGroup": byUse("Notifications", "message beyond those included"),
    "azure-native:monitor:MetricAlert": one("Alert on a metric", "month, for each series watched"),
    "azure-native:monitor:ScheduledQueryRule": one(
        "Alert on a query",
        "month, by how often it asks and for each series watched",
    ),
    "azure-native:network:ApplicationGateway": gateway,
    "azure-native:network:BastionHost": ({ inputs }) => [
        {
            what: `Bastion ${textAt(inputs, "sku", "name")}`,
            ...single,
            unit: "hour, and GB out",
        },
    ],
    "azure-native:network:FlowLog": byUse("Flow logs", "GB written"),
    "azure-native:network:LoadBalancer": one(
        "Load balancer",
        "hour by its rules, and GB through it",
    ),
    "azure-native:network:NatGateway": one("NAT gateway", "hour, and GB through it"),
    "azure-native:network:PrivateEndpoint": one("Private endpoint", "hour, and GB through it"),
    "azure-native:network:PublicIPAddress": one("Public IPv4 address", "hour"),
    "azure-native:network:VirtualNetwork": byUse("Traffic to the internet", "GB out"),
    "azure-native:operationalinsights:Workspace": ({ inputs }) => [
        {
            what: `Logs, kept ${String(numberAt(inputs, "retentionInDays"))} days`,
            unit: "GB in, and GB-month beyond the first 31 days",
        },
    ],
    "azure-native:privatedns:PrivateZone": one("Private DNS zone", "month, and query"),
    "azure-native:recoveryservices:ProtectedItem": one(
        "Machine or share with copies",
        "month by its size, and GB-month of copies",
    ),
    "azure-native:redisenterprise:RedisEnterprise": ({ inputs }) => {
        const twice = textAt(inputs, "highAvailability") === "Enabled" ? ", with a replica" : "";
        return [
            { what: `Redis ${textAt(inputs, "sku", "name")}${twice}`, ...single, unit: "hour" },
        ];
    },
    "azure-native:security:Pricing": defender,
    "azure-native:storage:FileShare": ({ inputs }) => {
        const size = numberAt(inputs, "shareQuota");
        return [
            { what: "Share, premium, as provisioned", from: size, to: size, unit: "GiB-month" },
            { what: "Share, snapshots", unit: "GiB-month" },
        ];
    },
    "azure-native:storage:StorageAccount": account,
};

/** What costs nothing by itself: rules of a gateway's firewall are in its price, logs in that of their workspace. */
export const freeOnAzure: readonly RegExp[] = [
    /^azure-native:(alertsmanagement|authorization|consumption|costmanagement|maintenance|managedidentity|resources):/,
    /^azure-native:automation:(JobSchedule|Runbook|Schedule)$/,
    /^azure-native:compute:(DiskEncryptionSet|VirtualMachineExtension)$/,
    /^azure-native:containerservice:(MaintenanceConfiguration|TrustedAccessRoleBinding)$/,
    /^azure-native:dataprotection:(BackupPolicy|BackupVault)$/,
    /^azure-native:dbforpostgresql:(Configuration|Database|FirewallRule)$/,
    /^azure-native:dns:RecordSet$/,
    /^azure-native:keyvault:(Key|Secret)$/,
    /^azure-native:monitor:(ActivityLogAlert|DataCollectionRule|DataCollectionRuleAssociation|DiagnosticSetting)$/,
    /^azure-native:network:(ApplicationSecurityGroup|NetworkInterface|NetworkSecurityGroup|PrivateDnsZoneGroup|RouteTable|SecurityRule|Subnet|WebApplicationFirewallPolicy)$/,
    /^azure-native:privatedns:(PrivateRecordSet|VirtualNetworkLink)$/,
    /^azure-native:recoveryservices:(ProtectionContainer|ProtectionPolicy|Vault)$/,
    /^azure-native:redisenterprise:Database$/,
    /^azure-native:security:SecurityContact$/,
    /^azure-native:storage:(Blob\w+|FileServiceProperties|ManagementPolicy)$/,
];
