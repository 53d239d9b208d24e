import { autoscalerReleases } from "../../../../components/model/autoscaler-releases";
import { standardSupportEnds } from "../../../../components/model/eks-calendar";
import { upkeepNotices } from "../../../../components/platforms/aws/upkeep";

const messageFor = (version: string, nodeRelease?: string): string => {
    const kubernetes = {
        version,
        publicAccessCidrs: [],
        logRetentionDays: 7 as const,
        ...(nodeRelease === undefined ? {} : { nodeRelease }),
    };
    return upkeepNotices("reef", kubernetes)
        .map(({ when }) => ("message" in when ? when.message : ""))
        .join("");
};

describe("the monthly reminder", () => {
    it("says how long a version is supported, and which image its nodes have", () => {
        expect(messageFor("1.33", "v20260110")).toBe(
            "reef runs Kubernetes 1.33, whose standard support ends on 2026-07-29. Its nodes start from the image of " +
                "release v20260110; newer ones are listed at https://github.com/awslabs/amazon-eks-ami/releases. To move " +
                "on, write kubernetes.version or kubernetes.nodeRelease in the stack file and run `preview`: it says " +
                "which nodes roll.",
        );
    });

    it("invents no day for a version that the calendar does not have", () => {
        expect(messageFor("1.36")).toContain("whose standard support has an end, which `doctor`");
    });

    it("has days for versions that there is an autoscaler for, each after the one before", () => {
        const days = Object.entries(standardSupportEnds);
        expect(days.filter(([version]) => autoscalerReleases[version] === undefined)).toEqual([]);
        expect(days.map(([, day]) => day)).toEqual(days.map(([, day]) => day).sort());
        expect(days.filter(([, day]) => !/^20\d\d-[01]\d-[0-3]\d$/.test(day))).toEqual([]);
    });
});
