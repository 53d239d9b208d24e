import { z } from "zod";
import { says } from "./shared";

/** Days that CloudWatch keeps, out of those that it takes. */
export const logDays = z.union([
    z.literal(7),
    z.literal(30),
    z.literal(90),
    z.literal(180),
    z.literal(365),
]);

/** Who talked to whom in the network; never switched off. */
export const flowLogs = z
    .strictObject({
        keepDays: logDays.default(30),
        traffic: z
            .enum(["all", "rejected"])
            .default("all")
            .describe("rejected: cheaper, and silent about what was let through"),
    })
    .prefault({});

/**
 * Services of AWS that a cluster asks often enough for an endpoint of its own.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export const endpointServices = [
    "autoscaling",
    "ec2",
    "ecr.api",
    "ecr.dkr",
    "eks",
    "eks-auth",
    "elasticfilesystem",
    "elasticloadbalancing",
    "kms",
    "logs",
    "monitoring",
    "secretsmanager",
    "sns",
    "ssm",
    "sts",
] as const;

/** AWS bills each by the hour and zone. */
export const interfaceEndpoints = z
    .array(
        z.enum(
            endpointServices,
            says(
                "is no service with an endpoint here",
                `take some of: ${endpointServices.join(", ")}`,
            ),
        ),
    )
    .default([])
    .describe("Services that are reached inside the network instead of through the NAT gateways");

export type EndpointService = (typeof endpointServices)[number];
