import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Check } from "../../../stacks/commands/doctor/check";
import type { DoctorOptions } from "../../../stacks/commands/doctor/doctor";
import { checkIds, runDoctor } from "../../../stacks/commands/doctor/doctor";
import { regionCheck } from "../../../stacks/commands/doctor/checks/region";
import { vpcsCheck } from "../../../stacks/commands/doctor/checks/vpcs";
import { zonesCheck } from "../../../stacks/commands/doctor/checks/zones";
import type { Answer, AwsFront, Question } from "../../support/aws-front";
import { startAwsFront } from "../../support/aws-front";
import { freePort } from "../../support/moto";
import { account, exampleSpec, pointAwsAt, signIn } from "./example-target";

/** Milliseconds: a server starts, and AWS clients load, beside other tests. */
jest.setTimeout(30_000);

interface Report {
    readonly stack: string | null;
    readonly result: string;
    readonly counts: Record<string, number>;
    readonly findings: readonly Record<"check" | "id" | "status" | "message" | "fix", string>[];
}

const home = mkdtempSync(join(tmpdir(), "steward-doctor-"));
let front: AwsFront;
beforeAll(async () => {
    front = await startAwsFront();
});
beforeEach(() => {
    front.asked.length = 0;
    front.answer = () => undefined;
    pointAwsAt(front.url);
});
afterAll(async () => {
    rmSync(home, { recursive: true });
    await front.stop();
});

const env = (): NodeJS.ProcessEnv => ({
    ...process.env,
    HOME: home,
    PULUMI_HOME: home,
    STEWARD_CACHE: home,
});

async function run(over: Partial<DoctorOptions> = {}, checks?: readonly Check[]) {
    const said: string[] = [];
    const options: DoctorOptions = {
        stack: "reef",
        spec: exampleSpec(),
        offline: false,
        skip: [],
        json: false,
        env: env(),
        write: (text) => void said.push(text),
        ...over,
    };
    const code = await (checks === undefined ? runDoctor(options) : runDoctor(options, checks));
    return { code, text: said.join("") };
}

async function findings(over: Partial<DoctorOptions>, checks?: readonly Check[]) {
    const { code, text } = await run({ json: true, ...over }, checks);
    return { code, report: JSON.parse(text) as Report };
}

const xml = { "content-type": "text/xml" };
// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
const caller =
    (number: string) =>
    (question: Question): Answer | undefined =>
        question.operation !== "GetCallerIdentity"
            ? undefined
            : {
                  headers: xml,
                  body:
                      `<GetCallerIdentityResponse><GetCallerIdentityResult>` +
                      `<Arn>arn:aws:sts::${number}:assumed-role/deployer/session</Arn>` +
                      `<UserId>AROA:session</UserId><Account>${number}</Account>` +
                      `</GetCallerIdentityResult></GetCallerIdentityResponse>`,
              };
const region =
    (status: string) =>
    (question: Question): Answer | undefined =>
        // Without AllRegions a region that is off is left out of the answer.
        question.operation !== "DescribeRegions" || !question.body.includes("AllRegions=true")
            ? undefined
            : {
                  headers: xml,
                  body:
                      `<DescribeRegionsResponse><regionInfo><item><regionName>us-east-2</regionName>` +
                      `<optInStatus>${status}</optInStatus></item></regionInfo></DescribeRegionsResponse>`,
              };
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
const refusal = (code: string, message: string): Answer => ({
    status: 403,
    headers: xml,
    body: `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`,
});
const cloud = [regionCheck, zonesCheck, vpcsCheck];
const rows = ({ findings: all }: Report) =>
    all.map(({ id, status, message }) => [id, status, message]);

