import { architectureOf } from "../../../../components/model/instance-types";
import { imageParameter } from "../../../../components/platforms/aws/node-image";

const kubernetes = { version: "1.34", publicAccessCidrs: [], logRetentionDays: 90 } as const;

describe("the image of a node", () => {
    it.each([
        ["r5.xlarge", "x86_64"],
        ["r8i-flex.large", "x86_64"],
        ["g4dn.xlarge", "x86_64"], // the g of the family is no processor
        ["u7inh-32tb.480xlarge", "x86_64"],
        ["r8g.4xlarge", "arm64"],
        ["m7gd.large", "arm64"],
        ["im4gn.large", "arm64"],
        ["g5g.xlarge", "arm64"],
        ["a1.large", "arm64"],
    ])("of %s is for %s", (type, architecture) => {
        expect(architectureOf(type)).toBe(architecture);
    });

    it("is the newest where the stack file names no release", () => {
        expect(
            imageParameter({ ...kubernetes, publicAccessCidrs: [] }, "r8g.xlarge", "standard"),
        ).toBe(
            "/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/arm64/standard/recommended/image_id",
        );
    });

    it("is the release that the stack file names", () => {
        const pinned = { ...kubernetes, publicAccessCidrs: [], nodeRelease: "v20260110" };
        expect(imageParameter(pinned, "g4dn.xlarge", "nvidia")).toBe(
            "/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/x86_64/nvidia/amazon-eks-node-al2023-x86_64-nvidia-1.34-v20260110/image_id",
        );
    });
});
