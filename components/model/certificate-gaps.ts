import { contactKind, isReservedContact } from "./contact";
import type { Gap, GapKind, GapOptions } from "./gaps";
import type { LayerSlug } from "./layers";
import type { Matrix } from "./matrix";
import type { Workload } from "./roles";

/** The layer whose certificates end unnoticed when nobody reads what the authority writes. */
const certificateLayer: Readonly<Record<Workload, LayerSlug>> = {
    commcare: "dns-tls",
    jupyterhub: "ingress-tls",
};

/**
 * What is wrong with the one address that certificates are announced to, whatever the number of hubs.
 *
 * An address of a reserved domain is worse here than a mail that nobody reads: Let's Encrypt registers no account
 * for example.com, .net or .org, nor for what is no public domain, and without one there is no certificate.
 *
 * @see https://github.com/letsencrypt/boulder/blob/main/policy/pa.go `ValidEmail`, and
 * https://github.com/openwrt/luci/issues/8064 for what it answers
 */
export function certificateGaps(matrix: Matrix, options: GapOptions): Gap[] {
    const { certificateContact: contact, workload } = matrix;
    if (contact === undefined) return [];
    const layer = certificateLayer[workload];
    const [row, ...others] = matrix.rows.filter((each) => each.layer === layer);
    const about = (kind: GapKind, message: string, fix: string): Gap => ({
        kind,
        layer,
        // What several hubs share is no one hub's.
        ...(row?.scope === undefined || others.length > 0 ? {} : { scope: row.scope }),
        role: row?.role ?? null,
        party: row?.party ?? null,
        path: `steward:${workload}.letsEncryptContact`,
        message,
        fix,
    });
    if (contactKind(contact) !== "email") {
        const message = `"${contact}", where Let's Encrypt writes, is no e-mail address`;
        return [about("unreachable-party", message, "write an e-mail address")];
    }
    if (options.reservedContacts === "refused" && isReservedContact(contact)) {
        const message = `${contact} is an example, for which Let's Encrypt issues no certificate`;
        return [about("reserved-contact", message, "write an address that somebody reads")];
    }
    return [];
}
