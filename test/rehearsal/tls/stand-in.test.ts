import { execFileSync } from "node:child_process";
import { createPrivateKey, createPublicKey } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ledger } from "../../../rehearsal/provider/ledger";
import type { ResourceRequest } from "../../../rehearsal/provider/stand-in";
import type { Props } from "../../../rehearsal/provider/values";
import { Unknown } from "../../../rehearsal/provider/values";
import { tlsStandIn } from "../../../rehearsal/tls/stand-in";
import { temporaryFolder } from "../engine/fakes";

const privateKey = "tls:index/privateKey:PrivateKey";
const root = temporaryFolder();

function request(inputs: Props, type = privateKey): ResourceRequest {
    return { urn: "urn:a", type, name: "a", inputs, cloud: new Ledger(), config: {} };
}

function problems(inputs: Props, type?: string): string[] {
    const { failures } = tlsStandIn.check({ ...request(inputs, type), old: undefined });
    return failures.map(({ property, reason }) => `${property}: ${reason}`);
}

const made = (inputs: Props) => tlsStandIn.create({ ...request(inputs), preview: false }).outputs;
const pem = (outputs: Props, key: string) => outputs[key] as string;

describe("a private key", () => {
    it.each([
        ["algorithm: DSA is none of RSA, ECDSA, ED25519", { algorithm: "DSA" }],
        ["algorithm: null is none of RSA, ECDSA, ED25519", {}],
        [
            "ecdsaCurve: P192 is none of P224, P256, P384, P521",
            { algorithm: "ECDSA", ecdsaCurve: "P192" },
        ],
        ["rsaBits: 512 is no number of bits from 1024", { algorithm: "RSA", rsaBits: 512 }],
    ])("is refused: %s", (problem, inputs) => {
        expect(problems(inputs)).toEqual([problem]);
    });

    it("takes what is not known yet", () => {
        expect(problems({ algorithm: Unknown, ecdsaCurve: Unknown, rsaBits: Unknown })).toEqual([]);
    });

    it.each([
        [{ algorithm: "RSA", rsaBits: 2048 }, "ssh-rsa"],
        [{ algorithm: "ECDSA", ecdsaCurve: "P256" }, "ecdsa-sha2-nistp256"],
        [{ algorithm: "ECDSA", ecdsaCurve: "P521" }, "ecdsa-sha2-nistp521"],
        [{ algorithm: "ED25519" }, "ssh-ed25519"],
    ])("is a real one in all its forms: %j", (inputs, type) => {
        const outputs = made(inputs);
        const spki = (key: string) =>
            createPublicKey(createPrivateKey(pem(outputs, key))).export({
                type: "spki",
                format: "pem",
            });
        expect(spki("privateKeyPem")).toBe(pem(outputs, "publicKeyPem"));
        expect(spki("privateKeyPemPkcs8")).toBe(pem(outputs, "publicKeyPem"));
        expect(pem(outputs, "publicKeyOpenssh").split(" ")[0]).toBe(type);
        expect(pem(outputs, "publicKeyFingerprintMd5")).toMatch(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
    });

    const sshKeygen = "/usr/bin/ssh-keygen";
    (existsSync(sshKeygen) ? it : it.skip).each([
        [{ algorithm: "RSA" }],
        [{ algorithm: "ECDSA", ecdsaCurve: "P384" }],
        [{ algorithm: "ED25519" }],
    ])("is one that ssh-keygen reads: %j", (inputs) => {
        const outputs = made(inputs);
        const path = join(root, inputs.algorithm);
        writeFileSync(path, pem(outputs, "privateKeyOpenssh"), { mode: 0o600 });
        const asked = (...args: string[]) => execFileSync(sshKeygen, args).toString().trim();
        expect(asked("-y", "-f", path)).toBe(pem(outputs, "publicKeyOpenssh").trim());
        expect(asked("-l", "-f", path).split(" ")[1]).toBe(
            pem(outputs, "publicKeyFingerprintSha256"),
        );
    });

    it("has no OpenSSH form on the curve P224, which is the default", () => {
        const outputs = made({ algorithm: "ECDSA" });
        expect([outputs["ecdsaCurve"], outputs["privateKeyOpenssh"]]).toEqual(["P224", ""]);
        expect(pem(outputs, "publicKeyFingerprintSha256")).toBe("");
    });

    it("is replaced by any change, and its private forms are secret", () => {
        const old = {
            type: privateKey,
            id: "a",
            urn: "urn:a",
            inputs: { algorithm: "RSA" },
            outputs: {},
        };
        const change = tlsStandIn.diff({ ...request({ algorithm: "ED25519" }), old });
        expect(change.replaces).toEqual(["algorithm"]);
        const update = () => tlsStandIn.update({ ...request({}), old, preview: false });
        expect(update).toThrow(`${privateKey} is never updated in place`);
        expect(tlsStandIn.secretOutputs?.(privateKey)).toEqual([
            "privateKeyOpenssh",
            "privateKeyPem",
            "privateKeyPemPkcs8",
            "caPrivateKeyPem",
        ]);
    });

    it("is not known in a preview", () => {
        const asked = { ...request({ algorithm: "RSA" }), preview: true };
        expect(tlsStandIn.create(asked).outputs["privateKeyPem"]).toBe(Unknown);
    });
});

it("refuses other types and look-ups", () => {
    expect(problems({}, "tls:index/oneOfNoVersion:OneOfNoVersion")).toEqual([
        ": the rehearsal does not know tls:index/oneOfNoVersion:OneOfNoVersion; add it to rehearsal/tls/stand-in.ts",
    ]);
    expect(() =>
        tlsStandIn.invoke("tls:index/getCertificate:getCertificate", {}, {}, new Ledger()),
    ).toThrow("the rehearsal of tls answers no tls:index/getCertificate:getCertificate");
});

describe("a certificate", () => {
    const signed = "tls:index/locallySignedCert:LocallySignedCert";
    const selfSigned = "tls:index/selfSignedCert:SelfSignedCert";
    const whole = { privateKeyPem: "key", allowedUses: ["server_auth"], validityPeriodHours: 24 };

    it("asks for what it is made of", () => {
        expect(problems(whole, selfSigned)).toEqual([]);
        const { validityPeriodHours: _, ...endless } = whole;
        expect(problems(endless, selfSigned)).toEqual([
            "validityPeriodHours: is required and not given",
        ]);
        expect(problems({ ...whole, allowedUses: ["serving"] }, selfSigned)).toEqual([
            "allowedUses: serving is no use",
        ]);
        expect(problems(whole, signed)).toEqual([
            "caCertPem: is required and not given",
            "caPrivateKeyPem: is required and not given",
            "certRequestPem: is required and not given",
        ]);
    });

    it("is another one for other arguments, has an end, and holds no key", () => {
        const make = (inputs: object) =>
            tlsStandIn.create({ ...request(inputs as never), type: selfSigned, preview: false });
        const [one, other] = [make(whole), make({ ...whole, validityPeriodHours: 48 })];
        expect(one.outputs["certPem"]).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
        expect(one.outputs["certPem"]).not.toBe(other.outputs["certPem"]);
        expect(one.outputs["certPem"]).not.toContain("key");
        const at = (key: string) => Date.parse(one.outputs[key] as string);
        expect(at("validityEndTime") - at("validityStartTime")).toBe(86_400_000);
    });

    it("is not known in a preview", () => {
        const made = tlsStandIn.create({
            ...request(whole),
            type: selfSigned,
            preview: true,
        });
        expect(made.outputs["certPem"]).toBe(Unknown);
    });
});
