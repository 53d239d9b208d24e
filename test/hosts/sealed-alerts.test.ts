import { setTimeout as sleep } from "node:timers/promises";
import { ports } from "../../components/platforms/vms/monitoring/names";
import type { Certificate } from "./certificates";
import { authority, trust } from "./certificates";
import { hurried } from "./hurried";
import { ask, inventory, reset } from "./laboratory";
import type { MailSink, Sealed } from "./mail-sink";
import { mailSink } from "./mail-sink";
import type { PostSink } from "./post-sink";
import { postSink } from "./post-sink";
import type { Config } from "./stack";
import { labConfig, stateFolder } from "./stack";
import type { Step } from "./steps";
import { perform, stepsOf } from "./steps";
import { soon } from "./waiting";

// Alerts and the sign of life as they leave the monitoring host: mail by STARTTLS with a password, posts by HTTPS, with
// certificates of an authority that the host was told to trust. Not proven: what anybody does with them.

const login = { username: "alerts", password: "of the relay" };
const [trusted, strange] = [stateFolder(), stateFolder()];
let gateway: string;
let good: Certificate;
let bad: Certificate;
let mail: MailSink;
let web: PostSink;

beforeAll(async () => {
    await reset("vm1");
    ({ gateway } = await inventory());
    const ca = await authority(trusted);
    await trust("vm1", ca);
    good = await ca.issue(gateway);
    bad = await (await authority(strange)).issue(gateway);
    mail = await mailSink(gateway, { certificate: good, ...login });
    web = await postSink(gateway, good);
    await perform("create", await steps(mail.port));
}, 400_000);

/** What has the monitoring host tell of things, by a relay at this port. */
async function steps(port: number): Promise<Step[]> {
    const relay = { host: gateway, port, username: login.username };
    const monitoring = { mail: relay, webhooks: ["operator"], heartbeat: true };
    const url = (path: string) => `https://${gateway}:${String(web.port)}/${path}`;
    const secrets = { smtpPassword: login.password, heartbeatUrl: url("life") };
    const config = labConfig(await inventory(), { monitoring }, secrets);
    const parties = config["steward:parties"] as Record<string, Config>;
    const operator = { ...parties["operator"], escalation: url("alerts") };
    const all = await stepsOf({ ...config, "steward:parties": { ...parties, operator } });
    return all.filter(({ name }) => name.startsWith("service-monitoring-front-a1-")).map(hurried);
}

afterAll(async () => {
    await mail.close();
    web.close();
});

/** Has Alertmanager tell the operator of something. */
const tell = (alert: string) =>
    ask(
        "vm1",
        `amtool --alertmanager.url=http://127.0.0.1:${String(ports.alertmanager)} alert add ${alert} owner_role=cluster-management owner_party=operator owner_layer=backups`,
    );

const told = (alert: string) => ({
    mailed: mail.mails.filter(({ text }) => text.includes(alert)).map(({ to }) => to),
    posted: web.posts.filter(({ body }) => body.includes(alert)).map(({ path }) => path),
});

/** What came in clear, but for greetings. */
const inClear = () => [...new Set(mail.clear.filter((line) => !/^(EHLO|QUIT)\b/.test(line)))];

/** Another relay in its place, or at another port. */
async function relay(sealed?: Omit<Sealed, keyof typeof login>, port = mail.port): Promise<void> {
    await mail.close();
    mail = await mailSink(
        gateway,
        sealed === undefined ? undefined : { ...sealed, ...login },
        port,
    );
}

it("reach their owner by TLS and with the password, and so does the sign of life", async () => {
    await tell("Sealed");
    const mailed = [["commcare-operations@example.org"]];
    await soon(() => told("Sealed"), { mailed, posted: ["/alerts"] });
    expect(inClear()).toEqual(["STARTTLS"]);
    // Prometheus says again each minute what it said before it knew of Alertmanager.
    await soon(() => web.posts.some(({ path }) => path === "/life"), true, 120);
}, 240_000);

it("go to nobody whose certificate is a stranger's", async () => {
    await relay({ certificate: bad });
    web.show(bad);
    await tell("Strange");
    await soon(inClear, ["STARTTLS"]);
    const log = "journalctl --unit prometheus-alertmanager --no-pager --output cat";
    const refused = async (how: string) =>
        (await ask("vm1", `${log} | grep -c '${how}.*unknown authority' || true`)) !== "0";
    await soon(() => refused("email"), true);
    await soon(() => refused("webhook"), true);
    expect(told("Strange")).toEqual({ mailed: [], posted: [] });
    expect(inClear()).toEqual(["STARTTLS"]);
    expect(await ask("vm1", `${log} | grep -c '${login.password}' || true`)).toBe("0");
}, 200_000);

it("go in clear to nobody", async () => {
    await relay();
    await tell("Clear");
    await soon(() => mail.clear.some((line) => line.startsWith("EHLO")), true);
    await sleep(3_000);
    expect([inClear(), told("Clear").mailed]).toEqual([[], []]);
}, 120_000);

it("reach them where the relay speaks TLS from the first byte", async () => {
    await relay({ certificate: good, atOnce: true }, 465);
    await perform(
        "create",
        (await steps(465)).filter(({ name }) => name.endsWith("-routes")),
    );
    await tell("AtOnce");
    await soon(() => told("AtOnce").mailed, [["commcare-operations@example.org"]]);
    expect(mail.clear).toEqual([]);
}, 120_000);
