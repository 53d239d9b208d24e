import { rulesOf, wordRule } from "../../../../../components/model/commcare/host-groups";
import { waysOut } from "../../../../../components/model/commcare/group-rules";
import { hostGroups } from "../../../../../components/model/commcare/host-groups";
import { machineLayer } from "../../../../../components/model/commcare/machine-layer";
import type { BuiltMachines } from "./cluster";
import { build, commcare, inAws, none } from "./cluster";

// The whole cluster takes some seconds to construct.
jest.setTimeout(120_000);

/** With everything that a stack file may ask for. */
const spec = commcare((config) => {
    inAws("machines", { imageRelease: "20260110", bastion: true })(config);
    inAws("backups", {
        lock: { mode: "governance", minDays: 7, maxDays: 400 },
        copyTo: { region: "eu-west-1", keepDays: 90 },
    })(config);
    inAws("dns", { create: undefined, zone: "health.example.org" })(config);
});
const { plan } = spec.workload;
let built: BuiltMachines;
beforeAll(async () => {
    built = await build(spec);
});

const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const everybody = "0.0.0.0/0";

const groupIn = (id: unknown) => String(id).replace(/^network-|-id$/g, "");

describe("the security groups", () => {
    it("let in what the catalogue asks for, and administrators by the bastion", () => {
        const found = built.ofType(ingress).map(({ inputs }) => {
            const from =
                inputs["cidrIpv4"] === everybody
                    ? "public"
                    : groupIn(inputs["referencedSecurityGroupId"]);
            const who = from === "bastion" ? "administrators" : from;
            const to = groupIn(inputs["securityGroupId"]);
            expect(inputs["fromPort"]).toBe(inputs["toPort"]);
            return `${who} ${to} ${String(inputs["ipProtocol"])} ${String(inputs["fromPort"])}`;
        });
        expect(found.sort()).toEqual(rulesOf(plan).map(wordRule).sort());
        const open = found.filter((rule) => rule.startsWith("public "));
        expect(open).toEqual(["public load-balancer tcp 443", "public load-balancer tcp 80"]);
    });

    it("let out to the Internet by the ports that the catalogue names, and otherwise to those who let in", () => {
        const out = built.ofType(egress).map(({ inputs }) => inputs);
        const outside = out.filter(({ cidrIpv4 }) => cidrIpv4 === everybody);
        expect(outside.length).toBe(waysOut(hostGroups(plan)).length);
        const inside = out.filter(({ cidrIpv4 }) => cidrIpv4 !== everybody);
        const between = built
            .ofType(ingress)
            .filter(({ inputs }) => inputs["cidrIpv4"] === undefined);
        expect(inside.length).toBe(between.length);
    });

    it("are one to a machine, which is not open to SSH from outside", () => {
        for (const { inputs } of built.ofType("aws:ec2/instance:Instance"))
            expect((inputs["vpcSecurityGroupIds"] as unknown[]).length).toBe(1);
        const ssh = built.ofType(ingress).filter(({ inputs }) => inputs["fromPort"] === 22);
        expect(ssh.filter(({ inputs }) => inputs["cidrIpv4"] !== undefined)).toEqual([]);
    });
});

describe("the way in", () => {
    it("sends HTTP on to HTTPS, which has a certificate that the world can check", () => {
        const listener = "aws:lb/listener:Listener";
        expect(built.find(listener, "network-site-http").inputs["defaultActions"]).toMatchObject([
            { type: "redirect", redirect: { protocol: "HTTPS", statusCode: "HTTP_301" } },
        ]);
        expect(built.find(listener, "network-site-https").inputs).toMatchObject({
            sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
            certificateArn: "arn:of:dns-tls-site",
        });
        expect(built.find("aws:route53/record:Record", "dns-tls-site-proof").inputs).toMatchObject({
            name: "_proof.test.",
            records: ["_value.test."],
        });
    });

    it("waits with HTTPS for a zone that nobody finds yet, and says what to do", async () => {
        const waiting = await build(commcare(inAws("dns", { delegated: false })));
        const names = waiting.ofType("aws:lb/listener:Listener").map(({ name }) => name);
        expect(names).not.toContain("network-site-https");
        expect(waiting.ofType("aws:acm/certificateValidation:CertificateValidation")).toEqual([]);
    });
});

