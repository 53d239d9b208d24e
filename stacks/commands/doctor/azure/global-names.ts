import type { OnlyAzure } from "../../../../components/model/spec";
import { isHubs } from "../../../../components/model/spec";
import type { GlobalKind } from "../../../../components/platforms/azure/names";
import { globalName } from "../../../../components/platforms/azure/names";
import { copiesAccount, namesOf } from "../../../../components/platforms/azure/machines/names";

/** A name that a stack takes in all of Azure. */
export interface TakenName {
    readonly kind: GlobalKind;
    readonly name: string;
}

/** All names of a stack that nobody else in Azure may have. */
export function globalNamesOf(spec: OnlyAzure): TakenName[] {
    const { subscriptionId } = spec.platform.azure;
    const named = (kind: GlobalKind, what: string): TakenName => {
        return { kind, name: globalName(kind, { subscriptionId, clusterName: spec.name, what }) };
    };
    if (isHubs(spec)) {
        const { hubs } = spec.workload.jupyterhub;
        return [
            named("keyVault", "control-plane"),
            ...(hubs.some(({ homes }) => homes.storage === "azure-files")
                ? [named("storageAccount", "copies")]
                : []),
            ...hubs.flatMap((hub): TakenName[] => {
                const { name, homes, database, scratch, persistent, datasets, images, builds } =
                    hub;
                const keeps = scratch !== undefined || persistent !== undefined;
                return [
                    ...(homes.storage === "azure-files"
                        ? [named("storageAccount", `homes-${name}`)]
                        : []),
                    ...(database.kind === "flexible-server"
                        ? [named("database", `hub-${name}`)]
                        : []),
                    ...(keeps ? [named("storageAccount", `hub-${name}`)] : []),
                    ...(datasets.length > 0 ? [named("storageAccount", `data-${name}`)] : []),
                    ...(images === undefined ? [] : [named("registry", name)]),
                    ...(builds === undefined ? [] : [named("registry", `${name}-builds`)]),
                ];
            }),
        ];
    }
    const { databases, broker, shared } = namesOf(spec);
    const { plan } = spec.workload;
    return [
        named("keyVault", "machines"),
        named("storageAccount", "flows"),
        ...Object.values(databases).map((name): TakenName => ({ kind: "database", name })),
        ...(plan.redisBroker === null ? [] : [{ kind: "redis", name: broker } as const]),
        ...(plan.sharedDirectory === "cloud"
            ? [
                  { kind: "storageAccount", name: shared } as const,
                  named("storageAccount", copiesAccount),
              ]
            : []),
    ];
}
