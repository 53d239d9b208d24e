import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
    carrierKinds,
    carrierOf,
    readOwnerKeys,
    type CarrierShape,
} from "../../../components/model/carriers";
import { spawnPoints, valuesAt } from "../../../components/model/carriers/spawn-points";

interface Scan {
    readonly package: string;
    readonly version: string;
    readonly types: Record<string, Record<string, string>>;
}

const root = join(__dirname, "..", "..", "..");
const sdk = join(root, "node_modules", "@pulumi");
const carriers = join(root, "components", "model", "carriers");
const scanned = JSON.parse(
    execFileSync(process.execPath, [join(root, "scripts", "scan-carriers.mjs"), "--print"], {
        encoding: "utf8",
        maxBuffer: 16 * 1024 * 1024,
    }),
) as Scan[];
const scanOf = (name: string) => scanned.find((scan) => scan.package === name);

/** Every type the scan found, as its token, with the shape it was given. */
function typesOf(name: string): [string, string][] {
    const first = (kind: string) => kind.charAt(0).toLowerCase() + kind.slice(1);
    return Object.entries(scanOf(name)?.types ?? {}).flatMap(([module, groups]) =>
        Object.entries(groups).flatMap(([shape, kinds]) =>
            kinds
                .split(" ")
                .map((kind): [string, string] => [
                    name === "aws"
                        ? `aws:${module}/${first(kind)}:${kind}`
                        : `${name}:${module}:${kind}`,
                    shape,
                ]),
        ),
    );
}

function countsOf(name: string): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const [, shape] of typesOf(name)) counts[shape] = (counts[shape] ?? 0) + 1;
    return counts;
}

describe("the scan of the installed SDKs", () => {
    it.each(["aws", "azure-native"])("finds what is checked in for %s", (name) => {
        const checkedIn = readFileSync(join(carriers, `${name}.generated.json`), "utf8");

        expect(scanOf(name)).toEqual(JSON.parse(checkedIn));
    });

    it("counts every resource type once", () => {
        expect(countsOf("aws")).toEqual({
            map: 859,
            "propagating-list": 1,
            "tag-resource": 7,
            none: 871,
        });
        expect(countsOf("azure-native")).toEqual({
            map: 955,
            metadata: 9,
            "tag-resource": 1,
            none: 1323,
        });
        expect(countsOf("kubernetes")).toEqual({ labels: 183, none: 189, unlisted: 183 });
        expect(["aws", "azure-native", "kubernetes"].map((name) => typesOf(name).length)).toEqual([
            1738, 2288, 555,
        ]);
    });

    it.each(["aws", "azure-native"])("gives every type of %s the shape carrierOf knows", (name) => {
        const wrong = typesOf(name).filter(([type, shape]) => carrierOf(type) !== shape);

        expect(wrong).toEqual([]);
    });

    it("agrees with the rule that stands in for a list on Kubernetes", () => {
        const wrong = typesOf("kubernetes").filter(
            ([type, shape]) => carrierOf(type) !== (shape === "unlisted" ? undefined : shape),
        );

        expect(wrong).toEqual([]);
    });
});

