import { stringify } from "yaml";
import { flagAt } from "../../provider/look";
import { text } from "../../provider/stand-in";
import { refuse } from "../azure-type";
import type { Lookup } from "../lookups";
import { findById } from "../references";

/** Application of the API servers of AKS in every tenant. @see https://learn.microsoft.com/azure/aks/kubelogin-authentication */
const serverId = "6dae42f8-4368-4678-94ff-3960e28e3630";

/**
 * The kubeconfig of a cluster. That of an administrator holds a certificate of the cluster's own, which one
 * without local accounts has none of.
 */
export function kubeconfigOf(who: "user" | "admin"): Lookup {
    return (args, subscriptionId, cloud) => {
        const [group, name] = [
            text(args, "resourceGroupName") ?? "",
            text(args, "resourceName") ?? "",
        ];
        const id = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;
        const cluster = findById(cloud, id);
        if (cluster === undefined) return refuse("ResourceNotFound", `there is no ${id}`);
        if (who === "admin" && flagAt(cluster.inputs, "disableLocalAccounts") === true)
            return refuse(
                "BadRequest",
                `Getting static credential is not allowed: ${id} has no local accounts`,
            );
        const host = text(cluster.outputs, "privateFQDN") ?? text(cluster.outputs, "fqdn") ?? "";
        const user = {
            exec: {
                apiVersion: "client.authentication.k8s.io/v1beta1",
                command: "kubelogin",
                args: [
                    "get-token",
                    "--environment",
                    "AzurePublicCloud",
                    "--server-id",
                    serverId,
                    "--login",
                    "devicecode",
                ],
                provideClusterInfo: false,
            },
        };
        const text64 = Buffer.from(
            stringify({
                apiVersion: "v1",
                kind: "Config",
                clusters: [
                    {
                        name,
                        cluster: {
                            server: `https://${host}:443`,
                            "certificate-authority-data": Buffer.from(
                                `rehearsal of ${name}`,
                            ).toString("base64"),
                        },
                    },
                ],
                users: [
                    {
                        name: `clusterUser_${group}_${name}`,
                        user: who === "admin" ? { token: "rehearsal" } : user,
                    },
                ],
                contexts: [
                    { name, context: { cluster: name, user: `clusterUser_${group}_${name}` } },
                ],
                "current-context": name,
            }),
        ).toString("base64");
        return {
            kubeconfigs: [{ name: `cluster${who === "admin" ? "Admin" : "User"}`, value: text64 }],
        };
    };
}
