import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { diskOf, inventory, reset } from "../laboratory";
import { labConfig, starting, stateFolder, up } from "../stack";
import { waitFor } from "../waiting";
import { all, expectInForce, expectWhole } from "./whole";

// vm2 is entered as debian, who may sudo: somebody takes the right away.

const folder = stateFolder();

it("a right to sudo that is lost in the middle of an up is named, and what it kept undone is done when it is back", async () => {
    await reset(...all);
    const { hosts, ...lab } = await inventory();
    const config = labConfig({ hosts, ...lab });
    // The last word is sudo's rule, whichever of the files before gave the right.
    const taken = join(await diskOf("vm2"), "etc", "sudoers.d", "zzz-taken");

    const running = starting(folder, config);
    // Early: most of its layers are still to come, however fast the others are.
    await waitFor("vm2", "test -e /etc/steward/owners.json", 60);
    writeFileSync(taken, "debian ALL=(ALL) PASSWD: ALL\n", { mode: 0o440 });
    const { code, result } = await running.ended;
    expect(code).toBe(1);
    expect(result.errors.length).toBeGreaterThan(0);
    for (const { path, message, fix } of result.errors) {
        expect(path).toMatch(/^app-a1: (?!hosting$)[a-z-]+$/);
        expect(message).toBe(
            `${hosts[1]?.address ?? ""}: exited with status 1: sudo: a password is required`,
        );
        expect(fix).toMatch(/^correct it, or turn to .+@example\.org.* who answers for /);
    }
    await expectInForce("vm1", "vm3");

    rmSync(taken);
    const again = await up(folder, config);
    expect([again.result.result, again.result.errors]).toEqual(["succeeded", []]);
    expect(again.result.changes.delete).toBe(0);
    await expectWhole(folder, config);
}, 400_000);
