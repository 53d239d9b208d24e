import type { CarrierEntries } from "../../../../components/model/carriers/entries";
import { carrierIn, entryFor, entryProblems } from "../../../../components/model/carriers/entries";
import { parseSpec } from "../../../../components/model/spec";
import { wordProblem } from "../../../../components/model/problem";
import { geolabConfig } from "../../../support/stack-file";

const reason = "Its service has nothing that takes a tag";
const monitor = "datadog:index/monitor:Monitor";

const refused = (carriers: unknown) =>
    parseSpec({ ...geolabConfig(), carriers }).problems.map(wordProblem);

describe("steward:carriers in a stack file", () => {
    it.each<[string, string]>([
        [monitor, "none"],
        ["datadog:index/monitor", "map"],
        ["datadog", "key-value-list"],
        ["cloud-init_2", "host-file"],
        ["aws:newest/thing:Thing", "propagating-list"],
        ["kubernetes:access.example.org/v1:AllowList", "labels"],
    ])("takes an entry for %s", (key, carrier) => {
        const entry = { [key]: { carrier, reason } };
        const { spec, problems } = parseSpec({
            ...geolabConfig(),
            carriers: entry,
        });
        expect(problems).toEqual([]);
        expect(spec?.matrix.carriers).toEqual(entry);
    });

    it("is empty where nobody wrote any", () => {
        expect(parseSpec(geolabConfig()).spec?.matrix.carriers).toEqual({});
    });

    it.each([
        ["aws:s3/bucket:Bucket", "map"],
        ["aws:ec2/route:Route", "none"],
        ["azure-native:compute/v20230402:Disk", "map"],
        ["azure-native_compute_v20230402:compute:Disk", "map"],
        ["kubernetes:core/v1:ConfigMap", "labels"],
        ["kubernetes:example.org/v1:WidgetPatch", "none"],
        ["command:remote:Command", "host-file"],
        ["command:remote", "host-file"],
        ["random", "none"],
        ["steward:aws:Network", "none"],
        ["pulumi:providers", "none"],
    ])("refuses one for %s, which Steward knows", (key, known) => {
        expect(refused({ [key]: { carrier: "none", reason } })).toEqual([
            `steward:carriers.${key}: Steward knows how it carries its owner (${known}); ` +
                "remove the entry: it is for what Steward does not know",
        ]);
    });

    it.each([
        "kubernetes:helm.sh/v3:Release",
        "kubernetes:meta/v1:Status",
        "kubernetes:core/v1:ConfigMapList",
        "kubernetes:networking.k8s.io/v1:IngressList",
    ])("refuses one for %s, which hides what it makes or holds", (key) => {
        expect(refused({ [key]: { carrier: "labels", reason } })).toEqual([
            `steward:carriers.${key}: hides from every policy what it makes or holds; ` +
                "create that as resources of their own, and remove the entry",
        ]);
    });

    it.each([
        "aws",
        "aws:s3/bucket",
        "azure-native",
        "kubernetes",
        "kubernetes:core/v1",
        "command",
    ])("refuses one for all of %s", (key) => {
        const [name = ""] = key.split(":");
        expect(refused({ [key]: { carrier: "labels", reason } })).toEqual([
            `steward:carriers.${key}: is no single type, and Steward classifies ${name} type by type; ` +
                "name the one type that it does not know yet",
        ]);
    });

    it("refuses another carrier than labels for an object of Kubernetes", () => {
        const key = "kubernetes:access.example.org/v1:AllowList";
        expect(refused({ [key]: { carrier: "none", reason } })).toEqual([
            `steward:carriers.${key}: is an object of Kubernetes, and every one of those has labels; ` +
                "write carrier: labels",
        ]);
    });

    it.each<[string, unknown, string]>([
        [
            "a carrier of Steward's own",
            { carrier: "tag-resource", reason },
            `.carrier: "tag-resource" is not a choice; take one of: map, key-value-list, propagating-list, labels, host-file, none`,
        ],
        ["no carrier", { reason }, ".carrier: is missing; take one of: map, "],
        ["no reason", { carrier: "none" }, ".reason: is missing; write a text"],
        [
            "a short reason",
            { carrier: "none", reason: "because" },
            `.reason: "because" gives no reason; write in ten characters or more why it is so`,
        ],
        [
            "a reason of spaces",
            { carrier: "none", reason: "because    " },
            ": gives no reason; write in ten characters or more why it is so",
        ],
        [
            "a key more",
            { carrier: "none", reason, until: "2027-01-01" },
            ".until: is a key that Steward does not know",
        ],
    ])("refuses %s", (_what, entry, words) => {
        const problems = refused({ [monitor]: entry });
        expect(problems).toHaveLength(1);
        expect(problems[0]).toContain(`steward:carriers.${monitor}${words}`);
    });

    it.each(["", "datadog:", "9lives", "datadog:index/monitor:Monitor:more", "data dog"])(
        "refuses the key %j",
        (key) => {
            const [problem = "", ...others] = refused({ [key]: { carrier: "none", reason } });
            expect(others).toEqual([]);
            expect(problem).toContain(
                "is no type, module or package; write one such as datadog:index/monitor:Monitor",
            );
        },
    );
});

describe("carrierIn", () => {
    const said = (carrier: string) => ({ carrier, reason });

    it("takes the narrowest of the entries for a type", () => {
        const entries = {
            datadog: said("none"),
            "datadog:index/dashboard": said("map"),
            [monitor]: said("key-value-list"),
        };
        expect(carrierIn(entries, monitor)).toBe("key-value-list");
        expect(carrierIn(entries, "datadog:index/dashboard:Dashboard")).toBe("map");
        expect(carrierIn(entries, "datadog:index/user:User")).toBe("none");
        expect(carrierIn(entries, "datadogs:index/user:User")).toBeUndefined();
        expect(carrierIn({}, monitor)).toBeUndefined();
        expect(carrierIn({}, "constructor:index:Thing")).toBeUndefined();
    });

    it.each<[string, CarrierEntries, string]>([
        ["a carrier of Steward's own", { [monitor]: said("metadata") }, monitor],
        ["no reason", { [monitor]: { carrier: "none", reason: "" } }, monitor],
        ["all of a package of Steward's", { aws: said("none") }, "aws:newest/thing:Thing"],
        [
            "a list of Kubernetes",
            { "kubernetes:core/v1:PodList": said("labels") },
            "kubernetes:core/v1:PodList",
        ],
    ])("lets no type in by an entry with %s, nor by a wider one", (_what, entries, type) => {
        expect(entryProblems(entries).map(({ key }) => key)).toEqual(Object.keys(entries));
        expect(carrierIn(entries, type)).toBeUndefined();
        expect(carrierIn({ datadog: said("none"), ...entries }, type)).toBeUndefined();
    });

    it("keeps to what Steward knows of a type, whatever an entry says", () => {
        const bucket = "aws:s3/bucket:Bucket";
        expect(carrierIn({ [bucket]: said("none") }, bucket)).toBe("map");
        expect(entryFor({ [bucket]: said("none") }, bucket)).toBeUndefined();
    });
});
