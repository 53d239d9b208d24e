import { listManagedClusterUserCredentialsOutput } from "@pulumi/azure-native/containerservice";
import * as pulumi from "@pulumi/pulumi";

/** The application of all API servers of AKS: https://learn.microsoft.com/azure/aks/kubelogin-authentication */
const serverId = "6dae42f8-4368-4678-94ff-3960e28e3630";

export interface ReachedCluster {
    readonly resourceGroupName: pulumi.Input<string>;
    /** The output of the cluster, so that it is asked for once it stands. */
    readonly resourceName: pulumi.Input<string>;
    readonly tenantId: string;
}

/**
 * How Pulumi reaches the cluster: as whoever signed in to the Azure CLI, through `kubelogin`. It holds no secret, so
 * the state keeps none and no token grows old in it. Azure is asked for the address and the authority alone.
 *
 * @returns a kubeconfig as JSON, which is YAML too.
 */
export function kubeconfig(
    { resourceGroupName, resourceName, tenantId }: ReachedCluster,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const asked = listManagedClusterUserCredentialsOutput(
        { resourceGroupName, resourceName },
        { parent },
    );
    const cluster = pulumi.unsecret(asked.kubeconfigs).apply(([first]) => reached(first?.value));
    return pulumi.jsonStringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "steward",
        contexts: [{ name: "steward", context: { cluster: "aks", user: "deployer" } }],
        clusters: [{ name: "aks", cluster }],
        users: [
            {
                name: "deployer",
                user: {
                    exec: {
                        apiVersion: "client.authentication.k8s.io/v1beta1",
                        command: "kubelogin",
                        args: [
                            ...["get-token", "--login", "azurecli"],
                            ...["--server-id", serverId, "--tenant-id", tenantId],
                        ],
                        interactiveMode: "Never",
                    },
                },
            },
        ],
    });
}

/** Where the cluster answers, and the authority of its certificate: neither is a secret. */
function reached(coded: string | undefined): object {
    const text = Buffer.from(coded ?? "", "base64").toString();
    const valueOf = (key: string) => new RegExp(`\\b${key}:\\s*(\\S+)`).exec(text)?.[1];
    const server = valueOf("server");
    const authority = valueOf("certificate-authority-data");
    if (server === undefined || authority === undefined) {
        throw new Error("Azure answered with a kubeconfig without a server or its authority");
    }
    return { server, "certificate-authority-data": authority };
}
