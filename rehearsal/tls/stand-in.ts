import type { KeyObject } from "node:crypto";
import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";
import { version } from "@pulumi/tls/package.json";
import type { Failure, StandIn } from "../provider/stand-in";
import { Refusal, text } from "../provider/stand-in";
import type { Props, Value } from "../provider/values";
import { same, Unknown } from "../provider/values";
import { certificateFailures, certificateOutputs, isCertificate, madeOfIt } from "./certificate";
import { sshKeyOf } from "./ssh-key";

const privateKey = "tls:index/privateKey:PrivateKey";

const curves: Readonly<Record<string, string>> = {
    P224: "secp224r1",
    P256: "prime256v1",
    P384: "secp384r1",
    P521: "secp521r1",
};

const algorithms = ["RSA", "ECDSA", "ED25519"];

/** What is not known before the key is there; the private ones are secret. */
const keys = ["privateKeyOpenssh", "privateKeyPem", "privateKeyPemPkcs8"];
const secrets = [...keys, "caPrivateKeyPem"];
const made = [
    ...keys,
    ...[
        "publicKeyFingerprintMd5",
        "publicKeyFingerprintSha256",
        "publicKeyOpenssh",
        "publicKeyPem",
    ],
];

const shown = (value: Value | undefined) =>
    typeof value === "string" ? value : JSON.stringify(value ?? null);

function failuresOf(type: string, inputs: Props): Failure[] {
    if (isCertificate(type)) return certificateFailures(type, inputs);
    if (type !== privateKey) {
        const reason = `the rehearsal does not know ${type}; add it to rehearsal/tls/stand-in.ts`;
        return [{ property: "", reason }];
    }
    const { algorithm, ecdsaCurve, rsaBits } = inputs;
    const failures: Failure[] = [];
    if (algorithm !== Unknown && !algorithms.includes(shown(algorithm))) {
        const reason = `${shown(algorithm)} is none of ${algorithms.join(", ")}`;
        failures.push({ property: "algorithm", reason });
    }
    const curve = ecdsaCurve ?? "P224";
    if (curve !== Unknown && !Object.hasOwn(curves, shown(curve))) {
        const reason = `${shown(curve)} is none of ${Object.keys(curves).join(", ")}`;
        failures.push({ property: "ecdsaCurve", reason });
    }
    const bits = rsaBits ?? 2048;
    if (bits !== Unknown && !(typeof bits === "number" && Number.isInteger(bits) && bits >= 1024)) {
        // Go's crypto/rsa, which the real one makes keys with, takes no fewer.
        failures.push({
            property: "rsaBits",
            reason: `${shown(bits)} is no number of bits from 1024`,
        });
    }
    return failures;
}

function generate(algorithm: string, bits: number, curve: string): KeyObject {
    switch (algorithm) {
        case "RSA":
            return generateKeyPairSync("rsa", { modulusLength: bits }).privateKey;
        case "ECDSA":
            return generateKeyPairSync("ec", { namedCurve: curves[curve] ?? curve }).privateKey;
        default:
            return generateKeyPairSync("ed25519").privateKey;
    }
}

/** PKCS #1 for RSA, SEC 1 for curves, PKCS #8 for Ed25519, which has no form of its own. */
function oldForm(key: KeyObject): string {
    const own = { rsa: "pkcs1", ec: "sec1" } as const;
    const type = key.asymmetricKeyType;
    const form = type === "rsa" || type === "ec" ? own[type] : "pkcs8";
    return key.export({ type: form, format: "pem" }).toString();
}

function outputsOf(inputs: Props): Props {
    const bits = Number(inputs["rsaBits"] ?? 2048);
    const curve = text(inputs, "ecdsaCurve") ?? "P224";
    const key = generate(text(inputs, "algorithm") ?? "", bits, curve);
    const ssh = sshKeyOf(key);
    const hash = (name: string) => createHash(name).update(ssh?.blob ?? "");
    const md5 = hash("md5").digest("hex").match(/../g)?.join(":") ?? "";
    const sha256 = hash("sha256").digest("base64").replace(/=+$/, "");
    return {
        ...inputs,
        ecdsaCurve: curve,
        rsaBits: bits,
        privateKeyPem: oldForm(key),
        privateKeyPemPkcs8: key.export({ type: "pkcs8", format: "pem" }).toString(),
        privateKeyOpenssh: ssh?.privateKey ?? "",
        publicKeyPem: createPublicKey(key).export({ type: "spki", format: "pem" }).toString(),
        publicKeyOpenssh: ssh?.publicKey ?? "",
        publicKeyFingerprintMd5: ssh === undefined ? "" : md5,
        publicKeyFingerprintSha256: ssh === undefined ? "" : `SHA256:${sha256}`,
    };
}

/**
 * Stands in for @pulumi/tls: the keys are real, made once and kept. Certificates hold a place and prove nothing.
 *
 * @see https://www.pulumi.com/registry/packages/tls/api-docs/privatekey/
 */
export const tlsStandIn: StandIn = {
    package: "tls",
    version,
    check: ({ type, inputs }) => ({ inputs, failures: failuresOf(type, inputs) }),
    diff({ inputs, old }) {
        const keys = new Set([...Object.keys(inputs), ...Object.keys(old.inputs)]);
        const changed = [...keys].filter((key) => !same(inputs[key], old.inputs[key]));
        return { changed, replaces: changed, deleteBeforeReplace: false };
    },
    create({ type, inputs, preview }) {
        if (preview) {
            const names = isCertificate(type) ? madeOfIt(type) : made;
            const unknown: Props = Object.fromEntries(names.map((key) => [key, Unknown]));
            return { id: "", outputs: { ...inputs, ...unknown } };
        }
        if (isCertificate(type)) return certificateOutputs(type, inputs);
        const outputs = outputsOf(inputs);
        const id = createHash("sha1")
            .update(text(outputs, "publicKeyPem") ?? "")
            .digest("hex");
        return { id, outputs };
    },
    update({ type }) {
        throw new Refusal(`${type} is never updated in place`);
    },
    delete() {
        // a key is forgotten, nothing refers to it
    },
    invoke(token) {
        throw new Refusal(`the rehearsal of tls answers no ${token}`);
    },
    secretOutputs: () => secrets,
};
