import { hostLines } from "../../../../components/platforms/vms/hosts-block";
import { handOverOf } from "../../../../components/platforms/hand-overs";
import { checkEnvironment } from "../../../../components/workloads/commcare/environment/check-environment";
import { environmentOf } from "../../../../components/workloads/commcare/environment/environment";
import { filesOf } from "../../../../components/workloads/commcare/environment/files";
import { oneHost, vmsSpec } from "./vms";

const told = (change: Record<string, unknown> = {}) => {
    const spec = vmsSpec(change);
    return environmentOf({ spec, ...handOverOf(spec) });
};
const host = ({ inventory }: ReturnType<typeof told>, group: string) =>
    inventory.hosts.find((each) => each.group === group);

describe("what commcare-cloud is told of hosts", () => {
    it("is where each is, and that nothing of a cloud is there", () => {
        const made = told();
        expect(made.inventory.hosts.map(({ group, address }) => [group, address])).toEqual([
            ["control_a1", "192.0.2.11"],
            ["proxy_a1", "192.0.2.12"],
            ["web_a1", "192.0.2.13"],
            ["web_a2", "192.0.2.14"],
            ["sql_a1", "192.0.2.15"],
            ["db_a1", "192.0.2.16"],
        ]);
        expect(made.public).toMatchObject({
            REDIS_BROKER_HOST: "192.0.2.15",
            REDIS_BROKER_DB: "1",
        });
        expect(made.public["couch_dbs"]).toMatchObject({ default: { host: "192.0.2.16" } });
        expect(made.postgresql.DEFAULT_POSTGRESQL_HOST).toBe("sql_a1");
        expect(made.proxy["trusted_proxies"]).toEqual([]);
        expect(JSON.stringify(made)).not.toMatch(/aws|efs|ec2|amazon|azure/);
    });

    it("is no card and no disk: the firewall is Steward's, and whoever mounts a disk does it before", () => {
        const made = told();
        for (const { variables } of made.inventory.hosts) {
            expect(Object.keys(variables)).not.toContain("ufw_private_interface");
            expect(Object.keys(variables)).not.toContain("datavol_device");
            // It would keep commcare-cloud from an account of its own.
            expect(Object.keys(variables)).not.toContain("ansible_user");
            expect(variables["root_encryption_mode"]).toBe("none");
        }
    });

    it("is the account and the key by which the control machine comes in first", () => {
        expect(told().public).toMatchObject({
            commcare_cloud_root_user: "commcare-cloud",
            commcare_cloud_pem: "~/.ssh/commcare-cloud.pem",
        });
    });

    it("is the port and the key of every host", () => {
        const { hosts } = vmsSpec().platform.vms;
        const moved = { ...hosts, "web-a1": { ...hosts["web-a1"], port: 2222 } };
        const made = told({ hosts: moved });
        expect(host(made, "web_a1")?.variables["ansible_port"]).toBe(2222);
        expect(host(made, "web_a2")?.variables).not.toHaveProperty("ansible_port");
        const lines = (filesOf(made)["commcare/known_hosts"] ?? "").split("\n");
        expect(lines[2]).toBe(`[192.0.2.13]:2222 ${hosts["web-a1"]?.hostKey ?? ""}`);
        expect(lines[3]).toBe(`192.0.2.14 ${hosts["web-a2"]?.hostKey ?? ""}`);
        expect(checkEnvironment(made)).toEqual([]);
    });

    it("is the names that stand in /etc/hosts already, the host's own among them", () => {
        const { hosts } = vmsSpec().platform.vms;
        const lines = told().public["etc_hosts_lines"];
        expect(lines).toEqual(hostLines("commcare", hosts));
        expect(lines).toContain("192.0.2.13 web-a1.commcare.internal web-a1 web-a1-commcare");
        expect(lines).toContain("2001:db8::13 web-a1.commcare.internal web-a1 web-a1-commcare");
    });

    it.each([
        ["self-signed", { fake_ssl_cert: true, letsencrypt_cchq_ssl: true }],
        ["lets-encrypt", { fake_ssl_cert: false, letsencrypt_cchq_ssl: true }],
        ["given", { fake_ssl_cert: false, nginx_key_value: "{{ SITE_CERTIFICATE_KEY }}" }],
    ])("is a certificate that is %s", (certificate, said) => {
        const made = told({ certificate });
        expect(made.proxy).toMatchObject(said);
        expect(checkEnvironment(made)).toEqual([]);
        const template = filesOf(made)["commcare/vault.yml.template"] ?? "";
        expect(template.includes("SITE_CERTIFICATE_KEY: ")).toBe(certificate === "given");
    });

    it("is a store for attachments where one is named, whose keys the vault asks for", () => {
        const blobStore = { url: "https://s3.health.example.org", bucket: "commcare" };
        const made = told({ blobStore });
        expect(made.public).toMatchObject({
            s3_blob_db_enabled: true,
            s3_blob_db_url: blobStore.url,
            s3_blob_db_s3_bucket: "commcare",
        });
        expect(filesOf(made)["commcare/vault.yml.template"]).toMatch(/S3_SECRET_KEY: "?<ask/);
        expect(filesOf(told())["commcare/vault.yml.template"]).not.toContain("S3_SECRET_KEY");
    });
});

describe("what it is told of one host alone", () => {
    const spec = oneHost({ port: 2022 });
    const made = environmentOf({ spec, ...handOverOf(spec) });

    it("is a firewall of its own that shuts nobody out, and a card that every host has", () => {
        expect(made.inventory.hosts).toHaveLength(1);
        expect(host(made, "server_a1")?.variables).toMatchObject({
            ufw_private_interface: "lo",
            ansible_port: 2022,
        });
        expect(made.public["ssh_port"]).toBe(2022);
        expect(made.fabSettings).toEqual({});
    });

    it("passes all rules", () => {
        expect(checkEnvironment(made)).toEqual([]);
    });
});
