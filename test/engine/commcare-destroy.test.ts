import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { guardedIn } from "../../stacks/commands/protected";
import type { Result } from "../../stacks/commands/result";
import { readRehearsedState } from "../../stacks/commands/state-source";
import { StateFolder } from "../../rehearsal/state-folder";
import { readStackFile } from "../support/stack-file";
import { steward, temporaryFolder } from "./steward";

jest.setTimeout(600_000);

const stack = "commcare-aws";
const folder = temporaryFolder();

/** The stack file, its database given up where that is asked for, rehearsed and destroyed. */
async function destroy(places: readonly string[], deletionProtection = true) {
    const { config } = readStackFile(stack);
    const section = config["steward:commcare"] as Record<string, unknown>;
    section["plan"] = { postgresql: { pgmain: { deletionProtection } } };
    const file = join(folder, "stack.yaml");
    writeFileSync(file, stringify({ config }));
    const release = places.flatMap((place) => ["--release", place]);
    const { code, stdout, stderr } = await steward([
        ...["rehearse", stack, "--stack-file", file, "--state-dir", folder],
        ...["--destroy", "--json", ...release],
    ]);
    return { code, result: JSON.parse(stdout) as Result, stderr };
}

const urns = () =>
    readRehearsedState(stack, folder)
        .map(({ urn }) => urn)
        .sort();
const deployment = () => new StateFolder(folder, stack).deployment() ?? {};
const guarded = () => guardedIn({ version: 3, deployment: deployment() }, stack);
const places = new Set<string>();

// In this order: each run finds what the one before it left.
describe("destroy of a CommCare cluster", () => {
    it("names all that is protected, with layer, owner and the way out, and deletes nothing", async () => {
        const { code, result, stderr } = await destroy([]);
        expect([code, result.result, result.created]).toEqual([1, "failed", urns().length]);
        const kept = guarded();
        for (const { place } of kept) places.add(place);
        expect([...places].sort()).toEqual([
            "app-services",
            "backups",
            "data-services",
            "dns-tls",
            "identity-secrets",
            "intrusion-detection",
            "network",
        ]);
        expect(result.errors.map(({ path }) => path)).toEqual(kept.map(({ place }) => place));
        for (const { path, message, fix } of result.errors) {
            expect(message).toMatch(
                / is protected and owned by [a-z-]+ \(\w+\); nothing was deleted$/,
            );
            expect(fix).toContain(`give it up with --release ${path}`);
        }
        const own = result.errors.filter(({ fix }) => fix.includes("deletionProtection: false"));
        expect(own.map(({ message }) => message)).toEqual([
            expect.stringMatching(/^RDS instance data-services-pgmain-instance /),
        ]);
        for (const { name, type, role, party, place } of kept) {
            const cells = [role, party, place, "-", name, type].map(String);
            expect(stderr.replace(/ +/g, " ")).toContain(`\n${cells.join(" ")} `);
        }
        expect(stderr).toContain(`\nto delete it too: destroy ${stack} --release `);
    });

    it("would leave the copies whole in the account: their vaults, the role that deletes them, and keys", () => {
        const outlives = (deployment().resources ?? [])
            .filter(({ retainOnDelete }) => retainOnDelete === true)
            .map(({ urn }) => urn.slice(urn.lastIndexOf("::") + 2))
            .filter((name) => name.startsWith("backups-"));
        expect(outlives.sort()).toEqual([
            "backups-away-key",
            "backups-away-vault",
            "backups-backup",
            "backups-key",
            "backups-restores",
            "backups-role",
            "backups-vault",
        ]);
    });

    it("stops at what one release leaves, and has deleted nothing then", async () => {
        const before = urns();
        const { code, result } = await destroy(["data-services"], false);
        expect([code, result.errors.some(({ path }) => path === "data-services")]).toEqual([
            1,
            false,
        ]);
        expect(new Set(result.errors.map(({ path }) => path))).toEqual(
            new Set([...places].filter((place) => place !== "data-services")),
        );
        expect(urns()).toEqual(before);
    });

    it.each(["", ", and a second time"])("leaves nothing once all is released%s", async () => {
        const { code, result } = await destroy([...places], false);
        expect([code, result.errors, result.created]).toEqual([0, [], 0]);
    });
});
