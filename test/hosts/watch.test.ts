import { ports } from "../../components/platforms/vms/monitoring/names";
import { quote } from "../../components/platforms/vms/shell";
import { authority } from "./certificates";
import { hurried } from "./hurried";
import { ask, cut, heal, inventory, reset } from "./laboratory";
import type { MailSink } from "./mail-sink";
import { mailSink } from "./mail-sink";
import { labConfig, stateFolder } from "./stack";
import type { Step } from "./steps";
import { perform, stepsOf } from "./steps";
import { soon } from "./waiting";

// Monitoring on hosts, with Prometheus and Alertmanager from the distribution and real mail. Minutes of waiting are
// seconds here, and nothing else of what the stack asks for is changed.

const authorities = stateFolder();
let sink: MailSink;
let steps: Step[];

const layers = (step: Step) => /^(network|service-monitoring)-/.test(step.name);

beforeAll(async () => {
    await reset("vm1", "vm2", "vm3");
    const lab = await inventory();
    sink = await mailSink(lab.gateway);
    const mail = { host: lab.gateway, port: sink.port, tls: false };
    steps = (await stepsOf(labConfig(lab, { monitoring: { mail } }))).filter(layers).map(hurried);
    const of = (machine: string) => steps.filter(({ name }) => name.includes(`-${machine}-`));
    await Promise.all(["front-a1", "app-a1", "data-a1"].map((each) => perform("create", of(each))));
}, 400_000);

afterAll(() => sink.close());

/** A host's answer to a request for a page, or `no answer`. Hosts have no curl. */
const fetched = (host: string, url: string) =>
    ask(host, `python3 -c ${quote(fetcher)} ${quote(url)}`);

const fetcher = `
import sys, urllib.request
try: print(urllib.request.urlopen(sys.argv[1], timeout=3).read().decode())
except OSError: print("no answer")
`;

/** What Prometheus answers, as `label value` of each series. */
async function query(expr: string, label: string): Promise<string[]> {
    const url = `http://127.0.0.1:${String(ports.prometheus)}/api/v1/query`;
    const said = await fetched("vm1", `${url}?query=${encodeURIComponent(expr)}`);
    const { data } = JSON.parse(said) as {
        data: { result: { metric: Record<string, string>; value: [number, string] }[] };
    };
    return data.result
        .map(({ metric, value }) => `${metric[label] ?? ""} ${value[1]}`)
        .sort((one, other) => one.localeCompare(other));
}

const everyHost = (value: string) =>
    ["app-a1", "data-a1", "front-a1"].map((each) => `${each} ${value}`);

it("asks every host for its measurements and by a ping", async () => {
    await soon(() => query('up{job="hosts"}', "host"), everyHost("1"));
    await soon(() => query('probe_success{job="reach"}', "host"), everyHost("1"));
    expect(await query('up{job!~"hosts|reach|site"}', "job")).toEqual([
        "alertmanager 1",
        "probes 1",
        "prometheus 1",
    ]);
}, 150_000);

it("says all there is nothing to do for, the second time", async () => {
    const said = await perform("create", steps);
    expect(Object.entries(said).filter(([, word]) => word !== "unchanged")).toEqual([]);
}, 120_000);

it("listens on loopback alone, but for the exporter, which only the monitoring host reaches", async () => {
    const listening = "ss -Htln | awk '{print $4}' | grep -E ':(90|91)[0-9]+$' | sort";
    expect((await ask("vm1", listening)).split("\n")).toEqual([
        "*:9101",
        "127.0.0.1:9090",
        "127.0.0.1:9093",
        "127.0.0.1:9115",
    ]);
    const lab = await inventory();
    const metrics = `http://${lab.hosts[2]?.address ?? ""}:9101/metrics`;
    expect(await fetched("vm1", metrics)).toContain("node_memory_MemAvailable_bytes");
    expect(await fetched("vm2", metrics)).toBe("no answer");
}, 60_000);

it("measures which patches are lacking, and knows which unit failed and whose it is", async () => {
    await ask("vm2", "systemctl start steward-measure");
    const pending = await ask(
        "vm2",
        "apt-get --simulate --with-new-pkgs upgrade | grep -c '^Inst .*Security' || true",
    );
    await soon(
        () => query('steward_security_updates_pending{host="app-a1"}', "host"),
        [`app-a1 ${pending}`],
    );
    await ask("vm2", "systemd-run --quiet --unit steward-backup-trial false");
    const failed = 'ALERTS{alertname="UnitFailed",name="steward-backup-trial.service"}';
    await soon(() => query(failed, "owner_layer"), ["backups 1"]);
}, 150_000);

it("asks for the site at the proxy, and tells of a certificate that ends and of a site that is gone", async () => {
    const ca = await authority(authorities);
    const { hosts } = await inventory();
    const { key, cert } = await ca.issue(hosts[0]?.address ?? ""); // for a day
    const write = (file: string, text: string) =>
        `echo ${Buffer.from(text).toString("base64")} | base64 -d >${file}`;
    await soon(() => query('probe_success{job="site"}', "host"), ["front-a1 0"]);
    await ask(
        "vm1",
        `export DEBIAN_FRONTEND=noninteractive
apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 install nginx-light >/dev/null 2>&1
umask 077; ${write("/etc/nginx/key", key)}; ${write("/etc/nginx/cert", cert)}
${write("/etc/nginx/conf.d/site.conf", site)}
systemctl restart nginx`,
    );
    await soon(() => query('probe_success{job="site"}', "host"), ["front-a1 1"]);
    const alert = (name: string) => query(`ALERTS{alertname="${name}",alertstate="firing"}`, layer);
    const layer = "owner_layer";
    await soon(() => alert("CertificateEnds"), ["dns-tls 1"]);
    expect(await alert("SiteDown")).toEqual([]);
    await ask("vm1", "systemctl stop nginx");
    await soon(() => alert("SiteDown"), ["app-services 1"]);
}, 240_000);

const site = `server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/cert;
    ssl_certificate_key /etc/nginx/key;
    location / { return 200; }
}
`;

it("mails a host that is cut off to whoever repairs machines, and nobody else, and its return too", async () => {
    const about = (word: string) => () =>
        sink.mails
            .filter(({ text }) => text.includes(`Subject: ${word}: HostDown`))
            .map(({ to }) => to);
    expect(about("FIRING")()).toEqual([]);
    await cut("vm3");
    await soon(about("FIRING"), [["datacentre@example.org"]]);
    const [mail] = sink.mails.filter(({ text }) => text.includes("HostDown"));
    expect(mail?.text).toContain("data-a1 does not answer");
    expect(mail?.text).toContain("hardware-support belongs to the infrastructure-provider");
    expect(await query('ALERTS{alertname="HostDown"}', "owner_role")).toEqual([
        "infrastructure-provider 1",
    ]);
    await heal("vm3");
    await soon(() => query('up{job="hosts"}', "host"), everyHost("1"));
}, 200_000);
