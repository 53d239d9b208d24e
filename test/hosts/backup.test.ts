import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import * as copies from "./copies";
import { ask, inventory, raise, reset } from "./laboratory";
import type { Config } from "./stack";
import { labConfig, stateFolder, up } from "./stack";

// Copies of a real PostgreSQL on another machine, by the units that a host gets, and what comes back of them on a disk
// that is empty. Not proven: CouchDB itself (its files alone), restic 0.12 of Ubuntu 22.04. Other stores: stores.test.ts.

const folder = stateFolder();
const [data, store] = ["vm3", "vm4"] as const;
let privateKey: string;

beforeAll(async () => {
    await raise(4);
    await reset("vm1", "vm2", data, store);
    const file = join(folder, "copies");
    await promisify(execFile)("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file]);
    privateKey = readFileSync(file, "utf8");
    const key = readFileSync(`${file}.pub`, "utf8").trim();
    await ask(
        store,
        `useradd --create-home copies; install -d -o copies /srv/copies ~copies/.ssh; echo '${key}' >~copies/.ssh/authorized_keys`,
    );
    expect((await up(folder, await config())).result.errors).toEqual([]);
    await installPostgresql();
    await ask(
        data,
        `echo ${Buffer.from(rows).toString("base64")} | base64 -d | ${psql("postgres")}`,
    );
    await ask(
        data,
        `useradd --system couchdb; mkdir -p ${couch}/shards ${couch}/.shards; echo document >${couch}/shards/a.couch; echo view >${couch}/.shards/v; chown -R couchdb: ${couch}`,
    );
}, 600_000);

async function config(): Promise<Config> {
    const lab = await inventory();
    const { address, hostKey } = lab.hosts.find(({ name }) => name === store) ?? {};
    const repository = { kind: "sftp", address, hostKey, user: "copies", folder: "/srv/copies" };
    const secrets = { backupsPassword: "of the copies", backupsPrivateKey: privateKey };
    return labConfig(lab, { backups: { repository } }, secrets);
}

const installPostgresql = () =>
    ask(
        data,
        "DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install postgresql >/dev/null 2>&1",
    );

const couch = "/opt/data/couchdb2";
const psql = (database: string) =>
    `runuser -u postgres -- psql -qXAt -v ON_ERROR_STOP=1 -d ${database}`;

const rows = `
create role commcarehq login password 'secret';
create database commcarehq owner commcarehq;
\\connect commcarehq
create table forms (id serial primary key, body text not null);
alter table forms owner to commcarehq;
insert into forms (body) select repeat(md5(g::text), 50) from generate_series(1, 20000) g;
create schema other;
create table other.cases (id int);
insert into other.cases select generate_series(1, 5);
`;

/** Everything that has to be the same afterwards: rows, who owns them, and a password. */
const fingerprint = async () =>
    Promise.all([
        ask(
            data,
            `cd /; ${psql("commcarehq")} -c "select count(*), md5(string_agg(id || body, ',' order by id)) from forms"`,
        ),
        ask(data, `cd /; ${psql("commcarehq")} -c "select count(*), sum(id) from other.cases"`),
        ask(
            data,
            `cd /; ${psql("commcarehq")} -c "select tableowner from pg_tables where tablename = 'forms'"`,
        ),
        ask(
            data,
            `cd /; ${psql("postgres")} -c "select rolpassword from pg_authid where rolname = 'commcarehq'"`,
        ),
    ]);

const ran = (unit: Parameters<typeof copies.ran>[1]) => copies.ran(data, unit);
const said = (unit: Parameters<typeof copies.said>[1]) => copies.said(data, unit);
const runs = () => ask(data, "steward-backups list | grep -o 'postgresql,run-.*,whole' || true");

let before: string[];

it("are made of what is on the host, off it, and say so of what is not there yet", async () => {
    before = await fingerprint();
    expect(before[0]).toMatch(/^20000\|[0-9a-f]{32}$/);
    const metrics = await ran("backup");
    expect(metrics).toMatchObject({
        "postgresql result": 1,
        "postgresql installed": 1,
        "couchdb result": 1,
        "shared-directory installed": 0,
    });
    expect(Object.keys(metrics)).not.toContain("shared-directory result");
    expect(metrics["postgresql seconds"]).toBeGreaterThan(Date.now() / 1_000 - 300);
    // What the other machine has is sealed.
    expect(await ask(store, "grep -rlF commcarehq /srv/copies/commcare/data-a1 || echo none")).toBe(
        "none",
    );
    expect(
        Number(await ask(store, "du -sk /srv/copies/commcare/data-a1 | cut -f 1")),
    ).toBeGreaterThan(100);
    expect(
        await ask(data, "systemctl is-active steward-backup.timer steward-restore-drill.timer"),
    ).toBe("active\nactive");
}, 240_000);

it("keep what opens them from postgres, whose processes could be asked", async () => {
    // A dump that waits for a table stays long enough to be looked at.
    const environment = await ask(
        data,
        `cd /
${psql("commcarehq")} -c "begin; lock table forms; select pg_sleep(10)" >/dev/null &
sleep 1
systemctl start --no-block steward-backup
timeout 60 sh -c 'until pgrep --exact pg_dump >/dev/null; do sleep 0.2; done'
tr '\\0' '\\n' </proc/$(pgrep --oldest --exact pg_dump)/environ
wait
while [ "$(systemctl is-active steward-backup)" = activating ]; do sleep 0.5; done`,
    );
    expect(environment).toMatch(/^PGPORT=/m);
    expect(environment).not.toMatch(/RESTIC|AWS/);
}, 120_000);

it("are made of what lies on a disk only while it is mounted", async () => {
    const sources = "/etc/steward/backups/sources";
    await ask(data, `sed -i.before 's|^couchdb.*|&${couch}|' ${sources}`);
    expect(await ran("backup")).toMatchObject({ "couchdb result": 0, "postgresql result": 1 });
    expect(await said("backup")).toContain(`no disk is mounted at ${couch}`);
    await ask(data, `mount --bind ${couch} ${couch}`);
    expect((await ran("backup"))["couchdb result"]).toBe(1);
    await ask(data, `umount ${couch}; mv ${sources}.before ${sources}`);
}, 240_000);

it("are not taken for copies when a dump broke off", async () => {
    const whole = await runs();
    const file = await ask(
        data,
        `cd /; ${psql("commcarehq")} -c "create table broken as select 1 as n; checkpoint; select pg_relation_filepath('broken')"`,
    );
    await ask(
        data,
        `mv /var/lib/postgresql/*/main/${file} /tmp/lost; systemctl restart postgresql@*-main`,
    );
    const metrics = await ran("backup");
    expect(metrics).toMatchObject({ "postgresql result": 0, "couchdb result": 1 });
    expect(await said("backup")).toContain("commcarehq.dump was not dumped whole");
    expect(await runs()).toBe(whole);
    await ask(data, `cd /; ${psql("commcarehq")} -c "drop table broken"`);
    expect((await ran("backup"))["postgresql result"]).toBe(1);
    // What was cut short is gone again: of each run that is left there is a whole copy.
    const left = await ask(
        data,
        "steward-backups list | grep -o 'postgresql,run-[0-9TZ]*' | sort -u | wc -l",
    );
    expect(left).toBe(String((await runs()).split("\n").length));
}, 240_000);

it("come back on trial, and nothing of the trial is left", async () => {
    const metrics = await ran("restore_drill");
    expect(await said("restore-drill")).not.toContain("steward-backups:");
    expect(metrics).toMatchObject({
        "postgresql result": 1,
        "postgresql items": 20_005,
        "couchdb result": 1,
        "couchdb items": 1,
    });
    expect(
        await ask(data, "ls /var/lib/steward-drill; pgrep -fc '[d]rill/postgresql' || true"),
    ).toBe("0");
}, 240_000);

it("come back on an empty disk, by the commands of docs/vms.md", async () => {
    await reset(data);
    expect((await up(folder, await config())).result.errors).toEqual([]);
    await installPostgresql();
    await ask(
        data,
        `useradd --system other; useradd --system couchdb; install -d -o couchdb -g couchdb ${couch}`,
    );
    // The empty server is not copied over what it has to become.
    expect((await ran("backup"))["postgresql result"]).toBe(0);
    expect(await said("backup")).toContain("steward-backups restore postgresql");
    expect(await ask(data, "steward-backups restore postgresql")).toMatch(
        /^postgresql is as it was at run-/,
    );
    expect(await fingerprint()).toEqual(before);
    await ask(data, "steward-backups restore couchdb");
    expect(
        await ask(
            data,
            `cat ${couch}/shards/a.couch; stat -c %U ${couch} ${couch}/shards/a.couch; ls -A ${couch}`,
        ),
    ).toBe("document\ncouchdb\ncouchdb\nshards");
    for (const service of ["postgresql", "couchdb"]) {
        await expect(ask(data, `steward-backups restore ${service}`)).rejects.toThrow(
            "nothing is overwritten",
        );
    }
    expect(await ran("backup")).toMatchObject({ "postgresql result": 1, "couchdb result": 1 });
}, 600_000);

it("are found damaged where the repository is", async () => {
    const good = await ran("restore_drill");
    expect(good).toMatchObject({ "postgresql result": 1, "couchdb result": 1 });
    // All over each pack: part of it may be of an older run alone, where two days are kept.
    await ask(
        store,
        `for pack in $(find /srv/copies/commcare/data-a1/data -type f -size +20k); do
    chmod u+w $pack
    for at in $(seq 2000 4000 $(($(stat -c %s $pack) - 4000))); do
        dd if=/dev/zero of=$pack bs=1 seek=$at count=64 conv=notrunc status=none
    done
done`,
    );
    const metrics = await ran("restore_drill");
    expect(metrics["postgresql result"]).toBe(0);
    expect(metrics["postgresql seconds"]).toBe(good["postgresql seconds"]);
    expect(await said("restore-drill")).toContain("not sound:");
}, 240_000);
