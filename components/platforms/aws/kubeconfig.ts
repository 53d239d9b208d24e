import type { Cluster } from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";

/**
 * How Pulumi reaches the cluster: with the credentials of whoever deploys, through the `aws` command. It holds
 * no secret, so the state keeps none and no token grows old in it.
 *
 * @returns a kubeconfig as JSON, which is YAML too.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html
 */
export function kubeconfig(cluster: Cluster, region: string): pulumi.Output<string> {
    const authority = cluster.certificateAuthority.data;
    return pulumi.jsonStringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "steward",
        contexts: [{ name: "steward", context: { cluster: "eks", user: "deployer" } }],
        clusters: [
            {
                name: "eks",
                cluster: { server: cluster.endpoint, "certificate-authority-data": authority },
            },
        ],
        users: [
            {
                name: "deployer",
                user: {
                    exec: {
                        apiVersion: "client.authentication.k8s.io/v1beta1",
                        command: "aws",
                        args: [
                            ...["--region", region],
                            ...["eks", "get-token", "--output", "json"],
                            ...["--cluster-name", cluster.name],
                        ],
                        interactiveMode: "Never",
                    },
                },
            },
        ],
    });
}
