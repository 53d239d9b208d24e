import { carrierKinds, carrierOf } from "../../components/model/carriers";
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
        const shape = carrierOf(type);
        if (shape === undefined) {
            const message = `nothing says how ${type} carries its owner, so it is taken to carry none`;
            const fix = "add the type to components/model/carriers.ts, with the reason";
            return [{ urn, ...placeOf(owner), message, fix }];
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
