import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { carrierKinds, carrierOf, type CarrierShape } from "../../../components/model/carriers";

interface Scan {
    readonly package: string;
    readonly version: string;
    readonly types: Record<string, Record<string, string>>;
}

const root = join(__dirname, "..", "..", "..");
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
            map: 954,
            metadata: 9,
            "tag-resource": 1,
            none: 1324,
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
        "aws:ec2/Vpc:Vpc:Vpc",
        "aws:ec2/vpc:vpc",
        "aws:ec2/subnet:Vpc",
        "aws:constructor/name:Name",
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