describe("patches", () => {
    it("are of Ubuntu 22.04 by priority and without a delay, which Ubuntu has none of", () => {
        const [baseline] = built.ofType("aws:ssm/patchBaseline:PatchBaseline");
        const rules = baseline?.inputs["approvalRules"] as Record<string, unknown>[];
        expect(rules.flatMap((rule) => Object.keys(rule))).not.toContain("approveAfterDays");
        expect(rules.map((rule) => rule["complianceLevel"])).toEqual(["CRITICAL", "MEDIUM"]);
    });

    it("come to data first, one machine at a time, and to applications an hour later", () => {
        const windows = built.ofType("aws:ssm/maintenanceWindow:MaintenanceWindow");
        expect(windows.map(({ name, inputs }) => [name, inputs["schedule"]])).toEqual([
            ["patching-data", "cron(0 1 ? * SUN *)"],
            ["patching-application", "cron(0 2 ? * SUN *)"],
        ]);
        const task = built.find(
            "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
            "patching-data",
        );
        expect(task.inputs).toMatchObject({ maxConcurrency: "1", taskArn: "AWS-RunPatchBaseline" });
    });

    it("reach every machine", () => {
        const groups = built
            .ofType("aws:ssm/patchGroup:PatchGroup")
            .map(({ inputs }) => inputs["patchGroup"]);
        for (const { inputs } of built.ofType("aws:ec2/instance:Instance")) {
            const tags = inputs["tags"] as Record<string, string>;
            expect(groups).toContain(tags["PatchGroup"]);
        }
    });
});

describe("copies", () => {
    it("go to a second region as well, under a key of that region, as locked as the first", () => {
        const away = { region: "eu-west-1" };
        expect(built.find("aws:kms/key:Key", "backups-away-key").inputs).toMatchObject(away);
        expect(built.find("aws:backup/vault:Vault", "backups-away-vault").inputs).toMatchObject({
            ...away,
            kmsKeyArn: "arn:of:backups-away-key",
        });
        const locks = built.ofType("aws:backup/vaultLockConfiguration:VaultLockConfiguration");
        expect(
            locks.map(({ name, inputs }) => [name, inputs["region"], inputs["minRetentionDays"]]),
        ).toEqual([
            ["backups-lock", undefined, 7],
            ["backups-away-lock", "eu-west-1", 7],
        ]);
        const [rule] = built.find("aws:backup/plan:Plan", "backups-plan").inputs[
            "rules"
        ] as object[];
        expect(rule).toMatchObject({
            copyActions: [
                {
                    destinationVaultArn: "arn:of:backups-away-vault",
                    lifecycle: { deleteAfter: 90 },
                },
            ],
        });
    });

    it("are restored on trial, of disks, databases and file systems", () => {
        const tried = built.ofType("aws:backup/restoreTestingSelection:RestoreTestingSelection");
        expect(tried.map(({ inputs }) => inputs["protectedResourceType"])).toEqual([
            "EBS",
            "RDS",
            "EFS",
        ]);
    });
});

describe("what watches", () => {
    it("looks for machines whose host fails, starts them on another, and tells who answers for the service", () => {
        const alarms = built
            .ofType("aws:cloudwatch/metricAlarm:MetricAlarm")
            .filter(({ name }) => name.endsWith("-host"));
        expect(alarms.length).toBe(plan.machines.length);
        for (const { name, inputs } of alarms) {
            const machine = plan.machines.find(
                (each) => name === `service-monitoring-${each.name}-host`,
            );
            const role =
                machine && machineLayer(machine) === "operating-system"
                    ? "cluster-management"
                    : "operations-engineer";
            expect(inputs["alarmActions"]).toEqual([
                "arn:aws:automate:af-south-1:ec2:recover",
                `arn:of:service-monitoring-${role}`,
            ]);
        }
    });

    it("asks AWS Config for what names no owner, and records the account's every call", () => {
        const [rule] = built.ofType("aws:cfg/rule:Rule");
        expect(JSON.parse(String(rule?.inputs["inputParameters"]))).toEqual({
            tag1Key: "owner-role",
            tag2Key: "owner-party",
            tag3Key: "owner-layer",
            tag4Key: "cluster",
        });
        const [trail] = built.ofType("aws:cloudtrail/trail:Trail");
        expect(trail?.inputs).toMatchObject({
            isMultiRegionTrail: true,
            enableLogFileValidation: true,
        });
    });

    it("leaves what somebody else keeps for the account alone", async () => {
        const adopted = await build(
            commcare(inAws("machines", { trail: "adopt", config: "adopt" })),
            (name) => (name === "default" ? { properties: "{}" } : none(name)),
        );
        const types = adopted.resources.map(({ type }) => type);
        expect(types).toContain("aws:cfg/rule:Rule");
        expect(types).not.toContain("aws:cfg/recorder:Recorder");
        expect(types).not.toContain("aws:cloudtrail/trail:Trail");
    });
});

it("names the release of the image in the stack file, so that another one replaces the machines", () => {
    const [first] = built.ofType("aws:ec2/instance:Instance");
    expect(first?.inputs["ami"]).toBe(
        "ami of /aws/service/canonical/ubuntu/server/22.04/stable/20260110/amd64/hvm/ebs-gp2/ami-id",
    );
});
