/** Where commcare-cloud mounts the disk of data (`encrypted_root` in its group variables). */
export const dataMount = "/opt/data";

/** What the machines of a cluster write their measurements to, and nobody else's. */
export const metricsNamespace = (clusterName: string): string => `steward/${clusterName}`;
