import type { Admission } from "../aws-type";
import { refuse } from "../aws-type";
import { flagAt, textAt, textsAt } from "../look";
import { subnetsAt, vpcType } from "./ec2-references";

/**
 * What EC2 refuses about an endpoint because of what else stands in its VPC.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export function checkEndpoint(admission: Admission): void {
    checkPrivateNames(admission);
    checkZones(admission);
    checkRoutes(admission);
}

/** Two endpoints cannot answer to one name, and without DNS in the VPC none can. */
function checkPrivateNames({ type, inputs, cloud, old }: Admission): void {
    if (flagAt(inputs, "privateDnsEnabled") !== true) return;
    const vpcId = textAt(inputs, "vpcId") ?? "";
    const vpc = cloud.find(vpcType, vpcId);
    for (const property of ["enableDnsSupport", "enableDnsHostnames"]) {
        if (vpc === undefined || flagAt(vpc.outputs, property) === true) continue;
        const what = `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpcId}`;
        refuse("InvalidParameter", `privateDnsEnabled: ${what}; set ${property}`);
    }
    const serviceName = textAt(inputs, "serviceName") ?? "";
    for (const other of cloud.mentioning(serviceName)) {
        if (other.type !== type || other.id === old?.id) continue;
        if (textAt(other.outputs, "vpcId") !== vpcId) continue;
        if (flagAt(other.outputs, "privateDnsEnabled") !== true) continue;
        refuse(
            "InvalidParameter",
            `privateDnsEnabled: private-dns-enabled cannot be set because there is already a ` +
                `conflicting DNS domain for ${serviceName} in ${vpcId}: ${other.id}`,
        );
    }
}

/** An endpoint has one interface a zone. */
function checkZones({ inputs, cloud }: Admission): void {
    const zones = subnetsAt(cloud, inputs, "subnetIds").map(({ outputs }) =>
        textAt(outputs, "availabilityZone"),
    );
    const twice = zones.find((zone, at) => zone !== undefined && zones.indexOf(zone) !== at);
    if (twice === undefined) return;
    refuse(
        "DuplicateSubnetsInSameZone",
        `subnetIds: Found another VPC endpoint subnet in the availability zone ${twice}; name one a zone`,
    );
}

/** A route table has one route to a service. */
function checkRoutes({ type, inputs, cloud, old }: Admission): void {
    const serviceName = textAt(inputs, "serviceName");
    for (const table of textsAt(inputs, "routeTableIds")) {
        for (const other of cloud.mentioning(table)) {
            if (other.type !== type || other.id === old?.id) continue;
            if (textAt(other.outputs, "serviceName") !== serviceName) continue;
            refuse(
                "RouteAlreadyExists",
                `routeTableIds: route table ${table} already has a route to ${String(serviceName)}, ` +
                    `of ${other.id}`,
            );
        }
    }
}
