// Reads what the installed azure-native SDK says about the types that a rehearsal knows: API version, arguments
// with kinds and enumerations, outputs. Its declarations are text, and are not loaded. Run after an SDK update,
// or when a file of rehearsal/azure/types/ names a type that it did not name before.
//   node scripts/scan-azure-types.mjs          writes rehearsal/azure/grammar.generated.json
//   node scripts/scan-azure-types.mjs --print  prints it
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sdk = join(root, "node_modules", "@pulumi", "azure-native");
const typesFolder = join(root, "rehearsal", "azure", "types");

/** Enumerations that are older than what the service takes. */
const outdated = new Set([
    "compute.VirtualMachineSizeTypes", // ends before the fifth generation
    "network.VirtualNetworkPrivateEndpointNetworkPolicies", // closed here, lacks NetworkSecurityGroupEnabled in no version
    "storage.SkuName", // lacks the provisioned v2 tiers in some versions
]);

const inputs = readFileSync(join(sdk, "types", "input.d.ts"), "utf8");
const enums = new Map();

/** The declared interfaces of one module of the input types, by name. */
const modules = new Map();
function interfacesOf(module) {
    if (modules.has(module)) return modules.get(module);
    const start = inputs.indexOf(`\nexport declare namespace ${module} {`);
    const end = inputs.indexOf("\n}\n", start);
    const found = new Map();
    for (const [, name, body] of inputs
        .slice(start, end)
        .matchAll(/^ {4}interface (\w+) \{([^]*?)^ {4}\}/gm))
        found.set(name, body);
    modules.set(module, found);
    return found;
}

/** The values of an enumeration such as network.Access. */
function valuesOf(name) {
    if (enums.has(name)) return enums.get(name);
    const [module, kind] = name.split(".");
    const text = readFileSync(join(sdk, "types", "enums", module, "index.d.ts"), "utf8");
    const body = new RegExp(`^export declare const ${kind}: \\{([^]*?)^\\};`, "m").exec(text)?.[1];
    const values = [...(body ?? "").matchAll(/: ("[^"]*"|[\d.]+);/g)].map(([, value]) =>
        JSON.parse(value),
    );
    enums.set(name, values);
    return values;
}

/** Splits at the bars that stand in no bracket. */
function alternatives(text) {
    const parts = [""];
    let depth = 0;
    for (const char of text) {
        if ("<{[(".includes(char)) depth += 1;
        if (">}])".includes(char)) depth -= 1;
        if (char === "|" && depth === 0) parts.push("");
        else parts[parts.length - 1] += char;
    }
    return parts.map((part) => part.trim()).filter((part) => part !== "undefined" && part !== "");
}

function unwrapped(text) {
    const inner = /^pulumi\.Input<([^]*)>$/.exec(text)?.[1];
    return inner === undefined ? text : unwrapped(inner.trim());
}

const blocks = {};
const blockOf = (name) => {
    const [module, kind] = name.split(".");
    if (!(name in blocks)) {
        blocks[name] = {}; // before it is read: a block may hold itself
        const body = interfacesOf(module).get(kind);
        if (body === undefined) throw new Error(`${name}: declared nowhere`);
        blocks[name] = argumentsIn(body, 8);
    }
    return name;
};

/** One declared type as `{ kind, … }`. */
function argumentOf(text) {
    const parts = alternatives(unwrapped(text)).flatMap((part) => {
        const bare = unwrapped(part);
        return bare === part ? [part] : alternatives(bare);
    });
    const plain = (kind) => ({ kind });
    const lists = parts.filter((part) => part.endsWith("[]"));
    if (lists.length > 0) return { kind: "list", items: argumentOf(lists[0].slice(0, -2)) };
    const maps = parts.filter((part) => part.startsWith("{"));
    if (maps.length > 0) {
        const value = /\]: ([^]*);\s*\}$/.exec(maps[0])?.[1] ?? "any";
        return { kind: "map", items: argumentOf(value) };
    }
    const refs = parts.flatMap((part) => /^inputs\.(\w+\.\w+)$/.exec(part)?.[1] ?? []);
    if (refs.length > 0) return { kind: "object", blocks: refs.map(blockOf) };
    const listed = parts.flatMap((part) => /^enums\.(\w+\.\w+)$/.exec(part)?.[1] ?? []);
    if (listed.length > 0) {
        const values = listed.flatMap(valuesOf);
        const kind = typeof values[0] === "number" ? "number" : "string";
        return listed.some((each) => outdated.has(each)) ? plain(kind) : { kind, enum: values };
    }
    const literals = parts.filter((part) => part.startsWith('"'));
    if (literals.length > 0)
        return { kind: "string", enum: literals.map((each) => JSON.parse(each)) };
    for (const kind of ["string", "number", "boolean"])
        if (parts.includes(kind)) return plain(kind);
    return plain("any");
}

/** The arguments in the body of an interface whose properties stand this far in. */
function argumentsIn(body, indent) {
    const line = new RegExp(
        `^ {${indent}}(\\w+)(\\??): ([^]*?);(?=\\n {${indent}}[/\\w]|\\s*$(?![^]))`,
        "gm",
    );
    const found = [...body.matchAll(line)].map(([, name, optional, type]) => {
        const argument = argumentOf(type.replace(/\s+/g, " "));
        return [name, optional === "" ? { ...argument, required: true } : argument];
    });
    return Object.fromEntries(found);
}

function fileOf(module, kind) {
    const name = readdirSync(join(sdk, module)).find(
        (each) => each.toLowerCase() === `${kind}.d.ts`.toLowerCase(),
    );
    if (name === undefined) throw new Error(`azure-native:${module}:${kind}: no such file`);
    return readFileSync(join(sdk, module, name), "utf8");
}

function describe(token) {
    const [, module, kind] = token.split(":");
    const text = fileOf(module, kind);
    const apiVersion = /Uses Azure REST API version ([\w-]+)\./.exec(text)?.[1] ?? "";
    const outputs = [...text.matchAll(/^ {4}readonly (\w+): pulumi\.Output<([^]*?)>;$/gm)];
    const args = new RegExp(`^export interface ${kind}Args \\{([^]*?)^\\}`, "m").exec(text)?.[1];
    return {
        apiVersion,
        outputs: outputs.map(([, name]) => name),
        always: outputs
            .filter(([, , type]) => !type.endsWith("| undefined"))
            .map(([, name]) => name),
        properties: argumentsIn(args ?? "", 4),
    };
}

/** Every type that a file of the rehearsal names. */
function tokens() {
    const texts = readdirSync(typesFolder).map((file) =>
        readFileSync(join(typesFolder, file), "utf8"),
    );
    const found = texts.flatMap((text) => text.match(/\bazure-native:\w+:[A-Z]\w+/g) ?? []);
    return [...new Set(found)].filter((token) => !token.endsWith("Deleted")).sort();
}

const types = Object.fromEntries(tokens().map((token) => [token, describe(token)]));
const { version } = JSON.parse(readFileSync(join(sdk, "package.json"), "utf8"));
const perLine = (record) =>
    Object.keys(record)
        .sort()
        .map((key) => `${JSON.stringify(key)}:${JSON.stringify(record[key])}`)
        .join(",\n");
// One type a line, so that the difference an SDK update makes can be read.
const text = `{"version":${JSON.stringify(version)},"types":{\n${perLine(types)}\n},"blocks":{\n${perLine(blocks)}\n}}\n`;
if (process.argv.includes("--print")) process.stdout.write(text);
else writeFileSync(join(root, "rehearsal", "azure", "grammar.generated.json"), text);
