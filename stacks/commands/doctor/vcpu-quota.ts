import type { Quota } from "./quota";

const ofFamilies = (counted: string, code: string): Quota => ({
    service: "ec2",
    code,
    counted: `vCPUs of on-demand ${counted} instances`,
});

const standard = ofFamilies("standard", "L-1216C47A");
const graphics = ofFamilies("G and VT", "L-DB2E81BA");

/**
 * Which quota counts the vCPUs of a family, by the letters its name begins with.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html
 */
const quotas: Readonly<Record<string, Quota>> = {
    a: standard,
    c: standard,
    d: standard,
    h: standard,
    i: standard,
    im: standard,
    is: standard,
    m: standard,
    r: standard,
    t: standard,
    z: standard,
    g: graphics,
    gr: graphics,
    vt: graphics,
    inf: ofFamilies("Inf", "L-1945791B"),
    p: ofFamilies("P", "L-417A185B"),
    x: ofFamilies("X", "L-7295265B"),
};

/** The quota for an instance type such as `r5.xlarge`; undefined for families that are rarely nodes. */
export function quotaOf(instanceType: string): Quota | undefined {
    const letters = /^[a-z]+/.exec(instanceType)?.[0] ?? "";
    return Object.hasOwn(quotas, letters) ? quotas[letters] : undefined;
}
