import { carrierKinds, isShutOut } from "../../components/model/carriers";
import { chosenCarriers } from "../../components/model/carriers/entries";
import { wrongKeys } from "../carried";
import { placeOf } from "../place";
import type { ResourceRule } from "../rule";

/** A type that can carry its owner carries it, in the shape that the type takes, and it is its layer's. */
export const ownerCarried: ResourceRule = {
    id: "OWN4",
    name: "owner-carried",
    why: "Who looks at a resource in the cloud sees its tags and nothing of the program that made it.",
    fix: "Pass `tags: this.tags()`, or `metadata: this.metadata(…)` on Kubernetes, as plain strings.",
    level: "mandatory",
    appliesTo: () => true,
    check(resource, { inventory }) {
        const { urn, type, custom } = resource;
        if (!custom) return [];
        const owner = inventory.ownerOf(resource);
        const shape = inventory.carrierOf(type);
        if (shape === undefined) {
            const message = `nothing says how ${type} carries its owner, so it is taken to carry none`;
            return [{ urn, ...placeOf(owner), message, fix: fixOf(type) }];
        }
        // Without an owner there is nothing to compare with: `inside-one-layer` has said so.
        const kind = carrierKinds[shape];
        if (owner === undefined || kind === "layer" || kind === "host-file") return [];
        const wrong = wrongKeys(resource, shape, owner);
        if (wrong.length === 0) return [];
        const message = `${type} does not show its owner as a known ${kind}: ${wrong.join(", ")}`;
        return [{ urn, ...placeOf(owner), message, fix: ownerCarried.fix }];
    },
};

/** The line that would let a type in, where one could. */
function fixOf(type: string): string {
    if (isShutOut(type)) return "create what it makes or holds as resources of their own";
    const words = `carrier: <${chosenCarriers.join(" | ")}>, reason: <why>`;
    return `write \`steward:carriers: { "${type}": { ${words} } }\``;
}
