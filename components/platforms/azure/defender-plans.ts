/**
 * Plans of Microsoft Defender, and the part of each that is wanted.
 *
 * @see https://learn.microsoft.com/azure/defender-for-cloud/defender-for-cloud-introduction
 */
export const plans = {
    Arm: { subPlan: "PerSubscription" },
    Containers: {},
    KeyVaults: { subPlan: "PerKeyVault" },
    OpenSourceRelationalDatabases: {},
    StorageAccounts: { subPlan: "DefenderForStorageV2" },
    VirtualMachines: { subPlan: "P2" },
} as const;

export type DefenderPlan = keyof typeof plans;

/** What looks at a cluster of Kubernetes, and at one of machines. */
export const plansFor = {
    kubernetes: [
        "Arm",
        "Containers",
        "KeyVaults",
        "OpenSourceRelationalDatabases",
        "StorageAccounts",
    ],
    machines: [
        "Arm",
        "KeyVaults",
        "OpenSourceRelationalDatabases",
        "StorageAccounts",
        "VirtualMachines",
    ],
} as const satisfies Record<string, readonly DefenderPlan[]>;
