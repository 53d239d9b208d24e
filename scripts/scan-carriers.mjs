// Reads where a resource type carries its owner out of the installed Pulumi SDKs, without loading them: every
// resource class is one generated file, so its text tells. Run after an SDK update; see docs/carriers.md.
//   node scripts/scan-carriers.mjs          writes components/model/carriers/*.generated.json
//   node scripts/scan-carriers.mjs --print  prints what it found, Kubernetes included, and writes nothing
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sdk = (name) => join(root, "node_modules", "@pulumi", name);

/** Types that only tag something else, where the shape of their inputs does not say so by itself. */
const tagResources = new Set([
    "azure-native:resources:TagAtScope", // `properties.tags` are the tags of the scope it names
]);

/** Types whose tags are those of the day they were made: Azure creates a key and never updates one. */
const neverUpdated = new Set([
    "azure-native:keyvault:Key", // https://learn.microsoft.com/rest/api/keyvault/keys/create-if-not-exist
]);

function* resourceFiles(folder) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
            if (entry.name !== "node_modules" && entry.name !== "types") yield* resourceFiles(path);
        } else if (entry.name.endsWith(".js")) yield path;
    }
}

/** Every resource class of a package but its provider: type token, base class, own text, inputs' text. */
function* resourceTypes(name) {
    for (const path of resourceFiles(sdk(name))) {
        const code = readFileSync(path, "utf8");
        const type = /^ {4}static __pulumiType = '([^']+)';/m.exec(code)?.[1];
        if (type === undefined) continue;
        const declared = readFileSync(path.replace(/\.js$/, ".d.ts"), "utf8");
        const [, kind, base] = /^export declare class (\w+) extends ([\w.]+)/m.exec(declared) ?? [];
        if (base === undefined) throw new Error(`${path}: no class is declared for ${type}.`);
        if (base === "pulumi.ProviderResource") continue;
        const inputs = new RegExp(`^export interface ${kind}Args \\{([^]*?)^\\}`, "m");
        yield { type, base, code, args: inputs.exec(declared)?.[1] ?? "" };
    }
}

/** The declared type of one input on one line, or undefined when the class takes no such input. */
function inputType(args, name) {
    const found = new RegExp(`^ {4}${name}\\??: ([^]*?);(?=\\n {4}[/\\w]|\\s*$(?![^]))`, "m").exec(
        args,
    );
    return found?.[1].replace(/\s+/g, " ").replace(/ \| undefined\b/g, "");
}

const stringMap = "pulumi.Input<{ [key: string]: pulumi.Input<string>; }>";
const listOf = /^pulumi\.Input<pulumi\.Input<inputs\.(?:\w+\.)*(\w+)>\[\]>$/;

/** Names of the properties of one input interface; only the few lists named `tags` ask for it. */
function propertiesOf(name, kind) {
    const types = readFileSync(join(sdk(name), "types", "input.d.ts"), "utf8");
    const body =
        new RegExp(`^ {4}interface ${kind} \\{([^]*?)^ {4}\\}`, "m").exec(types)?.[1] ?? "";
    return [...body.matchAll(/^ {8}(\w+)\??:/gm)].map(([, property]) => property);
}

/** One tag of one other resource: a key, a value and the name or id of what it tags, all three required. */
function isOneTag({ type, args }) {
    if (!type.endsWith(":Tag")) return false;
    const required = [...args.matchAll(/^ {4}(\w+):/gm)].map(([, name]) => name);
    const tag = /^pulumi\.Input<inputs\.(?:\w+\.)*(\w+)>$/.exec(inputType(args, "tag") ?? "")?.[1];
    const pair = tag === undefined ? required : propertiesOf("aws", tag);
    const others = required.filter((name) => !["key", "value", "tag"].includes(name));
    return others.length === 1 && pair.includes("key") && pair.includes("value");
}

/** AWS: `tags` are the resource's own only if the provider merges its default tags into `tagsAll`. */
function awsShape(found) {
    const { code, args } = found;
    const tags = inputType(args, "tags");
    if (tags === stringMap) return code.includes('resourceInputs["tagsAll"] =') ? "map" : "none";
    const element = listOf.exec(tags ?? "")?.[1];
    if (element !== undefined) {
        const has = propertiesOf("aws", element);
        if (!has.includes("key") || !has.includes("value")) return "none";
        return has.includes("propagateAtLaunch") ? "propagating-list" : "key-value-list";
    }
    return isOneTag(found) ? "tag-resource" : "none";
}

/** Azure: the tags of the resource manager are always a map of strings; all else named `tags` is not one. */
function azureShape({ type, args }) {
    if (tagResources.has(type)) return "tag-resource";
    if (neverUpdated.has(type)) return "none";
    if (inputType(args, "tags") === stringMap) return "map";
    return inputType(args, "metadata") === stringMap ? "metadata" : "none";
}

/** Kubernetes: by the kind of metadata. Lists and Releases hide the objects they make: "unlisted". */
function kubernetesShape({ base, args }) {
    if (base !== "pulumi.CustomResource") return "none";
    const metadata = /\.(\w+)>$/.exec(inputType(args, "metadata") ?? "")?.[1];
    if (metadata === "ObjectMeta") return "labels";
    return metadata === "ObjectMetaPatch" || metadata === "ListMetaPatch" ? "none" : "unlisted";
}

const shapes = { aws: awsShape, "azure-native": azureShape, kubernetes: kubernetesShape };

/** Tokens are `package:module/kind:Kind` on AWS, where `kind` only repeats the name, else `package:module:Kind`. */
function moduleOf(type) {
    const [name, module, kind] = type.split(":");
    if (name !== "aws") return [module, kind];
    const repeated = `/${kind[0].toLowerCase()}${kind.slice(1)}`;
    if (!module.endsWith(repeated))
        throw new Error(`${type}: its module does not repeat its name.`);
    return [module.slice(0, -repeated.length), kind];
}

const sorted = (entries) => Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));

function scan(name) {
    const modules = {};
    for (const found of resourceTypes(name)) {
        const [module, kind] = moduleOf(found.type);
        ((modules[module] ??= {})[shapes[name](found)] ??= []).push(kind);
    }
    const joined = Object.entries(modules).map(([module, groups]) => [
        module,
        sorted(Object.entries(groups).map(([shape, kinds]) => [shape, kinds.sort().join(" ")])),
    ]);
    const { version } = JSON.parse(readFileSync(join(sdk(name), "package.json"), "utf8"));
    return { package: name, version, types: sorted(joined) };
}

/** One module a line, so that the difference an SDK update makes can be read. */
function onePerLine({ types, ...head }) {
    const lines = Object.entries(types).map(
        ([module, groups]) => `"${module}":${JSON.stringify(groups)}`,
    );
    return `${JSON.stringify(head).slice(0, -1)},"types":{\n${lines.join(",\n")}\n}}\n`;
}

if (process.argv.includes("--print")) {
    process.stdout.write(JSON.stringify(Object.keys(shapes).map(scan)));
} else {
    for (const name of ["aws", "azure-native"]) {
        const path = join(root, "components", "model", "carriers", `${name}.generated.json`);
        writeFileSync(path, onePerLine(scan(name)));
    }
}
