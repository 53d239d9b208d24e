import { handOverOf } from "../../../../../components/platforms/hand-overs";
import { commcareEnvironment, commcareSpec } from "../../../../support/commcare";

const made = commcareEnvironment({}, "commcare-azure");
const variables = made.public;
const settings = variables["localsettings"] as Record<string, unknown>;
const host = (group: string) => made.inventory.hosts.find((each) => each.group === group);

describe("what commcare-cloud is told of Azure", () => {
    it("is of Azure's machines: a link to the disk, the card's name, sealed below the system", () => {
        expect(host("es_a1")?.variables).toMatchObject({
            datavol_device: "/dev/disk/azure/scsi1/lun0",
            datavol_device1: "/dev/disk/azure/scsi1/lun0",
            ufw_private_interface: "eth0",
            root_encryption_mode: "azure",
            elasticsearch_node_zone: "southafricanorth-1",
        });
        expect(host("es_a1")?.variables).not.toHaveProperty("is_datavol_ebsnvme");
    });

    it("is of a queue that speaks TLS on port 10000 with a key, and of a cache that speaks neither", () => {
        expect(variables).toMatchObject({
            REDIS_BROKER_HOST: expect.stringMatching(
                /^commcare-broker-[a-p]{8}\.southafricanorth\.redis\.azure\.net$/,
            ) as unknown,
            REDIS_BROKER_PORT: "10000",
            REDIS_BROKER_DB: "0",
        });
        const url = String(variables["BROKER_URL"]);
        expect(url).toMatch(/^rediss:\/\/:\{\{ REDIS_BROKER_KEY .*ssl_cert_reqs=required$/);
        expect(settings["REDIS_HOST"]).toBe("redis-a1.commcare.internal");
        expect(settings["REDIS_PORT"]).toBe("6379");
        expect(made.platformSecrets).toEqual({
            REDIS_BROKER_KEY: "the secret redis-broker-key of the cluster's key vault",
        });
    });

    it("is of attachments in the shared directory, by NFS 4.1 from a port that may change", () => {
        expect(variables).toMatchObject({ s3_blob_db_enabled: false, backup_es_s3: false });
        expect(variables["efs_shared_mount_endpoint"]).toMatch(
            /^commcareshared[a-p]{8}\.file\.core\.windows\.net:\/commcareshared[a-p]{8}\/shared$/,
        );
        const options = String(variables["efs_shared_mount_options"]).split(",");
        expect(options).toEqual(
            expect.arrayContaining(["nfsvers=4.1", "sec=sys", "nconnect=4", "noresvport"]),
        );
    });

    it("leaves machines the chrony of Azure's image, which ntp would drive out", () => {
        expect(variables["use_chrony"]).toBe(true);
    });

    it("is nothing of AWS's", () => {
        expect(JSON.stringify(made)).not.toMatch(/aws|ec2|amazon|169\.254/);
    });

    it("is of another store for attachments where the stack file names one that speaks S3", () => {
        const spec = commcareSpec({}, "commcare-azure");
        if (spec.platform.kind !== "azure") throw new Error("not on Azure");
        const blobStore = { url: "https://s3.health.example.org", bucket: "commcare" };
        const { azure } = spec.platform;
        const machines = { ...azure.machines, blobStore };
        const platform = { kind: "azure", azure: { ...azure, machines } } as const;
        expect(handOverOf({ ...spec, platform }).hosts.variables).toMatchObject({
            s3_blob_db_enabled: true,
            s3_blob_db_url: blobStore.url,
            s3_blob_db_s3_bucket: blobStore.bucket,
            s3_blob_db_access_key: "{{ S3_ACCESS_KEY }}",
            s3_blob_db_secret_key: "{{ S3_SECRET_KEY }}",
        });
        expect(Object.keys(handOverOf({ ...spec, platform }).hosts.secrets)).toEqual(
            expect.arrayContaining(["S3_ACCESS_KEY", "S3_SECRET_KEY"]),
        );
    });

    it("is of the store on a machine of the cluster's own, and nothing of that machine's disk", () => {
        const own = commcareEnvironment({ blobs: "object-store" }, "commcare-azure");
        expect(own.public).toMatchObject({
            s3_blob_db_enabled: true,
            s3_blob_db_url: "http://blob-a1.commcare.internal:7070",
            s3_blob_db_s3_bucket: "blobs",
            s3_blob_db_access_key: "commcare-hq",
            s3_blob_db_secret_key: "{{ S3_SECRET_KEY }}",
        });
        expect(own.platformSecrets["S3_SECRET_KEY"]).toContain("object-store-key");
        const store = own.inventory.hosts.find(({ group }) => group === "blob_a1");
        expect(store?.variables).toMatchObject({ owner_layer: "data-services" });
        expect(store?.variables).not.toHaveProperty("datavol_device");
    });
});
