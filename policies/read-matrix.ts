import type { CarrierEntry } from "../components/model/carriers/entries";
import type { Exemption } from "../components/model/exemption";
import type { Matrix, Owner, Row } from "../components/model/matrix";
import type { Plain } from "./plain";
import { isPlain, textOf } from "./plain";

const workloads: ReadonlySet<unknown> = new Set(["commcare", "jupyterhub"]);
const platforms: ReadonlySet<unknown> = new Set(["aws", "azure", "vms"]);

/**
 * The matrix out of the inputs of a cluster component, or undefined when they are not one. What is missing in a
 * row reads as null, and so as a gap: the engine leaves nulls out of maps.
 */
export function readMatrix(inputs: Plain): Matrix | undefined {
    const { cluster, workload, platform, environment, hubs, parties, rows, exemptions } = inputs;
    const { carriers, certificateContact } = inputs;
    const sound =
        textOf(cluster) !== undefined &&
        textOf(environment) !== undefined &&
        workloads.has(workload) &&
        platforms.has(platform) &&
        areTexts(hubs ?? []) &&
        arePlain(Object.values(isPlain(parties) ? parties : { none: null })) &&
        arePlain(rows) &&
        arePlain(exemptions ?? []) &&
        arePlain(Object.values(isPlain(carriers ?? {}) ? (carriers ?? {}) : { none: null })) &&
        areTexts(inputs["openHubs"] ?? []);
    if (!sound) return undefined;
    const matrix = inputs as unknown as Matrix;
    return {
        ...matrix,
        hubs: (hubs ?? []) as Matrix["hubs"],
        exemptions: ((exemptions ?? []) as Plain[]).map((each): Exemption => ({
            rule: textOf(each["rule"]) ?? "",
            urn: textOf(each["urn"]) ?? "",
            reason: textOf(each["reason"]) ?? "",
            approver: textOf(each["approver"]) ?? "",
            until: textOf(each["until"]) ?? "",
            breakGlass: each["breakGlass"] === true,
        })),
        carriers: Object.fromEntries(
            Object.entries((carriers ?? {}) as Record<string, Plain>).map(
                ([key, each]): [string, CarrierEntry] => [
                    key,
                    {
                        carrier: textOf(each["carrier"]) ?? "",
                        reason: textOf(each["reason"]) ?? "",
                    },
                ],
            ),
        ),
        certificateContact:
            certificateContact == null ? undefined : (textOf(certificateContact) ?? ""),
        parties: Object.fromEntries(
            Object.entries(matrix.parties).map(([slug, party]) => [
                slug,
                { ...party, contact: textOf(party.contact) ?? "" },
            ]),
        ),
        rows: matrix.rows.map((row): Row => ({
            ...row,
            layer: textOf(row.layer) ?? "",
            role: textOf(row.role) ?? null,
            party: textOf(row.party) ?? null,
        })),
    };
}

function areTexts(value: unknown): boolean {
    return Array.isArray(value) && value.every((each) => textOf(each) !== undefined);
}

function arePlain(value: unknown): boolean {
    return Array.isArray(value) && value.every(isPlain);
}

/** The owner out of the inputs of a layer component, or undefined when one of its words is missing or unknown. */
export function readOwner(inputs: Plain): Owner | undefined {
    const cluster = textOf(inputs["cluster"]);
    const environment = textOf(inputs["environment"]);
    const layer = textOf(inputs["layer"]);
    const role = textOf(inputs["role"]);
    const party = textOf(inputs["party"]);
    const contact = textOf(inputs["contact"]);
    if (
        cluster === undefined ||
        environment === undefined ||
        layer === undefined ||
        role === undefined ||
        party === undefined ||
        contact === undefined
    ) {
        return undefined;
    }
    const scope = textOf(inputs["scope"]);
    if (scope === undefined && (inputs["scope"] ?? undefined) !== undefined) return undefined;
    const owner = { cluster, environment, layer, role, party, contact };
    return scope === undefined ? owner : { ...owner, scope };
}
