import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import type { Moto } from "../support/moto";
import { describeWithMoto, startMoto } from "../support/moto";
import type { Authority, Certificate } from "./certificates";
import { authority, trust } from "./certificates";
import { ran, said } from "./copies";
import { ask, inventory, raise, reset } from "./laboratory";
import type { Config } from "./stack";
import { labConfig, stateFolder } from "./stack";
import { perform, stepsOf } from "./steps";

// Copies in stores that are reached by HTTPS, with certificates of an authority that the host was told to trust. Moto
// speaks S3 and checks no signature; rclone speaks what restic's rest-server does. Not proven: rest-server itself, and
// S3 of anybody who counts money.

const [data, store] = ["vm3", "vm4"] as const;
const [ours, files] = [stateFolder(), "/opt/data/couchdb2"];
let ca: Authority;

beforeAll(async () => {
    await raise(4);
    ca = await authority(ours);
}, 120_000);

/** The host anew, with something to copy and the steps of its copies. */
async function prepare(
    repository: Config,
    secrets: Readonly<Record<string, string>>,
    change: Config = {},
): Promise<Record<string, string>> {
    await reset(data);
    await trust(data, ca);
    await ask(
        data,
        `useradd --system couchdb
mkdir -p ${files}/shards; cd ${files}; echo document >shards/a.couch
dd if=/dev/urandom of=shards/b.couch bs=1M count=24 status=none; chown -R couchdb: .`,
    );
    const backups = { repository, ...change };
    const all = { backupsPassword: "of the copies", ...secrets };
    const steps = await stepsOf(labConfig(await inventory(), { backups }, all));
    return perform(
        "create",
        steps.filter(({ name }) => name.startsWith("backups-data-a1-")),
    );
}

const sums = () => ask(data, `cd ${files}; sha256sum shards/*; stat -c %U shards/b.couch`);

/** Copied, lost, brought back, and brought back on trial; `kept` are the runs that are left of two on one day. */
async function expectCopies(kept: number): Promise<void> {
    const before = await sums();
    expect(await ran(data, "backup")).toMatchObject({ "couchdb result": 1 });
    await ask(data, `rm -rf ${files}/*`);
    await ask(data, "steward-backups restore couchdb");
    expect(await sums()).toBe(before);
    const drill = await ran(data, "restore_drill");
    expect(await said(data, "restore-drill")).not.toContain("steward-backups:");
    expect(drill).toMatchObject({ "couchdb result": 1, "couchdb items": 2 });
    await ask(data, `echo changed >${files}/shards/a.couch`);
    expect(await ran(data, "backup")).toMatchObject({ "couchdb result": 1 });
    const whole = "steward-backups list | grep -o 'couchdb,run-.*,whole' | sort -u | wc -l";
    expect(await ask(data, whole)).toBe(String(kept));
}

describeWithMoto("S3", (path) => {
    let moto: Moto;
    let door: Awaited<ReturnType<typeof seal>>;

    beforeAll(async () => {
        const { gateway } = await inventory();
        moto = await startMoto(path);
        door = await seal(gateway, await ca.issue(gateway), Number(new URL(moto.url).port));
    }, 60_000);

    afterAll(async () => {
        door.close();
        await moto.stop();
    });

    it("takes copies, and gives them back", async () => {
        const url = `https://${(await inventory()).gateway}:${String(door.port)}/copies`;
        const secrets = { backupsAccessKeyId: "key", backupsSecretAccessKey: "it's secret" };
        const repository = { kind: "s3", url, region: "eu-west-1" };
        const said = await prepare(repository, secrets);
        expect(said["backups-data-a1-repository"]).toBe("changed");
        await expectCopies(1);
    }, 300_000);

    it("is told nothing where its certificate is a stranger's", async () => {
        await ask(data, "rm /usr/local/share/ca-certificates/*; update-ca-certificates --fresh");
        expect(await ran(data, "backup")).toMatchObject({ "couchdb result": 0 });
        expect(await said(data, "backup")).toContain("certificate signed by unknown authority");
    }, 300_000);
});

/** HTTPS before a server of this machine that has none. */
async function seal(address: string, certificate: Certificate, port: number) {
    const server = createServer({ ...certificate }, (socket) => {
        const inner = connect(port, "127.0.0.1");
        for (const [one, other] of [
            [socket, inner],
            [inner, socket],
        ] as const) {
            one.on("error", () => other.destroy());
            one.pipe(other);
        }
    });
    server.on("tlsClientError", () => undefined); // whoever does not trust it
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

describe("what restic's rest-server speaks, where nothing can be deleted", () => {
    beforeAll(async () => {
        await reset(store);
        const { key, cert } = await ca.issue(await address());
        const write = (file: string, text: string) =>
            `echo ${Buffer.from(text).toString("base64")} | base64 -d >${file}`;
        await ask(
            store,
            `export DEBIAN_FRONTEND=noninteractive
apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 install rclone >/dev/null 2>&1
umask 077; ${write("/root/key", key)}; ${write("/root/cert", cert)}
systemd-run --quiet --unit copies rclone serve restic --append-only --addr :8443 \\
    --cert /root/cert --key /root/key --user copies --pass 'of rest?' /srv/copies`,
        );
    }, 200_000);

    const address = async () =>
        (await inventory()).hosts.find(({ name }) => name === store)?.address ?? "";

    it("takes copies, gives them back, and keeps them whatever the host asks", async () => {
        const url = `https://${await address()}:8443/commcare`;
        const repository = { kind: "rest", url, user: "copies" };
        await prepare(repository, { backupsRestPassword: "of rest?" }, { prune: false });
        await expectCopies(2);
        await expect(ask(data, "steward-backups restic forget latest")).rejects.toThrow("403");
        // Who opens it stands in its address: that is for nobody's log.
        await ask(store, "systemctl stop copies");
        expect(await ran(data, "backup")).toMatchObject({ "couchdb result": 0 });
        const log = await ask(data, "journalctl --no-pager --output cat");
        expect(log).toMatch(/:8443.*connection refused/);
        expect(log).not.toMatch(/of.{1,3}rest/);
    }, 300_000);
});
