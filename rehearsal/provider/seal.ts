import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const ivLength = 12;
const tagLength = 16;

/** Encrypts lines of text with a passphrase that is random itself, so that no slow derivation is needed. */
export class Seal {
    readonly #key: Buffer;

    constructor(passphrase: string) {
        this.#key = createHash("sha256").update(passphrase).digest();
    }

    /** One line of base64. */
    close(text: string): string {
        const iv = randomBytes(ivLength);
        const cipher = createCipheriv(algorithm, this.#key, iv);
        const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
        return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64");
    }

    /** The text, or undefined where the line is not whole, was changed, or has another passphrase. */
    open(line: string): string | undefined {
        const bytes = Buffer.from(line, "base64");
        if (bytes.length < ivLength + tagLength) return undefined;
        try {
            const iv = bytes.subarray(0, ivLength);
            const decipher = createDecipheriv(algorithm, this.#key, iv);
            decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
            const text = decipher.update(bytes.subarray(ivLength + tagLength));
            return Buffer.concat([text, decipher.final()]).toString("utf8");
        } catch {
            return undefined;
        }
    }
}
