import type { KeyObject } from "node:crypto";
import { randomBytes } from "node:crypto";

/** One field of the SSH wire format. https://www.rfc-editor.org/rfc/rfc4251#section-5 */
function field(content: Buffer | string): Buffer {
    const bytes = Buffer.from(content);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
}

/** A positive number: without leading zeros, but with one where the first bit would make it negative. */
function number(base64url: string | undefined): Buffer {
    const bytes = Buffer.from(base64url ?? "", "base64url");
    const start = bytes.findIndex((byte) => byte !== 0);
    const trimmed = start === -1 ? Buffer.alloc(0) : bytes.subarray(start);
    return field((trimmed[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), trimmed]) : trimmed);
}

const bytesOf = (base64url: string | undefined) => Buffer.from(base64url ?? "", "base64url");

/** OpenSSH has no P-224. */
const curves: Readonly<Record<string, string>> = {
    "P-256": "nistp256",
    "P-384": "nistp384",
    "P-521": "nistp521",
};

interface Parts {
    readonly type: string;
    readonly open: Buffer;
    /** What follows the type in the private form. */
    readonly closed: Buffer;
}

/** @see https://www.rfc-editor.org/rfc/rfc8709 and https://www.rfc-editor.org/rfc/rfc5656 */
function partsOf(key: KeyObject): Parts | undefined {
    if (key.asymmetricKeyDetails?.namedCurve === "secp224r1") return undefined;
    const { kty, crv, n, e, d, p, q, qi, x, y } = key.export({ format: "jwk" });
    if (kty === "RSA") {
        return {
            type: "ssh-rsa",
            open: Buffer.concat([number(e), number(n)]),
            closed: Buffer.concat([n, e, d, qi, p, q].map(number)),
        };
    }
    if (kty === "OKP") {
        const open = field(bytesOf(x));
        const pair = Buffer.concat([bytesOf(d), bytesOf(x)]);
        return { type: "ssh-ed25519", open, closed: Buffer.concat([open, field(pair)]) };
    }
    const curve = curves[crv ?? ""];
    if (curve === undefined) return undefined;
    const point = Buffer.concat([Buffer.from([4]), bytesOf(x), bytesOf(y)]);
    const open = Buffer.concat([field(curve), field(point)]);
    return { type: `ecdsa-sha2-${curve}`, open, closed: Buffer.concat([open, number(d)]) };
}

/** The key in both forms of OpenSSH and the bytes that its fingerprints are of; nothing for P-224. */
export interface SshKey {
    readonly publicKey: string;
    readonly privateKey: string;
    readonly blob: Buffer;
}

/**
 * Writes a private key as OpenSSH does, without a passphrase.
 *
 * @see https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
export function sshKeyOf(key: KeyObject): SshKey | undefined {
    const parts = partsOf(key);
    if (parts === undefined) return undefined;
    const blob = Buffer.concat([field(parts.type), parts.open]);
    const check = randomBytes(4);
    const secret = Buffer.concat([check, check, field(parts.type), parts.closed, field("")]);
    const padding = Buffer.from(
        Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1),
    );
    const body = Buffer.concat([
        Buffer.from("openssh-key-v1\0"),
        field("none"),
        field("none"),
        field(""),
        Buffer.from([0, 0, 0, 1]),
        field(blob),
        field(Buffer.concat([secret, padding])),
    ]);
    const lines = body.toString("base64").match(/.{1,70}/g) ?? [];
    return {
        publicKey: `${parts.type} ${blob.toString("base64")}\n`,
        privateKey: [
            "-----BEGIN OPENSSH PRIVATE KEY-----",
            ...lines,
            "-----END OPENSSH PRIVATE KEY-----",
            "",
        ].join("\n"),
        blob,
    };
}
