import { ofFirstDay } from "../../../../../components/platforms/azure/machines/machine";

const image = "storageProfile.imageReference";

describe("what of a machine stays as on its first day", () => {
    it.each([
        [{ keepsData: false, imageRelease: undefined }, ["osProfile", image]],
        [{ keepsData: false, imageRelease: "22.04.202601100" }, ["osProfile"]],
        [{ keepsData: true, imageRelease: undefined }, ["osProfile", image]],
        [{ keepsData: true, imageRelease: "22.04.202601100" }, ["osProfile", image]],
    ])("of %j is %j", (args, stays) => {
        expect(ofFirstDay(args)).toEqual(stays);
    });
});
