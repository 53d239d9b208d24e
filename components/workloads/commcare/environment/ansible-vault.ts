import { createCipheriv, createHmac, pbkdf2Sync, randomBytes, randomInt } from "node:crypto";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** So many random letters and digits, from the system's generator. */
export function randomText(length: number): string {
    return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
}

const hex = (text: string): string => Buffer.from(text).toString("hex");

/**
 * Encrypts a text as `ansible-vault` does, format 1.1 with AES256.
 *
 * @param password As it is typed; must not be empty.
 * @see https://docs.ansible.com/ansible/latest/vault_guide/vault_using_encrypted_content.html#ansible-vault-payload-format-1-1-1-2
 */
export function encryptVault(text: string, password: string): string {
    const salt = randomBytes(32);
    const derived = pbkdf2Sync(password, salt, 10_000, 80, "sha256");
    const cipher = createCipheriv("aes-256-ctr", derived.subarray(0, 32), derived.subarray(64, 80));
    const plain = Buffer.from(text);
    const padding = 16 - (plain.length % 16);
    const padded = Buffer.concat([plain, Buffer.alloc(padding, padding)]);
    const sealed = Buffer.concat([cipher.update(padded), cipher.final()]);
    const proof = createHmac("sha256", derived.subarray(32, 64)).update(sealed).digest("hex");
    const body = hex([salt.toString("hex"), proof, sealed.toString("hex")].join("\n"));
    return `$ANSIBLE_VAULT;1.1;AES256\n${(body.match(/.{1,80}/g) ?? []).join("\n")}\n`;
}
