import type { FoundDetector } from "../../../../components/platforms/aws/detector";
import { planDetector, wordPlan } from "../../../../components/platforms/aws/detector";
import type { Built } from "./geolab";
import { build, geolab, told } from "./geolab";

const detectorType = "aws:guardduty/detector:Detector";
const featureType = "aws:guardduty/detectorFeature:DetectorFeature";
const ruleType = "aws:cloudwatch/eventRule:EventRule";

const standing = (tags: Record<string, string>, auditLogs = "ENABLED", status = "ENABLED") => ({
    id: "0123456789abcdef0123456789abcdef",
    status,
    features: [{ name: "EKS_AUDIT_LOGS", status: auditLogs, additionalConfigurations: [] }],
    tags,
});
const found = (tags: Record<string, string>, over: Partial<FoundDetector> = {}): FoundDetector => ({
    id: "d1",
    enabled: true,
    readsAuditLogs: true,
    tags,
    ...over,
});
const others = { cluster: "another", "managed-by": "steward", "owner-contact": "sre@example.org" };
const wanting = (detection: string) =>
    geolab((config) => Object.assign(config["aws"] as object, { detection }));

describe("the threat detector of the account", () => {
    let built: Built;
    beforeAll(async () => {
        built = await build(geolab());
    });

    it("is made where there is none, named by its owner, and reads the audit logs of EKS and no more", () => {
        const [detector, ...more] = built.ofType(detectorType);
        expect(more).toEqual([]);
        expect(detector?.inputs).toMatchObject({
            enable: true,
            findingPublishingFrequency: "FIFTEEN_MINUTES",
            tags: { cluster: "geolab", "owner-layer": "security-abuse", "managed-by": "steward" },
        });
        const features = built
            .ofType(featureType)
            .map(({ inputs }) => [inputs["name"], inputs["status"]]);
        expect(features).toEqual([
            ["EKS_AUDIT_LOGS", "ENABLED"],
            ["S3_DATA_EVENTS", "DISABLED"],
            ["EBS_MALWARE_PROTECTION", "DISABLED"],
            ["RDS_LOGIN_EVENTS", "DISABLED"],
            ["LAMBDA_NETWORK_LOGS", "DISABLED"],
        ]);
    });

    it("tells its findings to whom security belongs, those about other clusters left out", () => {
        const { inputs } = built.find(ruleType, "monitoring-alerts-findings");
        expect(JSON.parse(inputs["eventPattern"] as string)).toEqual({
            source: ["aws.guardduty"],
            "detail-type": ["GuardDuty Finding"],
            detail: {
                severity: [{ numeric: [">=", 4] }],
                $or: [
                    { resource: { eksClusterDetails: { name: ["geolab"] } } },
                    {
                        resource: {
                            instanceDetails: { tags: { key: ["cluster"], value: ["geolab"] } },
                        },
                    },
                    {
                        resource: {
                            eksClusterDetails: { name: [{ exists: false }] },
                            instanceDetails: { instanceId: [{ exists: false }] },
                        },
                    },
                ],
            },
        });
        const target = built.find(
            "aws:cloudwatch/eventTarget:EventTarget",
            "monitoring-alerts-findings",
        );
        expect(target.inputs["arn"]).toBe("arn:of:monitoring-alerts-site-reliability-engineer");
    });

    it("is not made, nor its features set, where another's stands; its findings are heard all the same", async () => {
        const adopting = await build(geolab(), () => standing(others));
        expect([...adopting.ofType(detectorType), ...adopting.ofType(featureType)]).toEqual([]);
        expect(adopting.find(ruleType, "monitoring-alerts-findings")).toBeDefined();
        expect(adopting.foundation.outputs["detection"]).toBe(
            "adopted: the detector 0123456789abcdef0123456789abcdef of another (sre@example.org) " +
                "is used as it is; it reads the audit logs of EKS",
        );
    });

    it("is left alone, and not even looked for, where the stack file says skip", async () => {
        const skipping = await build(wanting("skip"), () => {
            throw told("not to be asked");
        });
        expect(skipping.calls.map(({ token }) => token)).not.toContain(
            "aws:guardduty/getDetector:getDetector",
        );
        expect(skipping.ofType(detectorType)).toEqual([]);
        expect(skipping.ofType(ruleType).map(({ name }) => name)).not.toContain(
            "monitoring-alerts-findings",
        );
    });

    it("is no guess: an account that cannot be looked at is not one without a detector", async () => {
        const denied = build(geolab(), () => {
            throw told("AccessDeniedException: not authorized to perform: guardduty:ListDetectors");
        });
        await expect(denied).rejects.toThrow(
            /^steward:aws\.detection: cannot be decided, .*AccessDeniedException.*; let the deployer ListDetectors and GetDetector, or write skip$/,
        );
    });
});

describe("what becomes of a detector", () => {
    const own = { cluster: "geolab", "managed-by": "steward" };

    it.each([
        ["adopt", undefined, "own"],
        ["create", undefined, "own"],
        ["adopt", found(own), "own"],
        ["create", found(own), "own"],
        ["adopt", found(others), "adopted"],
        ["adopt", found({}), "adopted"],
        ["adopt", found({ cluster: "geolab" }), "adopted"],
        ["skip", found(own), "skipped"],
    ] as const)("%s, where %j stands: %s", (wanted, detector, kind) => {
        expect(planDetector(wanted, "geolab", detector).kind).toBe(kind);
    });

    it("is refused where one of its own is asked for and another's stands", () => {
        expect(() => planDetector("create", "geolab", found(others))).toThrow(
            "steward:aws.detection: is create, and the detector d1 of another (sre@example.org) stands " +
                "in the account; an account has one for each region: write adopt, or skip",
        );
    });

    it.each([
        [{ enabled: false }, "; it is suspended: ask its owner to resume it"],
        [
            { readsAuditLogs: false },
            "; it does not read the audit logs of EKS: ask its owner for EKS Protection",
        ],
    ])("is said to lack something where it does: %j", (over, says) => {
        const plan = planDetector("adopt", "geolab", found({}, over));
        expect(wordPlan(plan)).toBe(
            `adopted: the detector d1, which names no owner, is used as it is${says}`,
        );
    });
});
