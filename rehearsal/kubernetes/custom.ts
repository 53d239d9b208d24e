import { createRequire } from "node:module";
import type { Props } from "../provider/values";
import { isProps } from "../provider/values";
import type { Kind } from "./kinds";
import { at, listAt } from "./path";

const load = createRequire(__filename);

/** What the definition of a custom kind says against an object of it; unknown fields are pruned, not refused. */
export function customProblems({ apiVersion }: Kind, definition: Props, object: Props): string[] {
    const version = apiVersion.slice(apiVersion.indexOf("/") + 1);
    const entry = listAt(definition, "spec.versions").find((each) => at(each, "name") === version);
    const schema = at(entry, "schema.openAPIV3Schema");
    if (!isProps(schema)) return [];
    // Loaded with the first custom object: most runs have none.
    const { Ajv2020 } = load("ajv/dist/2020") as typeof import("ajv/dist/2020");
    const validate = new Ajv2020({
        strict: false,
        allErrors: true,
        validateFormats: false,
    }).compile(schema);
    if (validate(object)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => {
        const where = instancePath.slice(1).replaceAll("/", ".");
        return `${where === "" ? "the object" : where}: ${message ?? "is refused"}`;
    });
}
