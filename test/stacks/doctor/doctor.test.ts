import { writeFileSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import {
    checkIds as skippable,
    commcareChecks,
    hubChecks,
    runDoctor,
} from "../../../stacks/commands/doctor/doctor";
import { freePort } from "../../support/moto";
import { account, pointAwsAt, signIn } from "./example-target";
import { machineTarget } from "./machine-target";
import type { Report } from "./surgery";
import { caller, cloud, rows, Surgery } from "./surgery";

/** Milliseconds: a server starts, and AWS clients load, beside other tests. */
jest.setTimeout(30_000);

const surgery = new Surgery();
const checkIds = ["credentials", ...hubChecks.map(({ id }) => id)];

describe("doctor", () => {
    it("opens no socket offline, and says of each check why it was skipped", async () => {
        signIn();
        const connect = jest.spyOn(Socket.prototype, "connect");
        pointAwsAt(`http://127.0.0.1:${String(await freePort())}`);
        connect.mockClear();
        const { report } = await surgery.findings({ offline: true });
        const opened = connect.mock.calls.length;
        connect.mockRestore();
        expect(opened).toBe(0);
        const machine = ["node", "engine", "language-host", "plugins", "aws-cli", "backend"];
        const skipped = report.findings.filter(({ status }) => status === "skipped");
        expect(skipped.map(({ check, message }) => [check, message])).toEqual(
            checkIds
                .filter((id) => !machine.includes(id))
                .sort(
                    // Credentials stand behind the machine, where they are asked for.
                    (one, other) => order(one) - order(other),
                )
                .map((id) => [id, "needs the network"]),
        );
        expect(new Set(report.findings.map(({ check }) => check))).toEqual(new Set(checkIds));
    });

    it("asks of a stack of CommCare what machines need, and nothing of Kubernetes", async () => {
        const said: string[] = [];
        await runDoctor(
            {
                stack: "commcare-aws",
                spec: machineTarget().spec,
                offline: true,
                skip: [],
                json: true,
                env: surgery.env,
                write: (text) => void said.push(text),
            },
            commcareChecks,
        );
        const { findings } = JSON.parse(said.join("")) as Report;
        const asked = new Set(findings.map(({ check }) => check));
        expect([...asked].sort()).toEqual(
            ["credentials", ...commcareChecks.map(({ id }) => id)].sort(),
        );
        const hubsOnly = ["clusters", "node-groups", "kubernetes-version", "existing-cluster"];
        expect(hubsOnly.filter((id) => asked.has(id))).toEqual([]);
        expect([...asked].filter((id) => !skippable.includes(id))).toEqual([]);
    });

    it("leaves out what --skip names; without the region's check its zones are still asked for", async () => {
        signIn();
        surgery.front.answer = caller(account);
        const { report } = await surgery.findings({ skip: ["region", "vpcs"] }, cloud);
        expect(rows(report).map(([id, status, message]) => [id, status, message])).toEqual([
            [
                "credentials",
                "ok",
                `arn:aws:sts::${account}:assumed-role/deployer/session, account ${account}`,
            ],
            ["region", "skipped", "left out by --skip"],
            ["zones", "warning", expect.stringContaining("not checked")],
            ["vpcs", "skipped", "left out by --skip"],
        ]);
        const without = await surgery.findings({ skip: ["credentials"] }, cloud);
        expect(without.report.counts).toEqual({ ok: 0, lacking: 0, warning: 0, skipped: 4 });
    });

    it("does not overlook a misspelt --skip", async () => {
        const { code, report } = await surgery.findings({ skip: ["zone"], offline: true }, cloud);
        expect(code).toBe(1);
        expect(report.findings[0]?.message).toBe("no check is called zone");
    });

    it("looks at the machine and the credentials alone without a stack", async () => {
        signIn();
        surgery.front.answer = caller("210987654321");
        const { report } = await surgery.findings({ stack: undefined, spec: undefined }, cloud);
        expect(report.stack).toBeNull();
        expect(rows(report).map(([id, status, message]) => [id, status, message])).toEqual([
            [
                "credentials",
                "ok",
                "arn:aws:sts::210987654321:assumed-role/deployer/session, account 210987654321",
            ],
            ["region", "skipped", "no stack was named"],
            ["zones", "skipped", "no stack was named"],
            ["vpcs", "skipped", "no stack was named"],
        ]);
    });

    it("prints each finding as a line, then a table and the sums", async () => {
        const { text } = await surgery.run({}, cloud);
        const lines = text.split("\n");
        expect(lines[0]).toBe(
            "lacking   credentials: AWS credentials: none found that are valid now; " +
                "sign in (aws sso login, aws configure, or AWS_PROFILE)",
        );
        expect(lines.slice(1)).toEqual([
            "skipped   region, zones, vpcs: needs credentials of the account; see credentials",
            "",
            "  AWS credentials     lacking",
            "  Region              skipped",
            "  Availability zones  skipped",
            "  VPCs                skipped",
            "",
            "1 lacking, 3 skipped",
            "",
        ]);
    });

    it("prints no secret", async () => {
        signIn();
        const secrets = ["pul-secret", "s3cret", "wJalrXUtnFEMI", "open-sesame"];
        process.env["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMI";
        const tokens = { current: "https://api.pulumi.com", accessTokens: { a: "pul-secret" } };
        writeFileSync(join(surgery.home, "credentials.json"), JSON.stringify(tokens));
        const PULUMI_BACKEND_URL = "postgres://session:s3cret@db/states";
        const secretEnv = {
            ...surgery.env,
            PULUMI_BACKEND_URL,
            PULUMI_CONFIG_PASSPHRASE: "open-sesame",
        };
        const { text } = await surgery.run({ env: secretEnv, skip: ["domains", "engine"] });
        expect(text).toContain("state is kept in postgres://db/states");
        for (const secret of [...secrets, "AKIA"]) expect(text).not.toContain(secret);
    });
});

const order = (id: string): number => (id === "credentials" ? -1 : checkIds.indexOf(id));
