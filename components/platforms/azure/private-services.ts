/**
 * Services of Azure that a private endpoint gives an address in the network: the zone of the names they are found by,
 * and what of them the endpoint stands for.
 *
 * @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns
 */
export const privateServices = {
    blob: { zone: "privatelink.blob.core.windows.net", groupId: "blob" },
    dfs: { zone: "privatelink.dfs.core.windows.net", groupId: "dfs" },
    file: { zone: "privatelink.file.core.windows.net", groupId: "file" },
    vault: { zone: "privatelink.vaultcore.azure.net", groupId: "vault" },
    postgresql: { zone: "privatelink.postgres.database.azure.com", groupId: "postgresqlServer" },
    redis: { zone: "privatelink.redis.azure.net", groupId: "redisEnterprise" },
} as const;

export type PrivateService = keyof typeof privateServices;
