import { randomBytes, randomInt } from "node:crypto";
import { version } from "@pulumi/random/package.json";
import type { ResourceRequest, StandIn } from "../provider/stand-in";
import { Refusal } from "../provider/stand-in";
import type { Props, Value } from "../provider/values";
import { same, Unknown } from "../provider/values";

const passwordType = "random:index/randomPassword:RandomPassword";
const idType = "random:index/randomId:RandomId";

const alphabets: Readonly<Record<string, string>> = {
    lower: "abcdefghijklmnopqrstuvwxyz",
    upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    numeric: "0123456789",
    special: "!@#$%&*()-_=+[]{}<>:?",
};

/** The characters that a password may have: every alphabet is on unless it is switched off. */
function charactersOf(inputs: Props): string {
    return Object.entries(alphabets)
        .filter(([name]) => inputs[name] !== false)
        .map(([name, all]) => {
            const { overrideSpecial } = inputs;
            return name === "special" && typeof overrideSpecial === "string"
                ? overrideSpecial
                : all;
        })
        .join("");
}

function problemOf({ type, inputs }: Pick<ResourceRequest, "type" | "inputs">): string | undefined {
    if (type === "random:index/randomBytes:RandomBytes") {
        return "its id is the secret itself, which the state keeps in plain text; take RandomPassword";
    }
    if (type === idType) {
        const { byteLength } = inputs;
        const given = byteLength === Unknown || (typeof byteLength === "number" && byteLength > 0);
        return given ? undefined : "byteLength: is not a number of bytes from 1 up";
    }
    if (type !== passwordType) {
        return `the rehearsal does not know ${type}; add it to rehearsal/random/stand-in.ts`;
    }
    const { length } = inputs;
    if (length !== Unknown && (typeof length !== "number" || length < 1)) {
        return "length: is not a number of characters from 1 up";
    }
    return charactersOf(inputs) === "" ? "leaves no character to choose from" : undefined;
}

/**
 * The bytes in the ways that the provider writes them; the first is the id.
 *
 * @see https://www.pulumi.com/registry/packages/random/api-docs/randomid/
 */
function createId(inputs: Props, preview: boolean): { id: string; outputs: Props } {
    const { prefix = "" } = inputs;
    const before = typeof prefix === "string" ? prefix : "";
    const bytes = randomBytes(Number(inputs["byteLength"]));
    const url = bytes.toString("base64url");
    const ways = {
        b64Std: bytes.toString("base64"),
        b64Url: url,
        dec: BigInt(`0x${bytes.toString("hex")}`).toString(),
        hex: bytes.toString("hex"),
    };
    const written = Object.entries(ways).map(([way, text]): [string, Value] => [
        way,
        preview ? Unknown : `${before}${text}`,
    ]);
    return { id: preview ? "" : url, outputs: { ...inputs, ...Object.fromEntries(written) } };
}

/**
 * Stands in for @pulumi/random: the values are really random and, as with the real one, made once and kept.
 *
 * @see https://www.pulumi.com/registry/packages/random/api-docs/randompassword/
 */
export const randomStandIn: StandIn = {
    package: "random",
    version,
    check(request) {
        const reason = problemOf(request);
        const failures = reason === undefined ? [] : [{ property: "", reason }];
        return { inputs: request.inputs, failures };
    },
    diff({ inputs, old }) {
        const keys = new Set([...Object.keys(inputs), ...Object.keys(old.inputs)]);
        const changed = [...keys].filter((key) => !same(inputs[key], old.inputs[key]));
        return { changed, replaces: changed, deleteBeforeReplace: false };
    },
    create({ type, inputs, preview }) {
        if (type === idType) return createId(inputs, preview);
        const characters = charactersOf(inputs);
        const pick = () => characters[randomInt(characters.length)] ?? "";
        const result: Value = preview
            ? Unknown
            : Array.from({ length: Number(inputs["length"]) }, pick).join("");
        return { id: "none", outputs: { ...inputs, result } };
    },
    update({ type }) {
        throw new Refusal(`${type} is never updated in place`);
    },
    delete() {
        // nothing refers to a random value
    },
    invoke(token) {
        throw new Refusal(`the rehearsal of random answers no ${token}`);
    },
    secretOutputs: () => ["result", "bcryptHash"],
};
