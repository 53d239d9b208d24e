import { blocksAt, isGiven, numberAt, textAt, textsAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import { lastOf } from "../arm-id";
import type { Admission, AzureType, Problem } from "../azure-type";
import { refuse } from "../azure-type";
import { lowerName, plainName } from "../names";
import { checkSealing, principalOf } from "../rights";
import { inGroup } from "./paths";
import { enterSubnet } from "./subnets";

export const serverType = "azure-native:dbforpostgresql:Server";
const server = "Microsoft.DBforPostgreSQL/flexibleServers/{serverName}";
const service = "Microsoft.DBforPostgreSQL/flexibleServers";

/** GiB of Premium SSD that a server can have. @see https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-storage */
const sizes = [32, 64, 128, 256, 512, 1024, 2048, 4095, 4096, 8192, 16_384, 32_767];
const barredUsers = [
    "azure_superuser",
    "azure_pg_admin",
    "admin",
    "administrator",
    "root",
    "guest",
    "public",
];

function* userProblems(inputs: Props): Generator<Problem> {
    const user = text(inputs, "administratorLogin");
    if (
        user !== undefined &&
        (barredUsers.includes(user.toLowerCase()) || /^(pg_|[^a-z])/i.test(user))
    )
        yield {
            property: "administratorLogin",
            reason: `${user} is one that the service does not take`,
        };
    const password = text(inputs, "administratorLoginPassword");
    if (password === undefined) return;
    const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password));
    if (password.length < 8 || password.length > 128 || kinds.length < 3)
        yield {
            property: "administratorLoginPassword",
            reason: "is not 8 to 128 characters of three kinds: small and capital letters, digits, others",
        };
}

/** @see https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-high-availability */
function* availabilityProblems(inputs: Props): Generator<Problem> {
    const mode = textAt(inputs, "highAvailability.mode") ?? "Disabled";
    const tier = textAt(inputs, "sku.tier");
    if (mode !== "Disabled" && tier === "Burstable")
        yield { property: "highAvailability.mode", reason: `${mode} does not go with Burstable` };
    const [zone, other] = [
        text(inputs, "availabilityZone"),
        textAt(inputs, "highAvailability.standbyAvailabilityZone"),
    ];
    if (mode === "ZoneRedundant" && zone !== undefined && zone === other)
        yield {
            property: "highAvailability.standbyAvailabilityZone",
            reason: `is the zone ${zone} of the server itself`,
        };
    if (mode === "SameZone" && other !== undefined && zone !== other)
        yield {
            property: "highAvailability.standbyAvailabilityZone",
            reason: "is another zone, with SameZone",
        };
    for (const [property, value] of [
        ["availabilityZone", zone],
        ["highAvailability.standbyAvailabilityZone", other],
    ] as const)
        if (value !== undefined && !["1", "2", "3"].includes(value))
            yield { property, reason: `${value} is none of 1, 2, 3` };
}

/** @see https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-compute */
function* skuProblems(inputs: Props): Generator<Problem> {
    const [name, tier] = [textAt(inputs, "sku.name"), textAt(inputs, "sku.tier")];
    if (name === undefined || tier === undefined) return;
    const letter = /^Standard_([BDE])\d+/.exec(name)?.[1];
    const wanted = { B: "Burstable", D: "GeneralPurpose", E: "MemoryOptimized" }[letter ?? ""];
    if (wanted === undefined)
        yield { property: "sku.name", reason: `${name} is no Standard_B, _D or _E` };
    else if (wanted !== tier)
        yield { property: "sku.tier", reason: `${tier} is not that of ${name}: ${wanted}` };
}

