// The programs that are compared. SDK modules are loaded inside them, as a program of a user does.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse } from "yaml";
import { root } from "./paths.mjs";

const require = createRequire(import.meta.url);
const from = (path) => require(join(root, "dist", path));

/** The default stack's config, with stand-in secrets. */
export function defaultConfig() {
    const file = join(root, "stacks", "Pulumi.jupyterhub-aws.yaml");
    const { config } = parse(readFileSync(file, "utf8"));
    const secrets = config["steward:jupyterhub"].hubs.map(({ name }) => [
        name,
        { oauthClientSecret: "rehearsed" },
    ]);
    return { ...config, "steward:secrets": Object.fromEntries(secrets) };
}

/** The whole stack, as `rehearse` runs it. */
export function ourStack() {
    const { program } = from("stacks/program");
    return program({ now: new Date(), reservedContacts: "allowed" });
}

/** The recorded resources of that stack, flat: SDK classes and nothing of Steward's. */
export function bareStack(recordFile) {
    const { resources } = JSON.parse(readFileSync(recordFile, "utf8"));
    const pulumi = require("@pulumi/pulumi");
    const made = new Map();
    for (const resource of resources) {
        if (resource.type !== "pulumi:pulumi:Stack") {
            made.set(resource.urn, declare(pulumi, resource, made));
        }
    }
    return Promise.resolve({});
}

function declare(pulumi, resource, made) {
    const { type, urn, provider, protect } = resource;
    const { inputs = {}, propertyDependencies = {}, dependencies = [] } = resource;
    const name = urn.split("::").slice(3).join("::");
    const ofProperties = new Set(Object.values(propertyDependencies).flat());
    const dependsOn = dependencies.filter((each) => !ofProperties.has(each));
    const opts = {
        ...(dependsOn.length > 0 ? { dependsOn: dependsOn.map((each) => made.get(each)) } : {}),
        ...(provider ? { provider: made.get(provider.slice(0, provider.lastIndexOf("::"))) } : {}),
        ...(protect ? { protect } : {}),
        ...(resource.ignoreChanges ? { ignoreChanges: resource.ignoreChanges } : {}),
        ...(resource.retainOnDelete ? { retainOnDelete: true } : {}),
    };
    const props = {};
    for (const [key, value] of Object.entries(inputs)) {
        if (key.startsWith("__")) continue;
        const plain = unsealed(pulumi, value);
        const origins = (propertyDependencies[key] ?? []).map((each) => made.get(each).id);
        props[key] = origins.length > 0 ? pulumi.all(origins).apply(() => plain) : plain;
    }
    if (type.startsWith("pulumi:providers:")) {
        const { version, ...settings } = props;
        return new pulumi.ProviderResource(type.split(":")[2], name, settings, { version });
    }
    const Class = resource.ofChart ? undefined : classOf(type);
    if (Class !== undefined) return new Class(name, props, opts);
    const [packageName] = type.split(":");
    const { version } = require(`@pulumi/${packageName}/package.json`);
    return new pulumi.CustomResource(type, name, props, { ...opts, version });
}

/** Kinds that a cluster gets by a definition: the SDK has one class for all of them. */
const customKind = /^kubernetes:(gateway\.networking\.k8s\.io|cert-manager\.io)\//;

/** The SDK's class, through the sub-path that our program imports too. */
function classOf(type) {
    const [packageName, module, name] = type.split(":");
    const [group, item] = module.split("/");
    if (customKind.test(type)) return require("@pulumi/kubernetes/apiextensions").CustomResource;
    if (packageName === "random") return require(`@pulumi/random/${item}`)[name];
    const path = packageName === "kubernetes" ? `${group.split(".")[0]}/${item}` : group;
    return require(`@pulumi/${packageName}/${path}`)[name];
}

const [signature, secret] = [
    "4dabf18193072939515e22adb298388d",
    "1b47061264138c4ac30d75fd1eb44270",
];

/** State holds a secret as `{ <signature>: <secret>, plaintext: <JSON> }`. */
function unsealed(pulumi, value) {
    if (Array.isArray(value)) return value.map((each) => unsealed(pulumi, each));
    if (typeof value !== "object" || value === null) return value;
    if (value[signature] === secret) return pulumi.secret(JSON.parse(value.plaintext));
    return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, unsealed(pulumi, each)]),
    );
}

/** Topics in all the layers of the default stack, under its cluster. */
export async function ownedTopics(size) {
    const { Cluster } = from("components/cluster");
    const { Layer } = from("components/layer");
    const { layerArgs } = from("components/layer-args");
    const { parseSpec } = from("components/model/spec");
    const { Provider } = require("@pulumi/aws/provider");
    const { Topic } = require("@pulumi/aws/sns");

    const config = Object.entries(defaultConfig()).filter(([key]) => key.startsWith("steward:"));
    const { spec } = parseSpec(Object.fromEntries(config.map(([key, it]) => [key.slice(8), it])));
    const cluster = new Cluster(spec.name, spec.matrix);
    await cluster.admitted;
    const provider = new Provider("aws", { region: spec.region }, { parent: cluster });

    class Topics extends Layer {
        constructor(name, args, numbers) {
            super("steward:bench:Topics", name, args, { parent: cluster, providers: [provider] });
            for (const number of numbers) {
                const props = { ...topicProps(number), tags: this.tags() };
                new Topic(`topic-${number}`, props, { parent: this });
            }
            this.registerOutputs({});
        }
    }
    const { rows } = spec.matrix;
    rows.forEach(({ layer, scope }, at) => {
        const numbers = numbersTo(size).filter((number) => number % rows.length === at);
        const name = scope === undefined ? layer : `${layer}-${scope}`;
        new Topics(name, layerArgs(spec, layer, scope), numbers);
    });
    return {};
}

/** As many topics, flat, without tags. */
export function bareTopics(size) {
    const { Provider } = require("@pulumi/aws/provider");
    const { Topic } = require("@pulumi/aws/sns");
    const provider = new Provider("aws", { region: "us-east-2" });
    for (const number of numbersTo(size)) {
        new Topic(`topic-${number}`, topicProps(number), { provider });
    }
    return Promise.resolve({});
}

/** Encrypted on both sides: one of our rules would stop it otherwise. */
const topicProps = (number) => ({
    displayName: `topic ${number}`,
    kmsMasterKeyId: "alias/aws/sns",
});

const numbersTo = (size) => Array.from({ length: size }, (_, number) => number);
