import { z } from "zod";
import { azureDns } from "./azure-dns";
import { azureMachines } from "./azure-machines";
import { network } from "./azure-network";
import type { AzureNodesSpec } from "./azure-nodes";
import { nodesSchema } from "./azure-nodes";
import { backups, detection, subscriptionPolicy } from "./azure-watch";
import { mail } from "./mail";
import { cidr, says, wholeNumber } from "./shared";

const guid = (what: string) =>
    z
        .string()
        .regex(
            /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
            says(`is not ${what}`, "write its id in lower case, as `az account show` has it"),
        );

const kubernetes = z.strictObject({
    version: z
        .string()
        .regex(/^1\.\d{2}$/, says("is not a version", 'write one such as "1.34", in quotes'))
        .describe("Patches of it come by themselves, in the maintenance window"),
    authorizedRanges: z
        .array(cidr)
        .default([])
        .describe("Who reaches the Kubernetes API from outside the network; empty: nobody"),
    maintenance: z
        .strictObject({
            day: z
                .enum([
                    "Monday",
                    "Tuesday",
                    "Wednesday",
                    "Thursday",
                    "Friday",
                    "Saturday",
                    "Sunday",
                ])
                .default("Sunday"),
            hourUtc: wholeNumber(0, 23, "hours").default(6),
        })
        .prefault({})
        .describe(
            "When patches come, for four hours: nodes are drained, so users lose their servers",
        ),
});

/** Everything that only a cluster on Azure has. */
export const azureSchema = z.strictObject({
    subscriptionId: guid("a subscription").describe("To deploy to: the provider refuses any other"),
    tenantId: guid("a tenant").describe("The Entra tenant of the subscription"),
    network,
    kubernetes: kubernetes.optional().describe("Of JupyterHub's clusters, which need it"),
    nodes: nodesSchema.optional().describe("Of JupyterHub's clusters, which need them"),
    mail: mail.optional().describe("Of JupyterHub's clusters, which need it"),
    machines: azureMachines,
    dns: azureDns,
    detection,
    subscriptionPolicy,
    backups,
    logDays: wholeNumber(30, 730, "days")
        .default(90)
        .describe("How long Log Analytics keeps what it has"),
});

export type AzureInput = z.infer<typeof azureSchema>;

/** The section of a cluster that runs on machines of its own. */
export type AzureMachinesSpec = Omit<AzureInput, "kubernetes" | "nodes" | "mail">;

/** The section of a cluster that runs on Kubernetes. */
export type AzureSpec = AzureMachinesSpec & {
    readonly kubernetes: z.infer<typeof kubernetes>;
    readonly nodes: AzureNodesSpec;
    readonly mail: NonNullable<AzureInput["mail"]>;
};

/** The section as a Kubernetes cluster has it; undefined where it lacks what that needs. */
export function onAks(azure: AzureInput | undefined): AzureSpec | undefined {
    if (azure?.kubernetes === undefined || azure.nodes === undefined) return undefined;
    if (azure.mail === undefined) return undefined;
    const { kubernetes: cluster, nodes, mail: relay } = azure;
    return { ...azure, kubernetes: cluster, nodes, mail: relay };
}