function* serverProblems(inputs: Props): Generator<Problem> {
    yield* userProblems(inputs);
    yield* availabilityProblems(inputs);
    yield* skuProblems(inputs);
    const days = numberAt(inputs, "backup.backupRetentionDays");
    if (days !== undefined && (days < 7 || days > 35))
        yield { property: "backup.backupRetentionDays", reason: `${days} is not 7 to 35` };
    const size = numberAt(inputs, "storage.storageSizeGB");
    const kind = textAt(inputs, "storage.type") ?? "Premium_LRS";
    if (size !== undefined && kind === "Premium_LRS" && !sizes.includes(size))
        yield {
            property: "storage.storageSizeGB",
            reason: `${size} is none of ${sizes.join(", ")}`,
        };
    const zone = textAt(inputs, "network.privateDnsZoneArmResourceId");
    if (
        isGiven(inputs, "network.delegatedSubnetResourceId") &&
        !isGiven(inputs, "network.privateDnsZoneArmResourceId")
    )
        yield {
            property: "network.privateDnsZoneArmResourceId",
            reason: "is required with a delegated subnet",
        };
    if (zone !== undefined && !lastOf(zone).endsWith(".postgres.database.azure.com"))
        yield {
            property: "network.privateDnsZoneArmResourceId",
            reason: "is no zone below postgres.database.azure.com",
        };
}

function admitServer({ inputs, cloud, old }: Admission): void {
    for (const id of textsAt(inputs, "network.delegatedSubnetResourceId"))
        enterSubnet(cloud, id, service);
    const identity = textAt(inputs, "dataEncryption.primaryUserAssignedIdentityId");
    const path = "dataEncryption.primaryKeyURI";
    if (identity !== undefined)
        checkSealing(cloud, path, textAt(inputs, path), principalOf(cloud, identity));
    if (old === undefined) return;
    const number = (props: Props, path: string) =>
        numberAt(props, path) ?? Number(textAt(props, path) ?? 0);
    for (const [path, word] of [
        ["storage.storageSizeGB", "storage only grows"],
        ["version", "a version is never taken back"],
    ] as const) {
        const [was, is] = [number(old.outputs, path), number(inputs, path)];
        if (is !== 0 && is < was)
            refuse("InvalidParameterValue", `${path}: ${is} is less than ${was}; ${word}`);
    }
}

/** What only one request at a time may do: "ServerIsBusy". */
const oneAtATime = (inputs: Props): string => `server ${text(inputs, "serverName") ?? ""}`;

/** PostgreSQL as a service. @see https://learn.microsoft.com/azure/postgresql/flexible-server/overview */
export const postgresqlTypes: Readonly<Record<string, AzureType>> = {
    [serverType]: {
        path: inGroup(server),
        name: lowerName(3, 63),
        unique: "global",
        required: ["sku.name", "version"],
        immutable: ["administratorLogin", "backup.geoRedundantBackup"],
        fixed: ["network.delegatedSubnetResourceId", "availabilityZone", "dataEncryption.type"],
        writeOnly: ["administratorLoginPassword"],
        inputProblems: serverProblems,
        admit: admitServer,
        made: ({ inputs }) => ({
            fullyQualifiedDomainName: `${text(inputs, "serverName") ?? ""}.postgres.database.azure.com`,
            minorVersion: "4",
            privateEndpointConnections: [],
            replicaCapacity: 5,
            state: "Ready",
        }),
    },
    "azure-native:dbforpostgresql:Configuration": {
        path: inGroup(`${server}/configurations/{configurationName}`),
        name: {
            length: [1, 128],
            pattern: /^[a-z0-9_.]+$/,
            words: "lower-case letters, digits, underscores and dots",
        },
        required: ["value", "source"],
        setting: true,
        exclusive: oneAtATime,
        made: () => ({
            allowedValues: "",
            dataType: "String",
            defaultValue: "",
            description: "",
            documentationLink: "",
            isConfigPendingRestart: false,
            isDynamicConfig: true,
            isReadOnly: false,
            unit: "",
        }),
    },
    "azure-native:dbforpostgresql:Database": {
        path: inGroup(`${server}/databases/{databaseName}`),
        name: plainName(1, 63),
        fixed: ["charset", "collation"],
        exclusive: oneAtATime,
        defaults: { charset: "UTF8", collation: "en_US.utf8" },
    },
    "azure-native:dbforpostgresql:FirewallRule": {
        path: inGroup(`${server}/firewallRules/{firewallRuleName}`),
        name: plainName(1, 128),
        exclusive: oneAtATime,
        *inputProblems(inputs) {
            for (const block of blocksAt({ rule: inputs }, "rule"))
                if (
                    text(block, "startIpAddress") === "0.0.0.0" &&
                    text(block, "endIpAddress") === "255.255.255.255"
                )
                    yield { property: "startIpAddress", reason: "lets the whole Internet in" };
        },
    },
};
