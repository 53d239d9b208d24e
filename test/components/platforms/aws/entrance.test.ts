import type { Built } from "./geolab";
import { build, geolab } from "./geolab";

const domain = "geolab.earthscope.cloud";
const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const recordType = "aws:route53/record:Record";

/** GeoLab with its domains kept as `dns` says. */
function withDns(dns: object): Promise<Built> {
    return build(
        geolab((config) => {
            config["aws"] = { ...(config["aws"] as object), dns };
        }),
    );
}

function printed(value: unknown): Promise<unknown> {
    const { apply } = value as { apply: (take: (known: unknown) => void) => void };
    return new Promise((resolve) => {
        apply.call(value, resolve);
    });
}

async function next({ foundation }: Built): Promise<unknown[]> {
    const sentences = foundation.outputs["next"] as readonly unknown[];
    return Promise.all(sentences.map(printed));
}

describe("the load balancer of GeoLab", () => {
    let built: Built;
    beforeAll(async () => {
        built = await build(geolab());
    });

    it("is one for all hubs, in every zone, and guarded", () => {
        const { inputs } = built.find(balancerType, "gateway-balancer");

        expect(inputs).toMatchObject({
            loadBalancerType: "network",
            internal: false,
            subnets: ["a", "b", "c"].map((zone) => `network-public-us-east-2${zone}-id`),
            securityGroups: ["gateway-balancer-id"],
            enableCrossZoneLoadBalancing: true,
        });
    });

    it("passes bytes on to node ports, with the address of who asks", () => {
        for (const [noun, port, nodePort] of [
            ["http", 80, 30080],
            ["https", 443, 30443],
        ] as const) {
            expect(built.find("aws:lb/listener:Listener", `gateway-${noun}`).inputs).toMatchObject({
                loadBalancerArn: "arn:of:gateway-balancer",
                protocol: "TCP",
                port,
                tcpIdleTimeoutSeconds: 3600,
                defaultActions: [{ type: "forward", targetGroupArn: `arn:of:gateway-${noun}` }],
            });
            const targets = built.find("aws:lb/targetGroup:TargetGroup", `gateway-${noun}`);
            expect(targets.inputs).toMatchObject({
                targetType: "instance",
                protocol: "TCP",
                port: nodePort,
                preserveClientIp: "true",
                healthCheck: { protocol: "HTTP", port: "30081", path: "/ping", matcher: "200" },
            });
            expect(
                built.find("aws:autoscaling/attachment:Attachment", `gateway-${noun}`).inputs,
            ).toEqual({
                autoscalingGroupName: "asg-node-pools-core",
                lbTargetGroupArn: `arn:of:gateway-${noun}`,
            });
        }
    });

    it("lets the world in on two ports, and out to three of the nodes only", () => {
        const rules = (direction: "Ingress" | "Egress", group: string) =>
            built
                .ofType(`aws:vpc/securityGroup${direction}Rule:SecurityGroup${direction}Rule`)
                .filter(({ inputs }) => inputs["securityGroupId"] === group)
                .map(({ inputs }) => [
                    inputs["fromPort"],
                    inputs["toPort"],
                    inputs["cidrIpv4"] ?? inputs["referencedSecurityGroupId"],
                ]);

        expect(rules("Ingress", "gateway-balancer-id")).toEqual([
            [80, 80, "0.0.0.0/0"],
            [443, 443, "0.0.0.0/0"],
        ]);
        const nodePorts = [30080, 30443, 30081];
        expect(rules("Egress", "gateway-balancer-id")).toEqual(
            nodePorts.map((port) => [port, port, "sg-nodes"]),
        );
        expect(rules("Ingress", "sg-nodes")).toEqual(
            nodePorts.map((port) => [port, port, "gateway-balancer-id"]),
        );
    });

    it("is what somebody has to point each domain at, where no zone is named", async () => {
        expect(built.ofType(recordType)).toEqual([]);
        expect(built.foundation.entrance.proof).toBeUndefined();
        expect(built.foundation.entrance.reachable).toBe(true);
        expect(await next(built)).toEqual([`Point ${domain} at gateway.elb.test.`]);
    });
});

describe("the domains of GeoLab", () => {
    it("are records in the zone that stands", async () => {
        const built = await withDns({ zone: "earthscope.cloud" });

        expect(built.calls.filter(({ token }) => token.includes("route53"))).toEqual([
            {
                token: "aws:route53/getZone:getZone",
                inputs: { name: "earthscope.cloud", privateZone: false },
            },
        ]);
        expect(built.find(recordType, "dns-domain-prod").inputs).toEqual({
            zoneId: "Z0STANDING",
            name: domain,
            type: "A",
            aliases: [
                { name: "gateway.elb.test", zoneId: "Z0BALANCER", evaluateTargetHealth: false },
            ],
        });
        expect(built.find(recordType, "dns-domain-prod-authority").inputs).toEqual({
            zoneId: "Z0STANDING",
            name: domain,
            type: "CAA",
            ttl: 3600,
            records: [
                '0 issue "letsencrypt.org"',
                '0 issuewild ";"',
                '0 iodef "mailto:support@example.org"',
            ],
        });
        expect(built.ofType("aws:route53/zone:Zone")).toEqual([]);
        expect(built.foundation.entrance.reachable).toBe(true);
        expect(await next(built)).toEqual([]);
    });

    it("are proven by pods that may write nothing but the proof", async () => {
        const built = await withDns({ zone: "earthscope.cloud" });
        const { inputs } = built.find("aws:iam/rolePolicy:RolePolicy", "dns-domain-certificates");
        const { Statement: statements } = JSON.parse(String(inputs["policy"])) as {
            Statement: { Action: string; Resource: string; Condition?: object }[];
        };

        expect(statements.map((each) => [each.Action, each.Resource])).toEqual([
            ["route53:GetChange", "arn:aws:route53:::change/*"],
            ["route53:ListResourceRecordSets", "arn:aws:route53:::hostedzone/Z0STANDING"],
            ["route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z0STANDING"],
        ]);
        expect(statements[2]?.Condition).toEqual({
            "ForAllValues:StringEquals": {
                "route53:ChangeResourceRecordSetsNormalizedRecordNames": [
                    `_acme-challenge.${domain}`,
                ],
                "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"],
            },
        });
        expect(
            built.find(
                "aws:eks/podIdentityAssociation:PodIdentityAssociation",
                "dns-domain-certificates-identity",
            ).inputs,
        ).toMatchObject({ namespace: "cert-manager", serviceAccount: "cert-manager" });
    });

    it("wait for the zone that we make to be delegated, and say to whom", async () => {
        const made = await withDns({ create: domain });

        expect(made.find("aws:route53/zone:Zone", "dns-domain-zone").inputs).toMatchObject({
            name: domain,
            forceDestroy: false,
        });
        expect(made.foundation.entrance.reachable).toBe(false);
        expect(await next(made)).toEqual([
            `Have earthscope.cloud delegate ${domain}: an NS record with ns-1.test, ns-2.test. Then set ` +
                "steward:aws.dns.delegated to true and run up again: certificates wait for it.",
        ]);

        const delegated = await withDns({ create: domain, delegated: true });
        expect(delegated.foundation.entrance.reachable).toBe(true);
        expect(await next(delegated)).toEqual([]);
    });
});