describe("carrierOf", () => {
    it.each<[string, CarrierShape | undefined]>([
        ["aws:ec2/vpc:Vpc", "map"],
        ["aws:s3/bucketV2:BucketV2", "map"], // takes tagsAll as an input too
        ["aws:s3tables/table:Table", "map"], // has a `metadata` beside its tags
        ["aws:ec2/route:Route", "none"],
        ["aws:autoscaling/group:Group", "propagating-list"],
        ["aws:autoscaling/tag:Tag", "tag-resource"],
        ["aws:ec2/tag:Tag", "tag-resource"],
        ["aws:inspector/resourceGroup:ResourceGroup", "none"], // its tags select others
        ["aws:devopsguru/resourceCollection:ResourceCollection", "none"], // its tags select others
        ["aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey", "none"], // a key and a value, no tag
        ["azure-native:network:VirtualNetwork", "map"],
        ["azure-native:network/v20230501:VirtualNetwork", "map"],
        ["azure-native:network/v20230501preview:Subnet", "none"],
        ["azure-native_storage_v20240101:storage:StorageAccount", "map"],
        ["azure-native_storage_v20240101:storage/v20240101:StorageAccount", "map"],
        ["azure-native:batch:Pool", "map"], // has a `metadata` list beside its tags
        ["azure-native:storage:BlobContainer", "metadata"],
        ["azure-native:storage:FileShare", "metadata"],
        ["azure-native:dns:RecordSet", "metadata"],
        ["azure-native:resources:TagAtScope", "tag-resource"],
        ["azure-native:apimanagement:NamedValue", "none"],
        ["azure-native:storage:BlobContainerLegalHold", "none"],
        ["azure-native:cloudngfw:LocalRule", "none"],
        ["azure-native:operationalinsights:SavedSearch", "none"],
        ["azure-native:operationalinsights:Query", "none"],
        ["azure-native:migrate:Project", "none"],
        ["azure-native:importexport:Job", "none"],
        ["azure-native:authorization:PolicyAssignment", "none"], // its metadata is anything
        ["kubernetes:core/v1:ConfigMap", "labels"],
        ["kubernetes:core/v1:ConfigMapPatch", "none"],
        ["kubernetes:cert-manager.io/v1:Certificate", "labels"],
        ["kubernetes:helm.sh/v4:Chart", "none"],
        ["kubernetes:yaml/v2:ConfigGroup", "none"],
        ["pulumi:pulumi:Stack", "none"],
        ["pulumi:providers:aws", "none"],
        ["steward:index:Cluster", "none"],
        ["random:index/randomPassword:RandomPassword", "none"],
        ["tls:index/privateKey:PrivateKey", "none"],
        ["command:local:Command", "none"],
        ["command:remote:CopyToRemote", "host-file"],
    ])("%s → %s", (type, shape) => {
        expect(carrierOf(type)).toBe(shape);
    });

    it.each([
        "aws:ec2/vpc:NoSuchThing",
        "aws:ec2:Vpc",
        "azure-native:network:NoSuchThing",
        "azure-native:network/v2023:VirtualNetwork",
        "kubernetes:core/v1:ConfigMapList",
        "kubernetes:helm.sh/v3:Release",
        "kubernetes:meta/v1:Status",
        "kubernetes:core:ConfigMap",
        "kubernetes:core/v1:",
        "gcp:storage/bucket:Bucket",
        "aws-native:ec2:VPC",
        "pulumi-nodejs:dynamic:Resource",
        "command:else:Command",
        "constructor:toString:Vpc",
        "",
    ])("knows nothing of %p, so that callers refuse it", (type) => {
        expect(carrierOf(type)).toBeUndefined();
    });

    it("counts only what shows the owner by itself as more than the layer's", () => {
        expect(carrierKinds).toEqual({
            map: "tag",
            "propagating-list": "tag",
            "key-value-list": "tag",
            labels: "label",
            "host-file": "host-file",
            "tag-resource": "layer",
            metadata: "layer",
            none: "layer",
        });
    });
});

/** What a policy gets its inputs behind; exported since 1.21, though missing from the declarations. */
const { unknownCheckingProxy } = jest.requireActual<{
    readonly unknownCheckingProxy: (props: object) => object;
}>("@pulumi/policy");

/** What the engine sends for a value that is not known yet, as @pulumi/policy itself has it. */
const placeholders = Object.entries(
    jest.requireActual<Record<string, unknown>>("@pulumi/policy/proxy"),
).flatMap(([name, value]) =>
    name.startsWith("unknown") && typeof value === "string" ? [value] : [],
);
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const keys = ["owner-role", "owner-layer"];
const list = [
    { key: "owner-role", value: "network-engineer", propagateAtLaunch: true },
    { key: unknown, value: "a" },
    { key: "owner-layer", value: unknown },
];
const map = { "owner-role": "network-engineer", "owner-layer": unknown, Name: unknown };
const holders: [CarrierShape, object][] = [
    ["map", { tags: map, cidrBlock: unknown }],
    ["propagating-list", { tags: list }],
    ["key-value-list", { tags: list }],
    ["labels", { metadata: { name: unknown, labels: map } }],
];

