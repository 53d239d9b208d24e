import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "./steward";
import { defaultConfig, rehearse, temporaryFolder } from "./steward";

jest.setTimeout(600_000);

function withDns(dns: object): Config {
    const config = defaultConfig();
    return { ...config, "steward:aws": { ...(config["steward:aws"] as object), dns } };
}

interface Kept {
    readonly urn: string;
    readonly type: string;
    readonly id?: string;
    readonly protect?: boolean;
    readonly outputs?: Readonly<Record<string, unknown>>;
}

function stateIn(folder: string): readonly Kept[] {
    const file = join(folder, "state", ".pulumi", "stacks", "steward", "jupyterhub-aws.json");
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
        checkpoint: { latest: { resources: Kept[] } };
    };
    return checkpoint.latest.resources;
}

const namesOf = (state: readonly Kept[], type: string) =>
    state
        .filter((each) => each.type === type)
        .map(({ urn }) => urn.slice(urn.lastIndexOf("::") + 2));

/** What the deploy says is left to do. */
function next(state: readonly Kept[]): string[] {
    const stack = state.find(({ type }) => type === "pulumi:pulumi:Stack");
    return stack?.outputs?.["next"] as string[];
}

const certificate = "kubernetes:cert-manager.io/v1:Certificate";
const issuer = "kubernetes:cert-manager.io/v1:Issuer";
const clusterIssuer = "kubernetes:cert-manager.io/v1:ClusterIssuer";
const record = "aws:route53/record:Record";
const zone = "aws:route53/zone:Zone";
const balancer = "aws:lb/loadBalancer:LoadBalancer";

describe("where the hubs' domains are kept", () => {
    const byHand = temporaryFolder();
    const made = temporaryFolder();
    const create = "geolab.earthscope.cloud";
    let publicName: unknown;

    it("nowhere: the deploy says what each has to point at", async () => {
        const { code, result } = await rehearse(byHand, withDns({}));
        const state = stateIn(byHand);
        publicName = state.find(({ type }) => type === balancer)?.outputs?.["dnsName"];

        expect([code, result.coverage.uncovered]).toEqual([0, 0]);
        expect(namesOf(state, record)).toEqual([]);
        expect(namesOf(state, issuer)).toEqual(["ingress-tls-prod-issuer"]);
        expect(namesOf(state, certificate)).toEqual(["ingress-tls-prod-certificate"]);
        expect(next(state)).toEqual([`Point geolab.earthscope.cloud at ${String(publicName)}.`]);
    });

    it("later in a zone that stands: the load balancer keeps its name", async () => {
        const dns = { zone: "earthscope.cloud" };
        const { code, result } = await rehearse(byHand, withDns(dns));
        const state = stateIn(byHand);

        expect([code, result.coverage.uncovered]).toEqual([0, 0]);
        expect(result.changes.replace).toBe(0);
        expect(state.find(({ type }) => type === balancer)?.outputs?.["dnsName"]).toBe(publicName);
        expect(namesOf(state, zone)).toEqual([]);
        expect(namesOf(state, record).sort()).toEqual([
            "dns-domain-prod",
            "dns-domain-prod-authority",
        ]);
        expect(namesOf(state, issuer)).toEqual([]);
        expect(namesOf(state, clusterIssuer)).toEqual(["gateway-issuer"]);
        expect(next(state)).toEqual([]);
        expect((await rehearse(byHand, withDns(dns))).result.result).toBe("unchanged");
    });

    it("in a zone of our own: the certificate waits for it to be delegated", async () => {
        const first = await rehearse(made, withDns({ create }));
        const before = stateIn(made);

        expect([first.code, first.result.coverage.uncovered]).toEqual([0, 0]);
        expect(namesOf(before, certificate)).toEqual([]);
        expect(before.filter(({ type }) => type === zone).map(({ protect }) => protect)).toEqual([
            true,
        ]);
        expect(next(before)).toEqual([
            expect.stringMatching(
                /^Have earthscope\.cloud delegate geolab\.earthscope\.cloud: an NS record with ns-.*, ns-/,
            ),
        ]);
    });

    it("and once it is, the second deploy brings the certificate and nothing else", async () => {
        const delegated = withDns({ create, delegated: true });
        const { code, result } = await rehearse(made, delegated);
        const after = stateIn(made);
        expect([code, result.coverage.uncovered]).toEqual([0, 0]);
        expect(result.changes).toMatchObject({ create: 1, replace: 0, delete: 0 });
        expect(namesOf(after, certificate)).toEqual(["ingress-tls-prod-certificate"]);
        expect(next(after)).toEqual([]);
        expect((await rehearse(made, delegated)).result.result).toBe("unchanged");
    });
});
