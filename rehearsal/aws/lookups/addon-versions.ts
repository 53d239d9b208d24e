/**
 * Add-ons of EKS, each with the version that a new cluster gets here.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 */
export const addonVersions: Readonly<Record<string, string>> = {
    adot: "v0.131.0-eksbuild.1",
    "amazon-cloudwatch-observability": "v4.4.0-eksbuild.1",
    "aws-ebs-csi-driver": "v1.48.0-eksbuild.2",
    "aws-efs-csi-driver": "v2.1.11-eksbuild.1",
    "aws-fsx-csi-driver": "v1.6.0-eksbuild.1",
    "aws-guardduty-agent": "v1.11.0-eksbuild.4",
    "aws-mountpoint-s3-csi-driver": "v2.0.0-eksbuild.1",
    "aws-network-flow-monitoring-agent": "v1.0.3-eksbuild.1",
    "aws-privateca-connector-for-kubernetes": "v1.6.0-eksbuild.1",
    "aws-secrets-store-csi-driver-provider": "v2.0.0-eksbuild.1",
    "cert-manager": "v1.18.2-eksbuild.2",
    coredns: "v1.12.3-eksbuild.1",
    "eks-node-monitoring-agent": "v1.4.0-eksbuild.2",
    "eks-pod-identity-agent": "v1.3.8-eksbuild.2",
    "external-dns": "v0.19.0-eksbuild.2",
    "fluent-bit": "v4.0.9-eksbuild.1",
    "kube-proxy": "v1.34.0-eksbuild.2",
    "kube-state-metrics": "v2.17.0-eksbuild.2",
    "metrics-server": "v0.8.0-eksbuild.2",
    "prometheus-node-exporter": "v1.9.1-eksbuild.4",
    "snapshot-controller": "v8.3.0-eksbuild.1",
    "vpc-cni": "v1.20.4-eksbuild.1",
};
