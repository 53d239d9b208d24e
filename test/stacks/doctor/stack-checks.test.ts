import { Resolver } from "node:dns/promises";
import { deployerCheck, principalOf } from "../../../stacks/commands/doctor/checks/deployer";
import type { Names } from "../../../stacks/commands/doctor/checks/domains";
import { domainsCheck, siteDomainCheck } from "../../../stacks/commands/doctor/checks/domains";
import { quotaOf } from "../../../stacks/commands/doctor/vcpu-quota";
import { freePort } from "../../support/moto";
import { exampleTarget } from "./example-target";
import { machineTarget } from "./machine-target";

describe("the deployer", () => {
    it.each([
        ["arn:aws:sts::123456789012:assumed-role/deployer/session", "123456789012 role/deployer"],
        ["arn:aws:iam::123456789012:role/ops/eu/deployer", "123456789012 role/deployer"],
        ["arn:aws-cn:iam::123456789012:user/ops/session", "123456789012 user/session"],
        ["arn:aws:iam::123456789012:root", undefined],
        ["arn:aws:sts::123456789012:federated-user/session", undefined],
    ])("%s is the principal %s", (arn, principal) => {
        expect(principalOf(arn)).toBe(principal);
    });

    it("is the caller, by the role behind the session", async () => {
        const named = "arn:aws:iam::123456789012:role/ops/deployer";
        expect(await deployerCheck.run(exampleTarget())).toEqual([
            { id: "deployer", status: "ok", message: named },
        ]);
        const deployer = "arn:aws:iam::123456789012:user/deployer";
        expect(await deployerCheck.run(exampleTarget({ deployer }))).toEqual([
            {
                id: "deployer",
                status: "lacking",
                message: `the caller is not ${deployer}, and Kubernetes would refuse it`,
                fix: "assume that role, or name the caller's in steward:access.deployer",
            },
        ]);
    });

    it("is nobody where neither is a principal", async () => {
        const target = exampleTarget();
        const caller = { ...target.caller, arn: "arn:aws:iam::123456789012:root" };
        const spec = { ...target.spec, access: {} };
        const [finding] = await deployerCheck.run({ ...target, caller, spec });
        expect(finding?.status).toBe("lacking");
    });
});

describe("domains", () => {
    const failing = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));
    const names = (
        zones: Record<string, string[]>,
        addresses: Record<string, string[]> = {},
        code = "ENOTFOUND",
    ): Names => ({
        resolveNs: (name) => Promise.resolve(zones[name] ?? failing(code)),
        resolve4: (name) => Promise.resolve(addresses[name] ?? failing("ENODATA")),
    });
    const look = (from: Names) => domainsCheck(from).run(exampleTarget());
    const id = "domains.hub.reefs.example.org";
    const domain = "hub.reefs.example.org";

    it("names the nearest zone and who serves it", async () => {
        const from = names({
            "reefs.example.org": ["ns2.dns.net", "ns1.dns.net"],
            "example.org": ["a"],
        });
        const message = `${domain} lies in the zone reefs.example.org, served by ns1.dns.net, ns2.dns.net, and is free`;
        expect(await look(from)).toEqual([{ id, status: "ok", message }]);
    });

    it("warns of a name that points somewhere already", async () => {
        const from = names({ "example.org": ["ns1.dns.net"] }, { [domain]: ["192.0.2.7"] });
        expect(await look(from)).toEqual([
            {
                id,
                status: "warning",
                message: `${domain} lies in the zone example.org, served by ns1.dns.net, and points to 192.0.2.7`,
                fix: "unless that is this hub, find out who uses the name before it is moved",
            },
        ]);
    });

    it("are the one of the site where machines run CommCare", async () => {
        const from = names(
            { "example.org": ["ns1.dns.net"] },
            { "commcare.health.example.org": ["192.0.2.7"] },
        );
        expect(await siteDomainCheck(from).run(machineTarget())).toMatchObject([
            {
                id: "domains.commcare.health.example.org",
                status: "warning",
                fix: "unless that is this site, find out who uses the name before it is moved",
            },
        ]);
        const [lost] = await siteDomainCheck(names({ org: ["a0.org"] })).run(machineTarget());
        expect(lost?.fix).toBe("register the domain, or correct it in steward:commcare.domain");
    });

    it("misses a delegation: a top-level domain is nobody's zone", async () => {
        expect(await look(names({ org: ["a0.org.afilias-nst.info"] }))).toEqual([
            {
                id,
                status: "lacking",
                message: `no zone above ${domain} is delegated`,
                fix: "register the domain, or correct it in steward:jupyterhub.hubs",
            },
        ]);
    });

    it("says that it could not look, with a name server that refuses or is not there", async () => {
        const fix = "look at the network, or leave it out with --skip domains";
        expect(await look(names({}, {}, "ESERVFAIL"))).toEqual([
            {
                id,
                status: "warning",
                message: `not checked, the name server answered ${domain} with ESERVFAIL`,
                fix,
            },
        ]);
        expect((await look(names({}))).map(({ status, message }) => [status, message])).toEqual([
            ["warning", `not checked, the name server answered ${domain} with nothing`],
        ]);
        const nobody = new Resolver({ timeout: 200, tries: 1 });
        nobody.setServers([`127.0.0.1:${String(await freePort())}`]);
        const [finding] = await look(nobody);
        expect([finding?.status, finding?.fix]).toEqual(["warning", fix]);
    });
});

describe("quotas of vCPUs", () => {
    it.each([
        ["r8i-flex.large", "L-1216C47A", "L-34B43A08"],
        ["t4g.small", "L-1216C47A", "L-34B43A08"],
        ["im4gn.large", "L-1216C47A", "L-34B43A08"],
        ["gr6.4xlarge", "L-DB2E81BA", "L-3819A6DF"],
        ["p4d.24xlarge", "L-417A185B", "L-7212CCBC"],
        ["x2gd.large", "L-7295265B", "L-E3A00192"],
        ["inf2.xlarge", "L-1945791B", "L-B5D1601B"],
        ["mac2.metal", undefined, undefined],
        ["hpc7a.96xlarge", undefined, undefined],
        ["u-6tb1.metal", undefined, undefined],
        ["constructor.large", undefined, undefined],
    ])("%s counts against %s, as a spot machine against %s", (type, onDemand, spot) => {
        expect(quotaOf(type, "on-demand")?.code).toBe(onDemand);
        expect(quotaOf(type, "spot")?.code).toBe(spot);
    });
});