describe("readOwnerKeys", () => {
    it.each(holders)("reads a known owner beside an unknown value: %s", (shape, props) => {
        const proxy = unknownCheckingProxy(props);

        expect([...readOwnerKeys(shape, proxy, keys)]).toEqual([
            ["owner-role", "network-engineer"],
        ]);
        expect(() => JSON.stringify(proxy)).toThrow("can't be known during preview");
    });

    it("knows every placeholder of the engine", () => {
        const read = placeholders.map((value) => {
            const props = unknownCheckingProxy({ tags: { "owner-role": value } });
            return readOwnerKeys("map", props, keys).size;
        });

        expect(read).toEqual([0, 0, 0, 0, 0, 0, 0]);
    });

    it.each<[string, CarrierShape, object]>([
        ["all tags unknown", "map", { tags: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff" }],
        ["all of a list unknown", "propagating-list", { tags: unknown }],
        ["metadata unknown", "labels", { metadata: unknown }],
        ["no tags", "map", {}],
        ["tags in the wrong shape", "map", { tags: list }],
        ["a list in the wrong shape", "propagating-list", { tags: map }],
        ["tagsAll alone", "map", { tagsAll: map }],
        ["a number", "map", { tags: { "owner-role": 7 } }],
        ["an inherited key", "map", { tags: Object.create(map) as object }],
        ["a getter", "map", { tags: Object.defineProperty({}, "owner-role", { get: () => "x" }) }],
        ["twice the same key", "propagating-list", { tags: [list[0], list[0]] }],
        ["labels on a cloud resource", "map", { metadata: { labels: map } }],
        ["metadata that is no owner's", "metadata", { metadata: map, tags: map }],
        ["a tag of another resource", "tag-resource", { key: "owner-role", value: "a", tags: map }],
        ["a command on a host", "host-file", { tags: map }],
        ["a type without tags", "none", { tags: map }],
    ])("finds no owner: %s", (_, shape, props) => {
        expect(readOwnerKeys(shape, unknownCheckingProxy(props), keys)).toEqual(new Map());
    });

    it("returns no key that was not asked for", () => {
        const props = { tags: { "owner-role": "a", "owner-layer": "b" } };

        expect(readOwnerKeys("map", props, ["owner-layer"])).toEqual(
            new Map([["owner-layer", "b"]]),
        );
    });

    it("never throws and finds what a plain read finds, whatever the inputs", () => {
        const value = fc.oneof(fc.string(), fc.constantFrom(...placeholders), fc.anything());
        const tags = fc.oneof(fc.dictionary(fc.constantFrom(...keys, "Name"), value), value);
        fc.assert(
            fc.property(tags, (tags) => {
                const read = readOwnerKeys("map", unknownCheckingProxy({ tags }), keys);
                for (const key of keys) {
                    const plain: unknown =
                        typeof tags === "object" && tags !== null && Object.hasOwn(tags, key)
                            ? (tags as Record<string, unknown>)[key]
                            : undefined;
                    const known = typeof plain === "string" && !placeholders.includes(plain);
                    expect(read.get(key)).toBe(known ? plain : undefined);
                }
            }),
        );
    });
});

describe("spawn points", () => {
    it("stand on types that are known, at inputs those types take", () => {
        const missing = Object.entries(spawnPoints).flatMap(([type, points]) => {
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

    it("are found behind the proxy of a policy", () => {
        const tagSpecifications = [
            { resourceType: "instance", tags: map },
            { resourceType: "volume", tags: unknown },
        ];
        const parameters = { type: "gp3", tagSpecification_1: "a=b", tagSpecification_2: unknown };
        const props = unknownCheckingProxy({ tagSpecifications, parameters, userData: unknown });

        expect(valuesAt(props, ["tagSpecifications", "[]", "tags"])).toEqual([map, unknown]);
        expect(valuesAt(props, ["parameters", "tagSpecification_*"])).toEqual(["a=b", unknown]);
        expect(valuesAt(props, ["parameters", "type"])).toEqual(["gp3"]);
        expect(valuesAt(props, ["userData", "[]", "tags"])).toEqual([]);
        expect(valuesAt(props, ["userData", "tag*"])).toEqual([]);
        expect(valuesAt(props, ["spec", "template"])).toEqual([undefined]);
    });
});
