import { goesOn } from "../../stacks/commands/goes-on";
import { readStackFile } from "../../stacks/commands/stack-file";

it.each([
    ["commcare-vms", true],
    ["jupyterhub-vms", false], // what is in Kubernetes must not be taken for given up
    ["commcare-aws", false],
])("%s goes on past a failure: %s", (stack, expected) => {
    const { spec } = readStackFile(stack, { reservedContacts: "allowed", now: new Date() });
    expect(spec !== undefined && goesOn(spec)).toBe(expected);
});
