import type { Quota } from "./quota";

/** How machines are bought: each way has quotas of its own. */
export type Market = "on-demand" | "spot";

type Quotas = Readonly<Record<Market, Quota>>;

const ofFamilies = (families: string, codes: Readonly<Record<Market, string>>): Quotas => {
    const on = (market: Market): Quota => ({
        service: "ec2",
        code: codes[market],
        counted: `vCPUs of ${market} ${families} instances`,
    });
    return { "on-demand": on("on-demand"), spot: on("spot") };
};

const standard = ofFamilies("standard", { "on-demand": "L-1216C47A", spot: "L-34B43A08" });
const graphics = ofFamilies("G and VT", { "on-demand": "L-DB2E81BA", spot: "L-3819A6DF" });

/**
 * Which quota counts the vCPUs of a family, by the letters its name begins with.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-limits.html
 */
const quotas: Readonly<Record<string, Quotas>> = {
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
    inf: ofFamilies("Inf", { "on-demand": "L-1945791B", spot: "L-B5D1601B" }),
    p: ofFamilies("P", { "on-demand": "L-417A185B", spot: "L-7212CCBC" }),
    x: ofFamilies("X", { "on-demand": "L-7295265B", spot: "L-E3A00192" }),
};

/** The quota for an instance type such as `r5.xlarge`; undefined for families that are rarely nodes. */
export function quotaOf(instanceType: string, market: Market): Quota | undefined {
    const letters = /^[a-z]+/.exec(instanceType)?.[0] ?? "";
    return Object.hasOwn(quotas, letters) ? quotas[letters]?.[market] : undefined;
}
