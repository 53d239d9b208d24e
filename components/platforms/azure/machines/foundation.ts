import * as random from "@pulumi/random/provider";
import * as tls from "@pulumi/tls/provider";
import { layerArgs } from "../../../layer-args";
import { partyBudgets } from "../../../model/party-budgets";
import { payingLayer } from "../../../model/payers";
import type { AzureCommcareSpec } from "../../../model/spec";
import type { BuildMachines } from "../../machines-foundation";
import type { Alerts } from "../alerts";
import { Account } from "../budget";
import { placeOf } from "../place";
import { azureProvider } from "../provider";
import { wordDetection } from "../threat-detection";
import { buildEntry } from "./entry";
import { buildGround } from "./ground";
import type { Opts } from "./opts";
import { buildServices } from "./services";
import { watch } from "./watch";

/** A cluster of machines on Azure, and what keeps it whole. Its provider comes before any other resource. */
export const azureMachines: BuildMachines<AzureCommcareSpec> = (spec, cluster) => {
    const azure = azureProvider(spec, cluster);
    const passwords = new random.Provider("azure-random", {}, { parent: cluster });
    const certificates = new tls.Provider("azure-tls", {}, { parent: cluster });
    const opts: Opts = { parent: cluster, providers: [azure, passwords, certificates] };
    const ground = buildGround(spec, opts);
    const services = buildServices(spec, ground, opts);
    const entry = buildEntry(spec, ground, services, opts);
    const alerts = watch(spec, { ...ground, ...services, ...entry }, opts);
    buildBudgets(spec, alerts, opts);
    const hosts = Object.entries(services.made).map(([name, { address, machine }]) => {
        return [name, { address, id: machine.id }] as const;
    });
    return Promise.resolve({
        hosts: Object.fromEntries(hosts),
        address: entry.entry.address,
        outputs: {
            next: entry.site.next === undefined ? [] : [entry.site.next],
            vault: ground.identities.vault.name,
            alarms: alerts.groupIds(),
            detection: wordDetection(spec.platform.azure.detection),
        },
    });
};

/** A budget for whoever pays for the hosting, where the stack file names a figure. */
function buildBudgets(spec: AzureCommcareSpec, alerts: Alerts, opts: Opts): void {
    const budgets = partyBudgets(spec.matrix, [], spec.budgets);
    if (budgets.length === 0) return;
    const layer = payingLayer.commcare;
    const groupOf = ({ owner }: (typeof budgets)[number]["payer"]) => alerts.groupOf(owner).id;
    new Account(layer, { ...layerArgs(spec, layer), place: placeOf(spec), budgets, groupOf }, opts);
}
