/**
 * The last day of EKS's standard support for each Kubernetes version, UTC; afterwards every hour of the cluster
 * costs more. For a reminder only: `doctor` asks EKS itself, and EKS tells the account by AWS Health. A version that is
 * not here gets a reminder without a day.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html#kubernetes-release-calendar
 */
export const standardSupportEnds: Readonly<Record<string, string>> = {
    "1.31": "2025-11-26",
    "1.32": "2026-03-23",
    "1.33": "2026-07-29",
    "1.34": "2026-12-02",
    "1.35": "2027-03-27",
};
