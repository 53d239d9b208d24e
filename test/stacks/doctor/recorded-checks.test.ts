import { existingBucketsCheck } from "../../../stacks/commands/doctor/checks/existing-buckets";
import { kubernetesVersionCheck } from "../../../stacks/commands/doctor/checks/kubernetes-version";
import { zonesCheck } from "../../../stacks/commands/doctor/checks/zones";
import type { AwsFront } from "../../support/aws-front";
import { startAwsFront } from "../../support/aws-front";
import { account, exampleTarget, pointAwsAt } from "./example-target";

/** What moto never answers, in the shapes of the API references. */
describe("checks of the account, against recorded answers", () => {
    let front: AwsFront;
    beforeAll(async () => {
        front = await startAwsFront();
        pointAwsAt(front.url);
    });
    beforeEach(() => {
        front.asked.length = 0;
    });
    afterAll(() => front.stop());

    // https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeClusterVersions.html
    const versions = (): void => {
        const entry = (clusterVersion: string, versionStatus: string, standard: number) => ({
            clusterVersion,
            clusterType: "eks",
            versionStatus,
            endOfStandardSupportDate: standard,
            endOfExtendedSupportDate: standard + 31_536_000,
        });
        front.answer = ({ path }) => {
            if (!path.startsWith("/cluster-versions")) return undefined;
            const second = path.includes("nextToken=more");
            const clusterVersions = second
                ? [entry("1.9", "UNSUPPORTED", 0), entry("1.33", "STANDARD_SUPPORT", 1_785_283_200)]
                : [
                      entry("1.34", "STANDARD_SUPPORT", 1_796_169_600),
                      entry("1.31", "EXTENDED_SUPPORT", 1_764_115_200),
                  ];
            return {
                headers: { "content-type": "application/json" },
                body: JSON.stringify({ clusterVersions, ...(second ? {} : { nextToken: "more" }) }),
            };
        };
    };
    const id = "kubernetes-version";

    it("says until when a version is in standard support", async () => {
        versions();
        expect(await kubernetesVersionCheck.run(exampleTarget({ version: "1.34" }))).toEqual([
            { id, status: "ok", message: "1.34 is supported until 2026-12-02" },
        ]);
    });

    it("warns before standard support ends, and says where to go", async () => {
        versions();
        expect(await kubernetesVersionCheck.run(exampleTarget({ version: "1.33" }))).toEqual([
            {
                id,
                status: "warning",
                message: "1.33 is supported until 2026-07-29, then it costs more",
                fix: "plan the way to 1.34: one minor version at a time",
            },
        ]);
    });

    it("warns of extended support, and refuses what EKS no longer or never made", async () => {
        versions();
        const fix = "take one of: 1.33, 1.34";
        expect(await kubernetesVersionCheck.run(exampleTarget({ version: "1.31" }))).toEqual([
            {
                id,
                status: "warning",
                message: "1.31 is in extended support, which costs more and ends on 2026-11-26",
                fix,
            },
        ]);
        expect(await kubernetesVersionCheck.run(exampleTarget({ version: "1.36" }))).toEqual([
            { id, status: "lacking", message: "EKS makes no cluster of 1.36", fix },
        ]);
    });

    it("takes a 403 for a bucket of somebody else, and asks as the owner that it should have", async () => {
        front.answer = ({ method, headers }) => {
            const named = headers["x-amz-expected-bucket-owner"] === account;
            return { status: method === "HEAD" && named ? 403 : 200, body: "" };
        };
        expect(await existingBucketsCheck.run(exampleTarget())).toEqual([
            {
                id: "existing-buckets.reef-scratch",
                status: "lacking",
                message: "bucket reef-scratch is somebody else's, or closed to this caller",
                fix: "choose another name in steward:jupyterhub.hubs, scratch.bucket",
            },
        ]);
        expect(front.asked).toEqual(["HEAD /reef-scratch/ "]);
    });

    it("passes on what is neither there, gone nor closed", async () => {
        front.answer = () => ({ status: 400, body: "" });
        await expect(existingBucketsCheck.run(exampleTarget())).rejects.toThrow();
    });

    it("refuses a zone that is down", async () => {
        const zone = (letter: string, state: string) =>
            `<item><zoneName>us-east-2${letter}</zoneName><zoneId>use2-az-${letter}</zoneId>` +
            `<zoneState>${state}</zoneState></item>`;
        // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html
        front.answer = () => ({
            headers: { "content-type": "text/xml" },
            body:
                `<DescribeAvailabilityZonesResponse><availabilityZoneInfo>` +
                zone("a", "available") +
                zone("b", "unavailable") +
                `</availabilityZoneInfo></DescribeAvailabilityZonesResponse>`,
        });
        const zones = ["us-east-2a", "us-east-2b"];
        expect(await zonesCheck.run(exampleTarget({ zones }))).toEqual([
            { id: "zones.us-east-2a", status: "ok", message: "us-east-2a is available" },
            {
                id: "zones.us-east-2b",
                status: "lacking",
                message: "us-east-2b is unavailable",
                fix: "take zones out of: us-east-2a",
            },
        ]);
    });
});
