import { randomBytes } from "node:crypto";
import { version } from "@pulumi/random/package.json";
import type { Props } from "../provider/values";
import { same, Unknown } from "../provider/values";
import type { StandIn } from "../provider/stand-in";
import { Refusal } from "../provider/stand-in";

const randomBytesType = "random:index/randomBytes:RandomBytes";

/**
 * Stands in for @pulumi/random: the values are really random and, as with the real one, made once and kept.
 *
 * @see https://www.pulumi.com/registry/packages/random/api-docs/randombytes/
 */
export const randomStandIn: StandIn = {
    package: "random",
    version,
    check({ type, inputs }) {
        if (type !== randomBytesType) {
            const reason = `the rehearsal does not know ${type}; add it to rehearsal/random/stand-in.ts`;
            return { inputs, failures: [{ property: "", reason }] };
        }
        const { length } = inputs;
        const wrong = length !== Unknown && (typeof length !== "number" || length < 1);
        const reason = `length: ${JSON.stringify(length)} is not a number of bytes from 1 up`;
        return { inputs, failures: wrong ? [{ property: "length", reason }] : [] };
    },
    diff({ inputs, old }) {
        const keys = new Set([...Object.keys(inputs), ...Object.keys(old.inputs)]);
        const changed = [...keys].filter((key) => !same(inputs[key], old.inputs[key]));
        return { changed, replaces: changed, deleteBeforeReplace: false };
    },
    create({ inputs, preview }) {
        if (preview) return { id: "", outputs: { ...inputs, base64: Unknown, hex: Unknown } };
        const bytes = randomBytes(Number(inputs["length"]));
        const outputs: Props = {
            ...inputs,
            base64: bytes.toString("base64"),
            hex: bytes.toString("hex"),
        };
        return { id: bytes.toString("base64"), outputs };
    },
    update({ type }) {
        throw new Refusal(`${type} is never updated in place`);
    },
    delete() {
        // nothing refers to a random value by its id
    },
    invoke(token) {
        throw new Refusal(`the rehearsal of random answers no ${token}`);
    },
    secretOutputs: () => ["base64", "hex"],
};
