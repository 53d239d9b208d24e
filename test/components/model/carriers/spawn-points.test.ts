import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { carrierOf } from "../../../../components/model/carriers";
import { spawnPoints, valuesAt } from "../../../../components/model/carriers/spawn-points";

const sdk = join(__dirname, "..", "..", "..", "..", "node_modules", "@pulumi");
const recorded = join(
    sdk,
    "../../rehearsal/kubernetes/charts/cert-manager/recorded.generated.json",
);
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a policy gets its inputs behind; exported since 1.21, though missing from the declarations. */
const { unknownCheckingProxy } = jest.requireActual<{
    readonly unknownCheckingProxy: (props: object) => object;
}>("@pulumi/policy");

const isCustom = (type: string) => type.startsWith("kubernetes:cert-manager.io/");

interface Schema {
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
}

/** Whether a way through the inputs is one of the definition that the chart of the kind brings. */
function hasField(type: string, path: readonly string[]): boolean {
    const kind = type.slice(type.lastIndexOf(":") + 1);
    const { objects } = JSON.parse(readFileSync(recorded, "utf8")) as {
        objects: {
            spec?: {
                names?: { kind?: string };
                versions?: { schema: { openAPIV3Schema: Schema } }[];
            };
        }[];
    };
    const definition = objects.find(({ spec }) => spec?.names?.kind === kind);
    const [first] = definition?.spec?.versions ?? [];
    return (
        path.reduce<Schema | undefined>(
            (schema, step) => (step === "[]" ? schema?.items : schema?.properties?.[step]),
            first?.schema.openAPIV3Schema,
        ) !== undefined
    );
}

describe("spawn points", () => {
    it("stand on types that are known, at inputs those types take", () => {
        const ofSdks = Object.entries(spawnPoints).filter(([type]) => !isCustom(type));
        const missing = ofSdks.flatMap(([type, points]) => {
            const [name = "", module = "", kind = ""] = type.split(":");
            const file = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}.js`;
            const folder = name === "aws" ? module.split("/", 1)[0] : module.replace(".k8s.io", "");
            const path = join(sdk, name, folder ?? "", file);
            const code = existsSync(path) ? readFileSync(path, "utf8") : "";
            return points
                .flatMap((point) => [point.path, point.or ?? point.path])
                .filter(([input = ""]) => !code.includes(`resourceInputs["${input}"] = (args?.`))
                .filter(([input = ""]) => !code.includes(`resourceInputs["${input}"] = args?.`))
                .map((at) => `${type} ${at.join(".")} ${carrierOf(type) ?? "unknown"}`);
        });

        expect(missing).toEqual([]);
        expect(Object.keys(spawnPoints).map(carrierOf)).not.toContain(undefined);
    });

    it("stand in the definitions of custom kinds, where those have labels", () => {
        const custom = Object.entries(spawnPoints).filter(([type]) => isCustom(type));
        const missing = custom.flatMap(([type, points]) =>
            points
                .filter(({ path }) => !hasField(type, path))
                .map(({ path }) => `${type} ${path.join(".")}`),
        );

        expect(missing).toEqual([]);
        expect(custom.map(([type]) => type.slice(type.lastIndexOf(":") + 1))).toEqual([
            "Certificate",
            "ClusterIssuer",
            "Issuer",
        ]);
        expect(hasField("kubernetes:cert-manager.io/v1:Issuer", ["spec", "none"])).toBe(false);
    });

    it("are found behind the proxy of a policy", () => {
        const tags = { "owner-role": "network-engineer", Name: unknown };
        const tagSpecifications = [
            { resourceType: "instance", tags },
            { resourceType: "volume", tags: unknown },
        ];
        const parameters = { type: "gp3", tagSpecification_1: "a=b", tagSpecification_2: unknown };
        const props = unknownCheckingProxy({ tagSpecifications, parameters, userData: unknown });

        expect(valuesAt(props, ["tagSpecifications", "[]", "tags"])).toEqual([tags, unknown]);
        expect(valuesAt(props, ["parameters", "tagSpecification_*"])).toEqual(["a=b", unknown]);
        expect(valuesAt(props, ["parameters", "type"])).toEqual(["gp3"]);
        expect(valuesAt(props, ["userData", "[]", "tags"])).toEqual([]);
        expect(valuesAt(props, ["userData", "tag*"])).toEqual([]);
        expect(valuesAt(props, ["spec", "template"])).toEqual([undefined]);
    });
});
