import { parseSpec } from "../../../../components/model/spec";
import { commcareConfig } from "../../../support/commcare";

type Config = Record<string, unknown>;

/** What is said of the stack file on Azure with some keys changed. */
function said(machines: Config, commcare: Config = {}): string[] {
    const config = commcareConfig(commcare, "commcare-azure") as Config;
    const azure = config["azure"] as { machines: Config };
    const changed = { ...azure, machines: { ...azure.machines, ...machines } };
    const { problems } = parseSpec({ ...config, azure: changed });
    return problems.map(({ path, message }) => `${path}: ${message}`);
}

const at = "steward:azure.machines";

describe("a CommCare cluster on Azure", () => {
    it("is taken as the stack file has it", () => {
        expect(said({})).toEqual([]);
    });

    it("is not taken without a certificate, or with one of no vault or of two", () => {
        expect(said({ certificate: undefined })).toEqual([
            `${at}.certificate: is missing, and the site has no other way to have one`,
        ]);
        const { certificate } = (
            commcareConfig({}, "commcare-azure") as never as {
                azure: { machines: { certificate: Config } };
            }
        )["azure"].machines;
        const secret = "https://health-certificates.vault.azure.net/secrets/commcare";
        const versioned = { ...certificate, secretId: `${secret}/0123456789abcdef` };
        expect(said({ certificate: versioned })).toEqual([
            `${at}.certificate.secretId: "${secret.slice(0, 56)}… is no secret of a key vault without a version`,
        ]);
        const elsewhere = { ...certificate, secretId: secret.replace("health-", "other-") };
        expect(said({ certificate: elsewhere }).join()).toContain("names two vaults");
    });

    it("is not taken with what belongs to a cluster of hubs", () => {
        const config = commcareConfig({}, "commcare-azure") as Config;
        const kubernetes = { version: "1.35" };
        const changed = { ...config, azure: { ...(config["azure"] as Config), kubernetes } };
        expect(parseSpec(changed).problems.map(({ path, message }) => [path, message])).toEqual([
            ["steward:azure.kubernetes", "belongs to a cluster of JupyterHub"],
        ]);
    });

    it("is not taken where nobody could reach a machine", () => {
        expect(said({ bastion: false })).toEqual([
            `${at}.bastion: is false, and nobody is named in administrators: no one could reach a machine`,
        ]);
        expect(said({ bastion: false, administrators: ["192.168.7.0/24"] })).toEqual([]);
    });

    it("is not taken with a cache that commcare-cloud cannot speak to", () => {
        const [problem, ...others] = said({}, { stands: { redis: "cloud" } });
        expect(problem).toContain(
            "steward:commcare.stands.redis: is cloud, and Azure Managed Redis",
        );
        expect(others).toEqual([]);
    });

    it("is not taken with a key that Azure does not take", () => {
        const operators = [{ name: "operator", sshKey: "ecdsa-sha2-nistp256 AAAA operator" }];
        expect(said({}, { operators })).toEqual([
            "steward:commcare.operators[0].sshKey: is of a kind that no machine of Azure takes",
        ]);
    });

    it("is not taken with what Azure has no size for", () => {
        const line = { services: ["webworkers"], vcpus: 128, memoryGiB: 512 };
        expect(said({}, { plan: { machines: { huge: line } } })).toEqual([
            "steward:commcare.plan.machines.huge: has 128 vCPUs and 512 GiB, which no machine of Azure that Steward knows has",
        ]);
        const nvme = { services: ["webworkers"], instanceType: "Standard_D4s_v6" };
        expect(said({}, { plan: { machines: { huge: nvme } } }).join()).toContain(
            "Standard_D4s_v6 is no size of a machine that Steward knows for CommCare",
        );
    });

    it("is not taken with a standby that burstable machines do not have", () => {
        const pgmain = { instanceClass: "Standard_B2ms" };
        expect(said({}, { plan: { postgresql: { pgmain } } })).toEqual([
            "steward:commcare.plan.postgresql.pgmain.instanceClass: is burstable, and takes no standby",
        ]);
    });

    it("keeps attachments in one place, on a machine of its own where that is a store", () => {
        const line = (services: string[]) => ({
            plan: { machines: { store: { services, vcpus: 2, memoryGiB: 8, dataGiB: 100 } } },
        });
        expect(said({}, { blobs: "object-store" })).toEqual([]);
        expect(said({}, line(["object-store"]))).toEqual([]);
        expect(said({}, { blobs: "object-store", plan: { machines: { blob: null } } })).toEqual([
            "steward:commcare.blobs: is object-store, and no machine runs it",
        ]);
        expect(said({}, { blobs: "shared-directory", ...line(["object-store"]) })).toEqual([
            "steward:commcare.blobs: is shared-directory, and a machine runs object-store",
        ]);
        const blobStore = { url: "https://s3.health.example.org", bucket: "commcare" };
        expect(said({ blobStore })).toEqual([]);
        for (const commcare of [{ blobs: "object-store" }, line(["object-store"])]) {
            expect(said({ blobStore }, commcare)).toEqual([
                `${at}.blobStore: names a store, and steward:commcare says where attachments lie`,
            ]);
        }
        expect(said({}, line(["object-store", "plproxy"]))).toEqual([
            "steward:commcare.plan: has object-store on store-a1 beside others, whose disk it would be",
        ]);
        expect(said({}, { blobs: "object-store", ...line(["object-store"]) })).toEqual([
            "steward:commcare.plan: has object-store on blob-a1 and store-a1",
        ]);
    });

    it("is not taken with more kinds of machines than one security group has rules for", () => {
        const kinds = Array.from({ length: 60 }, (_, at): [string, Config] => [
            `kind${String(at)}`,
            { services: ["webworkers"], vcpus: 2, memoryGiB: 8 },
        ]);
        expect(said({}, { plan: { machines: Object.fromEntries(kinds) } })).toEqual([
            "steward:commcare.plan.machines: has more kinds of machines than one security group has rules for",
        ]);
    });

    it("is not taken where its load is more than the cloud's own services carry", () => {
        const far = said({}, { formsPerDay: 100_000_000 });
        expect(far).toContain(
            "steward:commcare.plan.postgresql.pgmain: is larger than any flexible server",
        );
        expect(far).toContain(
            "steward:commcare.plan.redisBroker: is larger than Azure Managed Redis without shards",
        );
        const disk = { plan: { postgresql: { pgmain: { diskGiB: 40_000 } } } };
        expect(said({}, disk)).toEqual([
            "steward:commcare.plan.postgresql.pgmain.diskGiB: is more than 32,768 GiB",
        ]);
    });

    it("makes no store where AWS has one, or where others install hosts", () => {
        const problemsOf = (change: Config, stack: string) =>
            parseSpec(commcareConfig(change, stack)).problems.map(({ path }) => path);
        for (const stack of ["commcare-aws", "commcare-vms"]) {
            expect(problemsOf({ blobs: "object-store" }, stack)).toContain(
                "steward:commcare.blobs",
            );
        }
        const line = { services: ["object-store"], vcpus: 2, memoryGiB: 8, dataGiB: 100 };
        expect(problemsOf({ plan: { machines: { store: line } } }, "commcare-aws")).toEqual([
            "steward:commcare.plan.machines.store",
        ]);
    });
});
