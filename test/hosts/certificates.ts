import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ask } from "./laboratory";

const execute = promisify(execFile);

/** A key and what an authority says of it, in PEM. */
export interface Certificate {
    readonly key: string;
    readonly cert: string;
}

/** Whoever signs certificates, which nobody trusts until they are told. */
export interface Authority {
    readonly cert: string;
    /** For a server at an address, for a day. */
    issue(address: string): Promise<Certificate>;
}

/** Makes one in a folder that it has for itself. */
export async function authority(folder: string): Promise<Authority> {
    const file = (name: string) => join(folder, name);
    const read = (name: string) => readFileSync(file(name), "utf8");
    const openssl = (...args: string[]) => execute("openssl", args, { cwd: folder });
    const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    const own = [...["-keyout", "ca.key"], ...["-out", "ca.crt"]];
    await openssl("req", "-x509", ...made, ...own, "-days", "2", "-subj", "/CN=Laboratory");
    return {
        cert: read("ca.crt"),
        async issue(address) {
            writeFileSync(file("names"), `subjectAltName=IP:${address}\n`);
            const asked = [...["-keyout", "key"], ...["-out", "request"]];
            await openssl("req", "-new", ...made, ...asked, "-subj", `/CN=${address}`);
            await openssl(
                ...["x509", "-req", "-in", "request", "-CA", "ca.crt", "-CAkey", "ca.key"],
                ...["-CAcreateserial", "-days", "1", "-extfile", "names", "-out", "cert"],
            );
            return { key: read("key"), cert: read("cert") };
        },
    };
}

/** Has a host trust an authority, as its people would. */
export async function trust(host: string, { cert }: Authority): Promise<void> {
    const encoded = Buffer.from(cert).toString("base64");
    const file = "/usr/local/share/ca-certificates/laboratory.crt";
    await ask(host, `echo ${encoded} | base64 -d >${file}; update-ca-certificates >/dev/null 2>&1`);
}
