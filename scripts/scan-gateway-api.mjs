// Writes components/workloads/jupyterhub/gateway-api.generated.json: the definitions of the Gateway API's standard
// channel without their descriptions, which no server reads and which are four fifths of their size.
//   node scripts/scan-gateway-api.mjs FOLDER   FOLDER is config/crd/standard of a release of kubernetes-sigs/gateway-api
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";
import { withoutDescriptions } from "./without-descriptions.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "components/workloads/jupyterhub/gateway-api.generated.json");
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("name the folder config/crd/standard of a release");

const definitions = readdirSync(folder)
    .sort()
    .filter((file) => file.endsWith(".yaml"))
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), "utf8")))
    .map((document) => document.toJS())
    .filter((object) => object?.kind === "CustomResourceDefinition")
    .map(({ metadata, spec }) => ({
        name: metadata.name,
        annotations: metadata.annotations,
        spec: withoutDescriptions(spec),
    }));
const versions = new Set(
    definitions.map(({ annotations }) => annotations["gateway.networking.k8s.io/bundle-version"]),
);
if (versions.size !== 1) throw new Error(`${folder} is of ${[...versions].join(", ")}`);
const [version] = versions;

writeFileSync(
    target,
    JSON.stringify({ generatedBy: "scripts/scan-gateway-api.mjs", version, definitions }) + "\n",
);
console.log(`${version}: ${definitions.map(({ name }) => name).join(", ")}`);
