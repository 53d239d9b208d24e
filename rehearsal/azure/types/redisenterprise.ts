import { isGiven, numberAt, textAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import { normal } from "../arm-id";
import type { Admission, AzureType } from "../azure-type";
import { refuse } from "../azure-type";
import { onlyName } from "../names";
import { inGroup } from "./paths";

export const redisType = "azure-native:redisenterprise:RedisEnterprise";
export const redisDatabaseType = "azure-native:redisenterprise:Database";
const cluster = "Microsoft.Cache/redisEnterprise/{clusterName}";

/**
 * Refuses another size of one without shards.
 *
 * @see https://learn.microsoft.com/azure/redis/architecture#cluster-policies
 */
function admitCluster({ id, inputs, cloud, old }: Admission): void {
    if (old === undefined || textAt(old.inputs, "sku.name") === textAt(inputs, "sku.name")) return;
    const whole = cloud
        .all(redisDatabaseType)
        .filter((each) => normal(each.id).startsWith(`${normal(id)}/`))
        .some(({ outputs }) => text(outputs, "clusteringPolicy") === "NoCluster");
    if (whole)
        refuse(
            "OperationNotAllowed",
            `sku.name: ${id} has a database without shards, whose size cannot be changed; keep it, or make another`,
        );
}

/** Azure Managed Redis. @see https://learn.microsoft.com/azure/redis/overview */
export const redisenterpriseTypes: Readonly<Record<string, AzureType>> = {
    [redisType]: {
        path: inGroup(cluster),
        name: {
            length: [1, 60],
            pattern: /^[A-Za-z0-9](-?[A-Za-z0-9])*$/,
            words: "letters, digits and single inner hyphens",
        },
        unique: "global",
        fixed: ["highAvailability", "zones"],
        *inputProblems(inputs) {
            const sku = textAt(inputs, "sku.name") ?? "";
            if (/^Enterprise/.test(sku))
                yield {
                    property: "sku.name",
                    reason: `${sku} is of a tier that is being retired; give Balanced_B1 or the like`,
                };
            if (!/^Enterprise/.test(sku) && isGiven(inputs, "sku.capacity"))
                yield { property: "sku.capacity", reason: `does not go with ${sku}` };
        },
        admit: admitCluster,
        made: ({ inputs }) => ({
            hostName: `${text(inputs, "clusterName") ?? ""}.${text(inputs, "location") ?? ""}.redis.azure.net`,
            kind: "v2",
            privateEndpointConnections: [],
            redisVersion: "7.4",
            redundancyMode: "ZR",
            resourceState: "Running",
        }),
    },
    [redisDatabaseType]: {
        path: inGroup(`${cluster}/databases/{databaseName}`),
        name: onlyName("default"),
        fixed: ["clusteringPolicy", "modules", "port"],
        defaults: {
            port: 10_000,
            clientProtocol: "Encrypted",
            evictionPolicy: "VolatileLRU",
            clusteringPolicy: "OSSCluster",
        },
        *inputProblems(inputs) {
            const port = numberAt(inputs, "port");
            if (port !== undefined && port !== 10_000)
                yield { property: "port", reason: `${port} is not 10000, the only one` };
            if (inputs["persistence"] !== undefined && isGiven(inputs, "geoReplication"))
                yield { property: "persistence", reason: "does not go with geoReplication" };
        },
        made: () => ({ redisVersion: "7.4", resourceState: "Running" }),
    },
};
