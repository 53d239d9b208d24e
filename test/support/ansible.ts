import { executablesOnPath } from "../../rehearsal/engine/executable";

/** Debian's `ansible-core` has `ansible-inventory` and `ansible-vault`; undefined where it is not here. */
export function findAnsible(name: "ansible-inventory" | "ansible-vault"): string | undefined {
    return executablesOnPath(name, process.env)[0];
}

/** Tests that need Ansible: left out where it is not here, and said so; `.ci/run` installs it. */
export function describeWithAnsible(
    name: string,
    body: (tools: { inventory: string; vault: string }) => void,
): void {
    const inventory = findAnsible("ansible-inventory");
    const vault = findAnsible("ansible-vault");
    if (inventory !== undefined && vault !== undefined) {
        describe(name, () => {
            body({ inventory, vault });
        });
        return;
    }
    if (process.env["STEWARD_ALL_TESTS"] !== undefined) {
        it(`${name}: needs ansible-core`, () => {
            throw new Error("ansible-inventory is not on PATH: apt-get install ansible-core");
        });
        return;
    }
    process.stderr.write(`ansible-core is not here, left out: ${name}\n`);
    describe.skip(name, () => {
        it("needs ansible-core", () => undefined);
    });
}
