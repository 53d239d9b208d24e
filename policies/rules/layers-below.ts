import { readOwnerKeys } from "../../components/model/carriers";
import { valuesAt } from "../../components/model/carriers/spawn-points";
import { layersBelow } from "../../components/model/layers-below";
import type { Matrix } from "../../components/model/matrix";
import { ownerOf } from "../../components/model/matrix";
import { differences } from "../carried";
import { placeOf } from "../place";
import { isPlain, textOf } from "../plain";
import type { Finding, ResourceRule } from "../rule";

/** Tags of machines and of their disks; of several ways to the same tags, one is enough. */
const machines: Readonly<Record<string, readonly (readonly (readonly string[])[])[]>> = {
    "aws:ec2/instance:Instance": [[["tags"]], [["rootBlockDevice", "tags"], ["volumeTags"]]],
    "aws:ebs/volume:Volume": [[["tags"]]],
    // The disk of its system takes no tags of its own: the machine's id leads to it.
    "azure-native:compute:VirtualMachine": [[["tags"]]],
    "azure-native:compute:Disk": [[["tags"]]],
};

/** A machine names who answers for its system and for its hosting, and nothing names another role for them. */
export const namesLayersBelow: ResourceRule = {
    id: "OWN11",
    name: "layers-below",
    why: "When a machine fails below its service, its tags alone tell whom to call for which part.",
    fix: `Tag it and its disks with ${Object.keys(layersBelow).join(" and ")}: the roles of those layers in the matrix.`,
    level: "mandatory",
    appliesTo: () => true,
    check(resource, { inventory }) {
        const { urn, type, inputs, custom } = resource;
        const matrix = inventory.matrix();
        if (!custom || matrix === undefined) return [];
        const roles = rolesBelow(matrix);
        const wrong = Object.hasOwn(machines, type)
            ? (machines[type] ?? []).flatMap((ways) => lacking(inputs, ways, roles))
            : contradicting(
                  readOwnerKeys(inventory.carrierOf(type) ?? "none", inputs, Object.keys(roles)),
                  roles,
              );
        if (wrong.length === 0) return [];
        const message = `${type} does not name who answers below its layer: ${wrong.join(", ")}`;
        const place = placeOf(inventory.ownerOf(resource));
        return [{ urn, ...place, message, fix: namesLayersBelow.fix } satisfies Finding];
    },
};

/** The role of each layer below, by its key; a layer that nobody answers for is the word of `gate`. */
function rolesBelow(matrix: Matrix): Record<string, string> {
    return Object.fromEntries(
        Object.entries(layersBelow).flatMap(([key, layer]) => {
            const owner = ownerOf(matrix, layer);
            return owner === undefined ? [] : [[key, owner.role]];
        }),
    );
}

/** What the tags lack or have wrong, by the first way where none is right. */
function lacking(
    inputs: object,
    ways: readonly (readonly string[])[],
    roles: Readonly<Record<string, string>>,
): string[] {
    const byWay = ways.map((path) => {
        const [tags] = valuesAt(inputs, path);
        const found = isPlain(tags) ? tags : {};
        return differences(roles, (key) => textOf(found[key])).map(
            (what) => `${what} in ${path.join(".")}`,
        );
    });
    return byWay.some(({ length }) => length === 0) ? [] : (byWay[0] ?? []);
}

/** Where no such tag need be, one that names another role is wrong all the same. */
function contradicting(
    found: ReadonlyMap<string, string>,
    roles: Readonly<Record<string, string>>,
): string[] {
    return differences(roles, (key) => found.get(key) ?? roles[key]);
}
