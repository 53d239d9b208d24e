import type { HostOwners } from "../../../../components/platforms/vms/owner-file";
import { ownerPaths } from "../../../../components/platforms/vms/owner-file";
import type { Check } from "../check";
import { mendByUp } from "../check";

/** Who answers for the host, as it says itself: what people on the host go by when something burns. */
export const ownerFile: Check = {
    id: "owner-file",
    layer: "operating-system",
    ask: () => `[ ! -e ${ownerPaths.json} ] || cat ${ownerPaths.json}`,
    judge(said, wanted) {
        if (said === wanted.ownersText) return [];
        const { layer } = ownerFile;
        const fix = mendByUp(wanted);
        const differing = said === "" ? [] : differences(said, wanted.owners);
        const [first] = differing;
        if (said === "" || first === undefined) {
            const is = said === "" ? "is not there" : "has other content";
            const should = "the owners of the stack file";
            return [{ layer, is: `${ownerPaths.json} ${is}`, should, fix }];
        }
        return differing.map(({ is, should }) => ({
            layer,
            is: `${ownerPaths.json} says ${is}`,
            should,
            fix,
        }));
    },
};

type Words = Pick<HostOwners["layers"][number], "role" | "party" | "contact"> | undefined;

const words = (owner: Words): string =>
    owner === undefined ? "nobody" : `${owner.role}, ${owner.party}, ${owner.contact}`;

/** Layer by layer; none where the owners are the same and something else is not. */
function differences(said: string, wanted: HostOwners): { is: string; should: string }[] {
    const there = ownersIn(said);
    if (there === undefined) return [{ is: "nothing that is JSON", should: "who owns what" }];
    const layers = [...wanted.layers.map(({ layer }) => layer), ...there.keys()];
    return [...new Set(layers)].flatMap((layer) => {
        const [is, should] = [
            words(there.get(layer)),
            words(wanted.layers.find((each) => each.layer === layer)),
        ];
        return is === should ? [] : [{ is: `${layer}: ${is}`, should: `${layer}: ${should}` }];
    });
}

/** What somebody wrote there may be anything. */
function ownersIn(text: string): Map<string, Words> | undefined {
    try {
        const { layers } = JSON.parse(text) as { layers?: unknown };
        const rows = (Array.isArray(layers) ? layers : []) as (
            Record<string, unknown> | null | undefined
        )[];
        return new Map(
            rows.map((row) => {
                const word = (key: string) => {
                    const value = row?.[key];
                    return typeof value === "string" ? value : "nothing";
                };
                const owner = {
                    role: word("role"),
                    party: word("party"),
                    contact: word("contact"),
                };
                return [word("layer"), owner];
            }),
        );
    } catch {
        return undefined;
    }
}
