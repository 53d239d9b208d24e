import * as pulumi from "@pulumi/pulumi";
import { Cluster } from "../../../../components/cluster";
import type { AzureClusterSpec } from "../../../../components/model/spec";
import { isAzureHubs, parseSpec } from "../../../../components/model/spec";
import { azureFoundation } from "../../../../components/platforms/azure/foundation";
import type { Foundation } from "../../../../components/platforms/foundation";
import type { Props } from "../../../../rehearsal/provider/values";
import { TestSubscription } from "../../../rehearsal/azure/account";
import { recordOptions } from "../../../support/record-options";
import type { Recorded, Recording } from "../../../support/record-resources";
import { recordResources, settled } from "../../../support/record-resources";
import { stackConfig } from "../../../support/stack-file";

export type Section = Record<string, unknown>;
export type Config = Section & {
    azure: Section;
    layers: Section;
    jupyterhub: { hubs: (Section & { name: string })[] };
};

/** Toronto's hubs of these names, the first alone unless said otherwise; `change` edits what stands under `steward:`. */
export function utoronto(
    change: (config: Config) => void = () => undefined,
    names: readonly string[] = ["prod"],
): AzureClusterSpec {
    const config = stackConfig("jupyterhub-azure") as Config;
    const { hubs } = config.jupyterhub;
    config.jupyterhub.hubs = hubs.filter(({ name }) => names.includes(name));
    change(config);
    const { spec, problems } = parseSpec(config);
    if (spec === undefined || !isAzureHubs(spec)) throw new Error(JSON.stringify(problems));
    return spec;
}

/** A hub beside Toronto's that builds environments, and machines for them. */
export function building({ azure, jupyterhub }: Config): void {
    azure["nodes"] = {
        ...(azure["nodes"] as Section),
        build: { vmSizes: ["Standard_D4s_v5"], zones: ["1"], max: 5, diskGiB: 128 },
    };
    jupyterhub.hubs.push({
        name: "binder",
        domain: "binder.utoronto.ca",
        authenticator: jupyterhub.hubs[0]?.["authenticator"],
        machines: ["user", "build"],
        homes: { storage: "none" },
        builds: { keepDays: 30 },
        budget: { monthlyUsd: 300, covers: "hub" },
    });
}

export interface BuiltOnAzure extends Recording {
    readonly foundation: Foundation;
    readonly ofType: (type: string) => readonly Recorded[];
    /** The one resource of that type and name. */
    readonly find: (type: string, name: string) => Recorded;
    /** By type and name. */
    readonly options: ReadonlyMap<string, pulumi.CustomResourceOptions>;
}

/** Secrets as the engine hands them to a provider: bare. */
export function opened(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(opened);
    if (typeof value !== "object" || value === null) return value;
    const { [seal]: sealed, value: inside } = value as Section;
    if (sealed !== undefined) return opened(inside);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, opened(each)]));
}

const seal = "4dabf18193072939515e22adb298388d";

const secrets = { alerts: { smtpPassword: pulumi.secret("the relay's password") } };

/**
 * Builds the foundation in a subscription of the stand-in, which refuses what Azure would. Not proven: that the engine
 * waits for what has to stand before; here everything is made in the order of its outputs.
 */
export async function build(spec: AzureClusterSpec): Promise<BuiltOnAzure> {
    const { subscriptionId, tenantId } = spec.platform.azure;
    const subscription = new TestSubscription({ subscriptionId, tenantId });
    const recording = await recordResources({
        create: ({ type, name, inputs }) => {
            if (!type.startsWith("azure-native:")) return undefined;
            const { id, outputs } = subscription.create(type, opened(inputs) as Props, name);
            return { id, state: outputs };
        },
        outputs: {
            "random:index/randomPassword:RandomPassword": ({ name }) => ({
                result: `Random1 ${name}`,
            }),
        },
        calls: {
            "azure-native:containerservice:listManagedClusterUserCredentials": () => ({
                kubeconfigs: [
                    {
                        name: "clusterUser",
                        value: Buffer.from(
                            "clusters:\n- cluster:\n    server: https://utoronto.example.org:443\n    certificate-authority-data: YXV0aG9yaXR5\n",
                        ).toString("base64"),
                    },
                ],
            }),
        },
    });
    const { options, within } = recordOptions();
    const foundation = await azureFoundation(
        spec,
        new Cluster(spec.name, spec.matrix, within),
        secrets,
    );
    await settled();
    const ofType = (type: string) => recording.resources.filter((each) => each.type === type);
    const find = (type: string, name: string): Recorded => {
        const found = ofType(type).filter((each) => each.name === name);
        if (found[0] === undefined || found.length > 1) {
            throw new Error(`${String(found.length)} of ${type} ${name}`);
        }
        return found[0];
    };
    return { ...recording, options, foundation, ofType, find };
}
