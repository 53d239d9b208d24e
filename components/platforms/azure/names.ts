import { createHash } from "node:crypto";

/**
 * What decides a name that is unique in all of Azure: plain strings, so that the name is one and stands in the plan.
 */
export interface Named {
    readonly subscriptionId: string;
    readonly clusterName: string;
    /** Tells what of the cluster it is, such as `prod` or `backups`. */
    readonly what: string;
}

interface Grammar {
    readonly max: number;
    /** What may stand between letters and digits; nothing where only those may. */
    readonly hyphen: "" | "-";
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const grammars = {
    storageAccount: { max: 24, hyphen: "" },
    keyVault: { max: 24, hyphen: "-" },
    registry: { max: 50, hyphen: "" },
    database: { max: 63, hyphen: "-" },
    redis: { max: 60, hyphen: "-" },
} as const satisfies Record<string, Grammar>;

export type GlobalKind = keyof typeof grammars;

/** Letters alone, so that the hash can stand anywhere in a name. */
function hashOf(text: string, length: number): string {
    const digest = createHash("sha256").update(text).digest("hex").slice(0, length);
    return digest.replace(/[0-9]/g, (digit) => "ghijklmnop".charAt(Number(digit)));
}

/**
 * A name that nobody else in Azure has: as much of cluster and purpose as fits, and a hash of subscription, cluster and
 * purpose. Begins with a letter, ends with one, and has no two hyphens in a row: valid for every kind.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
 */
export function globalName(kind: GlobalKind, { subscriptionId, clusterName, what }: Named): string {
    const { max, hyphen } = grammars[kind];
    const hash = hashOf(`${subscriptionId}/${clusterName}/${what}`, 8);
    const words = `${clusterName}-${what}`.replace(/[^a-z0-9]+/g, hyphen);
    const begins = /^[a-z]/.test(words) ? words : `s${words}`;
    const room = max - hash.length - hyphen.length;
    const head = begins.slice(0, room).replace(/-+$/, "");
    return `${head}${hyphen}${hash}`;
}

/**
 * The name of a node pool of AKS, which has room for twelve: what tells pools apart for people as far as it fits, and
 * a hash for the rest.
 *
 * @param noun Such as `prod-user-e8s-v5`.
 * @see https://learn.microsoft.com/azure/aks/create-node-pools#limitations
 */
export function poolName(noun: string): string {
    const head = noun.replace(/[^a-z0-9]/g, "").replace(/^[0-9]+/, "");
    return `${head.slice(0, 7)}${hashOf(noun, 5)}`;
}
