import { hex } from "../provider/identifiers";
import { text } from "../provider/stand-in";
import type { Props } from "../provider/values";
import { nameArgument } from "./arm-id";

const randomDigits = 8;

/** How the provider names what the program does not: its own name as it is, with digits, or a GUID. */
type Way = "copy" | "random" | "uuid";

const guids = ["roleAssignmentName", "roleDefinitionId", "jobScheduleId"];

/**
 * Something that lies in another thing gets the resource's name as it is; all else gets eight random digits
 * behind it, without a hyphen.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming
 */
function wayOf(path: string): Way {
    const name = nameArgument(path);
    if (name !== undefined && guids.includes(name)) return "uuid";
    const parts = path.toLowerCase().split("microsoft.");
    const last = parts.at(-1) ?? "";
    return parts.length === 1 || last.split("{").length === 2 ? "random" : "copy";
}

function madeUp(name: string, way: Way): string {
    if (way === "copy") return name;
    if (way === "random") return `${name}${hex(randomDigits)}`;
    // The digit of the version is one that no GUID has: so a made-up one is known again.
    return `${hex(8)}-${hex(4)}-f${hex(3)}-${hex(4)}-${hex(12)}`;
}

/** Whether the provider, and not the program, named it at random: then a new one can stand beside the old one. */
export function isMadeUp(name: string, inputs: Props, path: string): boolean {
    const argument = nameArgument(path);
    const value = argument === undefined ? undefined : text(inputs, argument);
    if (value === undefined) return false;
    const way = wayOf(path);
    if (way === "uuid") return /^[0-9a-f]{8}-[0-9a-f]{4}-f/.test(value);
    return (
        way === "random" && value.startsWith(name) && /^[0-9a-f]{8}$/.test(value.slice(name.length))
    );
}

/** Fills the name in that the provider makes up; one that it had before, it keeps, whoever gave it. */
export function fillName(name: string, inputs: Props, old: Props | undefined, path: string): Props {
    const argument = nameArgument(path);
    if (argument === undefined || (inputs[argument] ?? null) !== null) return inputs;
    const before = old === undefined ? undefined : text(old, argument);
    return { ...inputs, [argument]: before ?? madeUp(name, wayOf(path)) };
}
