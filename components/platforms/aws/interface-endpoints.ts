import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import * as vpc from "@pulumi/aws/vpc";
import type { EndpointService } from "../../model/spec/aws-network";
import type { Statement } from "./key-policy";
import type { Place } from "./place";

export interface InterfaceEndpointsArgs {
    readonly place: Place;
    /** The range of the VPC: who in it may ask. */
    readonly cidr: string;
    readonly vpcId: pulumi.Input<string>;
    /** One for each zone, with an address left for each service. */
    readonly subnetIds: readonly pulumi.Input<string>[];
    readonly services: readonly EndpointService[];
    /** Tags with the noun in the name. */
    readonly tagsOf: (noun: string) => Record<string, string>;
}

/**
 * Endpoints of AWS's services inside the VPC, found under the services' usual names: what nodes and pods ask there
 * leaves neither the network nor a NAT gateway's bill. Nothing at all is made where none is asked for.
 *
 * @returns what must stand before a node asks: until then the usual names lead through the NAT gateways.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */
export function interfaceEndpoints(
    name: string,
    args: InterfaceEndpointsArgs,
    parent: pulumi.Resource,
): readonly pulumi.Resource[] {
    const { place, cidr, vpcId, subnetIds, services, tagsOf } = args;
    if (services.length === 0) return [];
    const under = { parent };
    const group = new ec2.SecurityGroup(
        `${name}-endpoints`,
        { vpcId, description: "Endpoints of AWS services", tags: tagsOf("endpoints") },
        under,
    );
    const rule = new vpc.SecurityGroupIngressRule(
        `${name}-endpoints-https`,
        {
            securityGroupId: group.id,
            description: "HTTPS from inside the network",
            cidrIpv4: cidr,
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            tags: tagsOf("endpoints-https"),
        },
        under,
    );
    const endpoints = services.map((service) => {
        const noun = service.replace(".", "-");
        const policy = endpointPolicy(service, place);
        return new ec2.VpcEndpoint(
            `${name}-${noun}`,
            {
                vpcId,
                serviceName: `com.amazonaws.${place.region}.${service}`,
                vpcEndpointType: "Interface",
                subnetIds: [...subnetIds],
                securityGroupIds: [group.id],
                privateDnsEnabled: true,
                ...(policy === undefined ? {} : { policy }),
                tags: tagsOf(noun),
            },
            under,
        );
    });
    return [rule, ...endpoints];
}

/**
 * Who may pass an endpoint: principals of this account, whatever they ask for. Credentials of another account, such
 * as somebody could bring along to carry data out, are refused. Resources of others stay in reach, since the images
 * of EKS's add-ons lie in accounts of AWS.
 *
 * @returns undefined where AWS does not document that the service takes a policy: then it takes everybody's.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function endpointPolicy(
    service: EndpointService,
    { partition, accountId }: Place,
): string | undefined {
    if (service === "eks-auth") return undefined;
    const ownPrincipals: Statement = {
        Sid: "OwnPrincipals",
        Effect: "Allow",
        Principal: "*",
        Action: "*",
        Resource: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
    };
    // A pod or a person that signs in with a token has no account yet; the role that is taken on has one.
    const signIn: Statement = {
        Sid: "SignInToOwnRoles",
        Effect: "Allow",
        Principal: "*",
        Action: ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"],
        Resource: `arn:${partition}:iam::${accountId}:role/*`,
    };
    const statements = service === "sts" ? [ownPrincipals, signIn] : [ownPrincipals];
    return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
