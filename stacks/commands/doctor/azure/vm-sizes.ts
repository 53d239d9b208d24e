import type { Finding } from "../check";
import type { AzureCheck } from "./azure";
import type { Wanted } from "./machines";
import { wantedOf } from "./machines";
import { encryptsAtHost } from "./resource-providers";
import type { VmSku } from "./vm-skus";
import { skusOf } from "./vm-skus";

/** Whether the subscription gets the machines, in the zones where they have to stand. */
export const vmSizesCheck: AzureCheck = {
    id: "vm-sizes",
    title: "VM sizes",
    needs: "region",
    async run(target) {
        const skus = await skusOf(target);
        const wanted = wantedOf(target.spec);
        const sizes = [...new Set(wanted.map(({ vmSize }) => vmSize))];
        const sealed = encryptsAtHost(target.spec);
        return sizes.map((size) => {
            return judge(
                size,
                zonesOf(wanted.filter(({ vmSize }) => vmSize === size)),
                skus.get(size),
                { region: target.spec.region, sealed },
            );
        });
    },
};

const zonesOf = (wanted: readonly Wanted[]): string[] => [
    ...new Set(wanted.flatMap(({ zones }) => zones)),
];

function judge(
    size: string,
    zones: readonly string[],
    sku: VmSku | undefined,
    { region, sealed }: { readonly region: string; readonly sealed: boolean },
): Finding {
    const id = `vm-sizes.${size}`;
    const lacking = (message: string, fix: string): Finding => {
        return { id, status: "lacking", message: `${size} ${message}`, fix };
    };
    if (sku === undefined) return lacking(`is not offered in ${region}`, "take another size");
    if (sku.closed !== undefined) {
        const support = "take another size, or ask Azure's support to lift the restriction";
        return lacking(`is closed to the subscription in ${region} (${sku.closed})`, support);
    }
    const open = sku.zones.filter((zone) => !sku.closedZones.includes(zone));
    const missing = zones.filter((zone) => !open.includes(zone));
    if (missing.length > 0) {
        const fix =
            open.length === 0
                ? "take another size"
                : `take another size, or zones out of: ${open.join(", ")}`;
        return lacking(`is not to be had in zone ${missing.join(", ")}`, fix);
    }
    if (sealed && !sku.hostEncryption) {
        const fix = "take another size, or write encryptionAtHost: false";
        return lacking("does not encrypt at its host", fix);
    }
    return { id, status: "ok", message: `${size} is offered in zone ${zones.join(", ")}` };
}
