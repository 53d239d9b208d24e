import { findLayer } from "../../components/model/layers";
import { valuesAt } from "../../components/model/carriers/spawn-points";
import { placeOf } from "../place";
import type { Plain } from "../plain";
import { isPlain } from "../plain";
import type { ResourceRule } from "../rule";

interface Closed {
    /** What lets somebody in, or undefined; a value that is not known yet counts as open. */
    readonly open: (inputs: Plain) => string | undefined;
    readonly write: string;
}

/** Off unless asked for, and not known to be asked for. */
const notPublic: Closed = {
    open: ({ publiclyAccessible: asked }) =>
        asked === undefined || asked === null || asked === false ? undefined : "publiclyAccessible",
    write: "publiclyAccessible: false",
};

const blocks = [
    "blockPublicAcls",
    "blockPublicPolicy",
    "ignorePublicAcls",
    "restrictPublicBuckets",
] as const;

const everywhere: readonly unknown[] = ["0.0.0.0/0", "::/0", "*", "Internet", "Any"];
const rule =
    (...paths: readonly (readonly string[])[]) =>
    (inputs: Plain) => {
        const found = paths.flatMap((path) => valuesAt(inputs, path));
        return found.some((range) => everywhere.includes(range)) ? "every address" : undefined;
    };
const narrower = "the security group of the clients: referencedSecurityGroupId";

/** On Azure the Internet reaches a service unless it is told otherwise; `off` is what the service calls that. */
const offTheInternet = (path: readonly string[], off: string, ...others: Ways): Closed => ({
    open: (inputs) =>
        valuesAt(inputs, path).includes(off) || others.some((way) => way(inputs))
            ? undefined
            : path.join("."),
    write: `${path.join(".")}: ${off}`,
});

type Ways = readonly ((inputs: Plain) => boolean)[];
const has =
    (path: readonly string[], value: unknown) =>
    (inputs: Plain): boolean =>
        valuesAt(inputs, path).includes(value);
/** Whether something stands there, known or not. */
const names =
    (...path: readonly string[]) =>
    (inputs: Plain): boolean =>
        valuesAt(inputs, path).some((value) => value !== undefined && value !== null);

/** Containers are private where the account lets none be public; what else comes in needs an identity, or a network. */
const closedAccount: Closed = {
    open(inputs) {
        if (inputs["allowBlobPublicAccess"] !== false) return "allowBlobPublicAccess";
        const ways: Ways = [
            has(["publicNetworkAccess"], "Disabled"),
            has(["networkRuleSet", "defaultAction"], "Deny"),
            has(["allowSharedKeyAccess"], false),
        ];
        return ways.some((way) => way(inputs)) ? undefined : "publicNetworkAccess";
    },
    write: "allowBlobPublicAccess: false, and publicNetworkAccess: Disabled or allowSharedKeyAccess: false",
};

/** In whichever layer they stand: nobody outside has business with them. */
const anywhere: Readonly<Record<string, Closed>> = {
    "aws:rds/instance:Instance": notPublic,
    "aws:rds/clusterInstance:ClusterInstance": notPublic,
    "aws:redshift/cluster:Cluster": notPublic,
    "aws:dms/replicationInstance:ReplicationInstance": notPublic,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
        open: (inputs) => blocks.find((block) => inputs[block] !== true),
        write: blocks.map((block) => `${block}: true`).join(", "),
    },
    "azure-native:storage:StorageAccount": closedAccount,
    "azure-native:storage:BlobContainer": {
        open: ({ publicAccess: asked }) =>
            asked === undefined || asked === null || asked === "None" ? undefined : "publicAccess",
        write: "publicAccess: None",
    },
    "azure-native:dbforpostgresql:Server": offTheInternet(
        ["network", "publicNetworkAccess"],
        "Disabled",
        names("network", "delegatedSubnetResourceId"),
    ),
    "azure-native:redisenterprise:RedisEnterprise": offTheInternet(
        ["publicNetworkAccess"],
        "Disabled",
    ),
    "azure-native:keyvault:Vault": offTheInternet(
        ["properties", "publicNetworkAccess"],
        "disabled",
        has(["properties", "publicNetworkAccess"], "Disabled"),
        has(["properties", "networkAcls", "defaultAction"], "Deny"),
    ),
    "azure-native:compute:Disk": offTheInternet(
        ["publicNetworkAccess"],
        "Disabled",
        has(["networkAccessPolicy"], "DenyAll"),
        has(["networkAccessPolicy"], "AllowPrivate"),
    ),
    "azure-native:recoveryservices:Vault": offTheInternet(
        ["properties", "publicNetworkAccess"],
        "Disabled",
    ),
};

/** Ways in to a layer that holds data. */
const intoData: Readonly<Record<string, Closed>> = {
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
        open: rule(["cidrIpv4"], ["cidrIpv6"]),
        write: narrower,
    },
    "aws:ec2/securityGroup:SecurityGroup": {
        open: rule(
            ["ingress", "[]", "cidrBlocks", "[]"],
            ["ingress", "[]", "ipv6CidrBlocks", "[]"],
        ),
        write: narrower,
    },
    "aws:ec2/securityGroupRule:SecurityGroupRule": {
        open: (inputs) =>
            inputs["type"] === "egress"
                ? undefined
                : rule(["cidrBlocks", "[]"], ["ipv6CidrBlocks", "[]"])(inputs),
        write: narrower,
    },
    "azure-native:network:NetworkSecurityGroup": {
        open: (inputs) =>
            valuesAt(inputs, ["securityRules", "[]"])
                .filter(isPlain)
                .map(letsIn)
                .find((found) => found !== undefined),
        write: "the application security group of the clients: sourceApplicationSecurityGroups",
    },
    "azure-native:network:SecurityRule": {
        open: letsIn,
        write: "the application security group of the clients: sourceApplicationSecurityGroups",
    },
};

/** Who comes in by a rule of Azure that lets somebody in from everywhere. */
function letsIn(each: Plain): string | undefined {
    if (each["access"] === "Deny" || each["direction"] === "Outbound") return undefined;
    return rule(["sourceAddressPrefix"], ["sourceAddressPrefixes", "[]"])(each);
}

/** What holds data is reached from inside the network alone. */
export const dataPrivate: ResourceRule = {
    id: "DAT4",
    name: "data-private",
    why: "A password is all that stands between a public database and everybody.",
    fix: "Keep it in private subnets, and let in the security group of its clients alone.",
    level: "mandatory",
    appliesTo: (type) => Object.hasOwn(anywhere, type) || Object.hasOwn(intoData, type),
    check(resource, { inventory }) {
        const { urn, type, inputs } = resource;
        const owner = inventory.ownerOf(resource);
        const matrix = inventory.matrix();
        const holdsData =
            owner !== undefined &&
            matrix !== undefined &&
            findLayer(matrix.workload, owner.layer)?.data === true;
        const closed = anywhere[type] ?? (holdsData ? intoData[type] : undefined);
        const open = closed?.open(inputs);
        if (closed === undefined || open === undefined) return [];
        const message = `${type} is open, or not known to be closed: ${open}`;
        return [{ urn, ...placeOf(owner), message, fix: `write ${closed.write}` }];
    },
};
