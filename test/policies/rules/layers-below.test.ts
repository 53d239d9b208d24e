import { namesLayersBelow } from "../../../policies/rules/layers-below";
import { below, commcareMatrix } from "../../fixtures/machines-state";
import { beginning, findingsOf, layerOf, resourceAt, saidOf } from "../../support/stack";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const machine = "aws:ec2/instance:Instance";
const volume = "aws:ebs/volume:Volume";
const whole = { tags: below, rootBlockDevice: { tags: below } };
const os = { "owner-os": below["owner-os"] };
const other = { ...below, "owner-hosting": "cluster-management" };

function says(type: string, inputs: Record<string, unknown>, matrix = commcareMatrix()): string[] {
    const above = layerOf("data-services", undefined, matrix);
    const resource = resourceAt(above.urn, type, inputs);
    return findingsOf([namesLayersBelow], [...beginning(matrix), above, resource])
        .filter(({ rule }) => rule === "layers-below")
        .map(({ message }) => message.replace(/.*: /, ""));
}

describe("layers-below", () => {
    it.each([
        ["a machine", machine, whole],
        ["one that tags its disks all alike", machine, { tags: below, volumeTags: below }],
        ["a disk", volume, { tags: below }],
        ["what is no machine", "aws:rds/instance:Instance", { tags: {} }],
        ["what is no machine and says the same", "aws:ec2/vpc:Vpc", { tags: below }],
        ["a type that nothing is known of", "gcp:compute/disk:Disk", { tags: other }],
    ])("passes %s", (_what, type, inputs) => {
        expect(says(type, inputs)).toEqual([]);
    });

    it.each<[string, string, Record<string, unknown>, string]>([
        [
            "a machine without them",
            machine,
            { rootBlockDevice: { tags: below } },
            "no owner-os=cluster-management in tags, no owner-hosting=infrastructure-provider in tags",
        ],
        [
            "a machine whose root disk names one",
            machine,
            { tags: below, rootBlockDevice: { tags: os } },
            "no owner-hosting=infrastructure-provider in rootBlockDevice.tags",
        ],
        [
            "a machine that names another role",
            machine,
            { ...whole, tags: other },
            "owner-hosting=cluster-management instead of infrastructure-provider in tags",
        ],
        [
            "a disk whose role is not known",
            volume,
            { tags: { ...below, "owner-os": unknown } },
            "no owner-os=cluster-management in tags",
        ],
        [
            "what is no machine and names another role",
            "aws:ec2/vpc:Vpc",
            { tags: { "owner-hosting": "cluster-management" } },
            "owner-hosting=cluster-management instead of infrastructure-provider",
        ],
    ])("refuses %s", (_what, type, inputs, message) => {
        expect(says(type, inputs)).toEqual([message]);
    });

    it("asks for the role that the matrix names, whichever that is", () => {
        const matrix = commcareMatrix({ hosting: { role: "cluster-management" } });

        expect(says(volume, { tags: other }, matrix)).toEqual([]);
        expect(says(volume, { tags: below }, matrix)).toEqual([
            "owner-hosting=infrastructure-provider instead of cluster-management in tags",
        ]);
    });

    it("leaves a layer that nobody answers for to the gate, and a hub without such layers alone", () => {
        const matrix = commcareMatrix({ hosting: { role: null } });

        expect(says(volume, { tags: os }, matrix)).toEqual([]);
        expect(saidOf(namesLayersBelow, ["network"], machine, { tags: {} })).toEqual([]);
    });
});
