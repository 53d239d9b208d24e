import { refusal } from "./account";
import { accountBefore, types } from "./whole-account";

const token = "aws:guardduty/getDetector:getDetector";

it("finds the detector with what it reads, and says in the provider's words that there is none", () => {
    const account = accountBefore(types.detector);
    expect(refusal(() => account.invoke(token, {}))).toContain(
        "reading this account's single GuardDuty Detector: empty result",
    );
    const detector = account.create(types.detector, { tags: { cluster: "geolab" } });
    const feature = { detectorId: detector.id, name: "EKS_AUDIT_LOGS", status: "DISABLED" };
    account.create(types.feature, feature);
    expect(account.invoke(token, {})).toMatchObject({
        id: detector.id,
        status: "ENABLED",
        tags: { cluster: "geolab" },
        features: [
            { name: "CLOUD_TRAIL" },
            { name: "DNS_LOGS" },
            { name: "FLOW_LOGS" },
            { name: "EKS_AUDIT_LOGS", status: "DISABLED" },
        ],
    });
    account.update(detector, { ...detector.inputs, enable: false });
    expect(account.invoke(token, {})["status"]).toBe("DISABLED");
});

it("sees no detector of another region", () => {
    const account = accountBefore(types.detector);
    account.create(types.detector, { region: "eu-west-1" });
    expect(refusal(() => account.invoke(token, {}))).toContain("empty result");
    expect(refusal(() => account.create(types.detector, {}, "here"))).toBeUndefined();
});

it("watches the runtime in one way only", () => {
    const account = accountBefore(types.detector);
    const { id: detectorId } = account.create(types.detector, {});
    const feature = (name: string) => ({ detectorId, name, status: "ENABLED" });
    account.create(types.feature, feature("RUNTIME_MONITORING"));
    expect(
        refusal(() => account.create(types.feature, feature("EKS_RUNTIME_MONITORING"), "second")),
    ).toMatch(/^BadRequestException: name: both RUNTIME_MONITORING and EKS_RUNTIME_MONITORING/);
});

it("sets a feature again that was set before, for it is part of the detector", () => {
    const account = accountBefore(types.detector);
    const { id: detectorId } = account.create(types.detector, {});
    const feature = { detectorId, name: "EKS_AUDIT_LOGS" };
    account.create(types.feature, { ...feature, status: "DISABLED" });
    account.create(types.feature, { ...feature, status: "ENABLED" }, "again");
    expect(account.cloud.all(types.feature).map(({ outputs }) => outputs["status"])).toEqual([
        "ENABLED",
    ]);
});
