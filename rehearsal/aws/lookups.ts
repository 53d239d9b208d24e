import type { Cloud } from "../provider/stand-in";
import type { Props } from "../provider/values";
import { accountId, callerArn, partition, regionOf } from "./account";
import { refuse } from "./aws-type";
import { getAvailabilityZones } from "./lookups/availability-zones";
import { getResource } from "./lookups/cloud-control";
import { getAddonVersion, getClusterAuth } from "./lookups/eks";
import { getDetector } from "./lookups/guardduty";
import { getAmi, getParameter } from "./lookups/images";
import { getPolicyDocument } from "./lookups/policy-document";
import { getZone } from "./lookups/zone";

/** A question to AWS that changes nothing. */
export type Lookup = (args: Props, region: string, cloud: Cloud) => Props;

const lookups: Readonly<Record<string, Lookup>> = {
    "aws:index/getCallerIdentity:getCallerIdentity": () => ({
        accountId,
        arn: callerArn,
        id: accountId,
        userId: "AIDAREHEARSAL00000000",
    }),
    "aws:index/getRegion:getRegion": (_args, region) => ({
        description: region,
        endpoint: `ec2.${region}.amazonaws.com`,
        id: region,
        name: region,
        region,
    }),
    "aws:index/getPartition:getPartition": () => ({
        dnsSuffix: "amazonaws.com",
        id: partition,
        partition,
        reverseDnsPrefix: "com.amazonaws",
    }),
    "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
    "aws:ec2/getAmi:getAmi": getAmi,
    "aws:ssm/getParameter:getParameter": getParameter,
    "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
    "aws:cloudcontrol/getResource:getResource": getResource,
    "aws:guardduty/getDetector:getDetector": getDetector,
    "aws:eks/getAddonVersion:getAddonVersion": getAddonVersion,
    "aws:eks/getClusterAuth:getClusterAuth": getClusterAuth,
    "aws:route53/getZone:getZone": getZone,
};

/** Answers a look-up of the program; one that is not here is refused. */
export function lookUp(token: string, args: Props, config: Props, cloud: Cloud): Props {
    const lookup = Object.hasOwn(lookups, token) ? lookups[token] : undefined;
    if (lookup === undefined) {
        const what = `the rehearsal answers no ${token}; add it to rehearsal/aws/lookups.ts`;
        return refuse("NotRehearsed", what);
    }
    return { ...args, ...lookup(args, regionOf(args, config), cloud) };
}
