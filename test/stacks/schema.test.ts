import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { stackFileSchema } from "../../components/model/spec/stack";
import { projectRoot } from "../../rehearsal/project-root";
import { knownStacks } from "../../stacks/commands/stack-file";

const read = (name: string) => readFileSync(join(projectRoot(), "stacks", name), "utf8");

describe("stacks/schema.json", () => {
    it("is what `npm run schema` writes", () => {
        expect(JSON.parse(read("schema.json"))).toEqual(stackFileSchema());
    });

    it.each(knownStacks())("accepts %s, which refers to it on its first line", (stack) => {
        const text = read(`Pulumi.${stack}.yaml`);
        expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=schema.json");
        const validate = new Ajv({ strict: false, validateFormats: false }).compile(
            stackFileSchema(),
        );
        expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
    });

    it("refuses a key that Steward does not know", () => {
        const validate = new Ajv({ strict: false, validateFormats: false }).compile(
            stackFileSchema(),
        );
        const file = parse(read("Pulumi.jupyterhub-aws.yaml")) as {
            config: Record<string, unknown>;
        };
        expect(validate({ config: { ...file.config, "steward:clutser": {} } })).toBe(false);
    });
});
