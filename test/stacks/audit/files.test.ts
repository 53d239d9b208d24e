import { createHash } from "node:crypto";
import { keptFiles } from "../../../stacks/commands/audit/checks/kept-files";
import { names } from "../../../stacks/commands/audit/checks/names";
import { ownerFile } from "../../../stacks/commands/audit/checks/owner-file";
import { judged, wantedOn } from "./hosts";

const host = wantedOn("web-a1");

/** What `stat` and `sha256sum` say of files that are all as they should be. */
function whole(change: (line: string) => string = (line) => line): string {
    const rights = host.files.map(({ mode, path }) => `access ${mode}:root:root ${path}`);
    const digests = host.files.map(({ content, path }) => {
        return `hash ${createHash("sha256").update(content).digest("hex")}  ${path}`;
    });
    return `${[...rights, ...digests].map(change).join("\n")}\n`;
}

const about = (path: string, say: (line: string) => string) => (line: string) =>
    line.endsWith(` ${path}`) ? say(line) : line;

describe("files that Steward keeps", () => {
    it("are fine as they were written", () => {
        expect(judged(keptFiles, whole())).toEqual([]);
    });

    it("are named with their own layer: other content, other rights, gone", () => {
        const jail = "/etc/fail2ban/jail.d/steward.local";
        const sudo = "/etc/sudoers.d/zz-steward-operators";
        const other = about(jail, (line) => line.replace(/[0-9a-f]{64}/, "0".repeat(64)));
        expect(judged(keptFiles, whole(other))).toEqual([
            `intrusion-detection: ${jail} has other content; as the stack file has it`,
        ]);
        const open = about(sudo, (line) => line.replace("440:root", "666:operator"));
        expect(judged(keptFiles, whole(open))).toEqual([
            `identity-secrets: ${sudo} is 666:operator:root; 440:root:root`,
        ]);
        const gone = about("/etc/apt/apt.conf.d/99steward", () => "");
        expect(judged(keptFiles, whole(gone))).toEqual([
            "patching: /etc/apt/apt.conf.d/99steward is not there; as the stack file has it",
        ]);
    });

    it("are what the last up noted on the host, where the stack file alone does not tell", () => {
        const [path, hash] = ["/etc/steward/backups/password", "1".repeat(64)];
        const there = (access: string, content: string) =>
            `${whole()}access ${access} ${path}\nhash ${content}  ${path}\nnoted ${path}:600 ${hash} backups\n`;
        expect(judged(keptFiles, there("600:root:root", hash))).toEqual([]);
        expect(judged(keptFiles, there("644:root:root", "2".repeat(64)))).toEqual([
            `backups: ${path} has other content; as the last \`up\` wrote it`,
            `backups: ${path} is 644:root:root; 600:root:root`,
        ]);
        expect(judged(keptFiles, `${whole()}noted ${path}:600 ${hash} backups\n`)).toEqual([
            `backups: ${path} is not there; as the last \`up\` wrote it`,
        ]);
        // What the stack file tells is not taken from the host.
        const forged = `${whole()}noted /etc/apt/apt.conf.d/99steward:644 ${hash} patching\n`;
        expect(judged(keptFiles, forged)).toEqual([]);
    });

    it("are each asked for", () => {
        for (const { path } of host.files) expect(keptFiles.ask(host)).toContain(`'${path}'`);
    });
});

describe("the file of owners", () => {
    it("is fine as it was written", () => {
        expect(judged(ownerFile, host.ownersText)).toEqual([]);
    });

    it("is compared layer by layer", () => {
        const [first, , ...others] = host.owners.layers;
        const layers = [{ ...first, contact: "nobody@example.org" }, ...others, { layer: "x" }];
        const text = JSON.stringify({ ...host.owners, layers });
        expect(judged(ownerFile, text)).toEqual([
            "operating-system: /etc/steward/owners.json says hosting: infrastructure-provider, datacentre, nobody@example.org; hosting: infrastructure-provider, datacentre, datacentre@example.org",
            "operating-system: /etc/steward/owners.json says hardware-support: nobody; hardware-support: infrastructure-provider, datacentre, datacentre@example.org",
            "operating-system: /etc/steward/owners.json says x: nothing, nothing, nothing; x: nobody",
        ]);
    });

    it.each([
        ["", "is not there"],
        [host.ownersText.replace('"host": "web-a1"', '"host": "web-a2"'), "has other content"],
        ["{", "says nothing that is JSON"],
        ["[]", "says hosting: nobody"],
        ['{"layers":[null]}', "says hosting: nobody"],
    ])("is never trusted to be one: %.30s", (text, is) => {
        expect(judged(ownerFile, text)[0]).toMatch(
            `operating-system: /etc/steward/owners.json ${is}`,
        );
    });
});

it("misses and finds names of hosts", () => {
    expect(judged(names, host.names.block)).toEqual([]);
    const moved = host.names.block.replace("192.0.2.12 ", "192.0.2.99 ");
    expect(judged(names, moved)).toEqual([
        'dns-tls: /etc/hosts lacks "192.0.2.12 proxy-a1.commcare.internal proxy-a1 proxy-a1-commcare", has "192.0.2.99 proxy-a1.commcare.internal proxy-a1 proxy-a1-commcare"; the names of the stack file\'s hosts',
    ]);
    expect(judged(names, "")[0]).toMatch(/^dns-tls: \/etc\/hosts lacks "# Kept by Steward: begin"/);
});
