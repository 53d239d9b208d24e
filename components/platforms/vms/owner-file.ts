import type { Matrix } from "../../model/matrix";
import { ownerOf, rowName } from "../../model/matrix";
import type { KeptFile } from "./remote-file";

/** Where a host says who answers for it. */
export const ownerPaths = {
    json: "/etc/steward/owners.json",
    text: "/etc/steward/owners.txt",
    banner: "/etc/motd.d/steward",
    command: "/usr/local/bin/steward-owner",
} as const;

export interface HostOwners {
    readonly cluster: string;
    readonly environment: string;
    readonly stack: string;
    readonly host: string;
    readonly services: readonly string[];
    readonly layers: readonly {
        /** `layer`, or `layer@hub`. */
        readonly layer: string;
        readonly role: string;
        readonly party: string;
        readonly name: string;
        readonly contact: string;
        readonly escalation?: string;
    }[];
    readonly managedBy: "steward";
}

/** Who answers for which layer of a host, by the matrix. */
export function hostOwners(
    stack: string,
    machine: { readonly name: string; readonly services: readonly string[] },
    matrix: Matrix,
): HostOwners {
    const layers = matrix.rows.flatMap((row) => {
        const owner = ownerOf(matrix, row.layer, row.scope);
        if (owner === undefined) return [];
        const party = matrix.parties[owner.party];
        return [
            {
                layer: rowName(row),
                role: owner.role,
                party: owner.party,
                name: party?.name ?? owner.party,
                contact: owner.contact,
                ...(party?.escalation === undefined ? {} : { escalation: party.escalation }),
            },
        ];
    });
    return {
        cluster: matrix.cluster,
        environment: matrix.environment,
        stack,
        host: machine.name,
        services: machine.services,
        layers,
        managedBy: "steward",
    };
}

/** The same as `steward-owner` prints it: a line for each layer, its words apart by tabs. */
export function ownersText({ layers }: HostOwners): string {
    const lines = layers.map((each) =>
        [each.layer, each.role, each.name, each.contact, each.escalation ?? "-"].join("\t"),
    );
    return `${lines.join("\n")}\n`;
}

/** What somebody who signs in reads. */
export function bannerText({ cluster, environment, host, layers }: HostOwners): string {
    const of = (layer: string) => layers.find((each) => each.layer === layer);
    const line = (words: string, layer: string) => {
        const owner = of(layer);
        return owner === undefined ? [] : [`  ${words}: ${owner.name}, ${owner.contact}`];
    };
    return [
        `${host} of ${cluster} (${environment}), kept by Steward: changes by hand are undone.`,
        ...line("the machine", "hosting"),
        ...line("its system and patches", "operating-system"),
        ...line("its services", "app-services"),
        ...line("its Kubernetes", "control-plane"),
        "  who else: steward-owner",
        "",
    ].join("\n");
}

/** Prints the owners: a table, one layer of it, or the JSON. No interpreter but the shell. */
export const ownerCommand = `#!/bin/sh
# Who answers for what on this host. steward-owner [LAYER] | steward-owner --json
case "\${1-}" in
    -h|--help) echo 'steward-owner: who answers for this host; steward-owner LAYER; steward-owner --json' ;;
    --json) cat ${ownerPaths.json} ;;
    "") printf 'LAYER\\tROLE\\tPARTY\\tCONTACT\\tESCALATION\\n' | cat - ${ownerPaths.text} | column -t -s "$(printf '\\t')" 2>/dev/null || cat ${ownerPaths.text} ;;
    *) grep "^$1$(printf '\\t')" ${ownerPaths.text} || { echo "$1 is no layer of this host" >&2; exit 1; } ;;
esac
`;

/** What says on a host who answers for it, by what each is. */
export const ownerFiles = (
    owners: HostOwners,
): Record<"owners" | "owners-text" | "owner-command" | "banner", KeptFile> => ({
    owners: { path: ownerPaths.json, content: `${JSON.stringify(owners, undefined, 4)}\n` },
    "owners-text": { path: ownerPaths.text, content: ownersText(owners) },
    "owner-command": { path: ownerPaths.command, content: ownerCommand, mode: "755" },
    banner: { path: ownerPaths.banner, content: bannerText(owners) },
});