describe("doctor", () => {
    it("opens no socket offline, and says of each check why it was skipped", async () => {
        signIn();
        const connect = jest.spyOn(Socket.prototype, "connect");
        pointAwsAt(`http://127.0.0.1:${String(await freePort())}`);
        connect.mockClear();
        const { report } = await findings({ offline: true });
        const opened = connect.mock.calls.length;
        connect.mockRestore();
        expect(opened).toBe(0);
        const machine = ["node", "engine", "plugins", "aws-cli", "backend"];
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

    it("names missing credentials once, and skips what needs them", async () => {
        const { code, report } = await findings({}, cloud);
        expect(code).toBe(1);
        expect(rows(report)).toEqual([
            ["credentials", "lacking", "AWS credentials: none found that are valid now"],
            ["region", "skipped", "needs credentials of the account"],
            ["zones", "skipped", "needs credentials of the account"],
            ["vpcs", "skipped", "needs credentials of the account"],
        ]);
        expect(front.asked).toEqual([]);
    });

    it("says once that AWS does not answer", async () => {
        pointAwsAt(`http://127.0.0.1:${String(await freePort())}`);
        signIn();
        const { code, report } = await findings({}, cloud);
        expect(code).toBe(1);
        expect(report.findings[0]).toEqual({
            check: "credentials",
            id: "credentials",
            status: "lacking",
            message: "AWS does not answer",
            fix: "look at the network and the proxy, or stay on this machine with --offline",
        });
        expect(report.counts).toEqual({ ok: 0, lacking: 1, warning: 0, skipped: 3 });
    });

    it("says which credentials are refused, without their text", async () => {
        signIn();
        const body =
            `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code>` +
            `<Message>The token AKIAIOSFODNN7EXAMPLE is not known</Message></Error></ErrorResponse>`;
        front.answer = () => ({ status: 403, headers: xml, body });
        const { report } = await findings({}, cloud);
        expect(report.findings[0]?.message).toBe("AWS credentials: refused (InvalidClientTokenId)");
        expect(JSON.stringify(report)).not.toContain("AKIA");
    });

    it("asks nothing of another account than the stack's", async () => {
        signIn();
        front.answer = caller("210987654321");
        const { code, report } = await findings({}, cloud);
        expect(code).toBe(1);
        expect(rows(report)[0]).toEqual([
            "credentials",
            "lacking",
            "arn:aws:sts::210987654321:assumed-role/deployer/session, account 210987654321, " +
                `and the stack goes to account ${account}`,
        ]);
        expect(front.asked).toEqual(["POST / GetCallerIdentity"]);
    });

    it("asks nothing in a region that is off", async () => {
        signIn();
        front.answer = (question) => caller(account)(question) ?? region("not-opted-in")(question);
        const { code, report } = await findings({}, [zonesCheck, regionCheck, vpcsCheck]);
        expect(code).toBe(1);
        expect(rows(report).map(([id, status]) => [id, status])).toEqual([
            ["credentials", "ok"],
            ["zones", "skipped"],
            ["region", "lacking"],
            ["vpcs", "skipped"],
        ]);
        expect(front.asked).toEqual(["POST / GetCallerIdentity", "POST / DescribeRegions"]);
    });

    it("warns of what the caller may not see, with the permission to ask for", async () => {
        signIn();
        const message =
            "You are not authorized to perform this operation. User: arn:aws:iam::1:user/session is not " +
            "authorized to perform: ec2:DescribeVpcs because no policy allows it";
        front.answer = (question) =>
            caller(account)(question) ??
            region("opted-in")(question) ??
            (question.operation === "DescribeVpcs"
                ? refusal("UnauthorizedOperation", message)
                : refusal("InternalError", "told nobody"));
        const { code, report } = await findings({}, cloud);
        expect(code).toBe(0);
        expect(report.result).toBe("succeeded");
        expect(report.findings.slice(2)).toEqual([
            {
                check: "zones",
                id: "zones",
                status: "warning",
                message: "not checked, the answer was InternalError",
                fix: "try again, or leave it out with --skip zones",
            },
            {
                check: "vpcs",
                id: "vpcs",
                status: "warning",
                message: "not checked, the answer was UnauthorizedOperation",
                fix: "allow the caller ec2:DescribeVpcs, or leave it out with --skip vpcs",
            },
        ]);
    });

    it("leaves out what --skip names; without the region's check its zones are still asked for", async () => {
        signIn();
        front.answer = caller(account);
        const { report } = await findings({ skip: ["region", "vpcs"] }, cloud);
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
        const without = await findings({ skip: ["credentials"] }, cloud);
        expect(without.report.counts).toEqual({ ok: 0, lacking: 0, warning: 0, skipped: 4 });
    });

    it("does not overlook a misspelt --skip", async () => {
        const { code, report } = await findings({ skip: ["zone"], offline: true }, cloud);
        expect(code).toBe(1);
        expect(report.findings[0]?.message).toBe("no check is called zone");
    });

    it("looks at the machine and the credentials alone without a stack", async () => {
        signIn();
        front.answer = caller("210987654321");
        const { report } = await findings({ stack: undefined, spec: undefined }, cloud);
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
        const { text } = await run({}, cloud);
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
        writeFileSync(join(home, "credentials.json"), JSON.stringify(tokens));
        const PULUMI_BACKEND_URL = "postgres://session:s3cret@db/states";
        const secretEnv = { ...env(), PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE: "open-sesame" };
        const { text } = await run({ env: secretEnv, skip: ["domains", "engine"] });
        expect(text).toContain("state is kept in postgres://db/states");
        for (const secret of [...secrets, "AKIA"]) expect(text).not.toContain(secret);
    });
});

const order = (id: string): number => (id === "credentials" ? -1 : checkIds.indexOf(id));
