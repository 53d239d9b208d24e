import { sharedGiB } from "../../../../components/model/commcare/shared-size";
import { commcareSpec } from "../../../support/commcare";

it("grows with the forms that bring attachments, from what is in transfer anyway", () => {
    const { commcare } = commcareSpec({}, "commcare-azure").workload;
    expect(sharedGiB({ ...commcare, users: undefined }, true)).toBe(200);
    // 36,000 forms a day of 11,000 bytes for a year, on a disk that is three quarters full: 180 GiB.
    expect(sharedGiB(commcare, true)).toBe(380);
    expect(sharedGiB({ ...commcare, months: 24 }, true)).toBe(560);
    expect(sharedGiB({ ...commcare, months: 24 }, false)).toBe(200);
});
