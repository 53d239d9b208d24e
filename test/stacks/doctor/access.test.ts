import { freePort } from "../../support/moto";
import { zonesCheck } from "../../../stacks/commands/doctor/checks/zones";
import { regionCheck } from "../../../stacks/commands/doctor/checks/region";
import { vpcsCheck } from "../../../stacks/commands/doctor/checks/vpcs";
import { account, pointAwsAt, signIn } from "./example-target";
import { caller, cloud, refusal, region, rows, Surgery, xml } from "./surgery";

/** Milliseconds: a server starts, and AWS clients load, beside other tests. */
jest.setTimeout(30_000);

const surgery = new Surgery();

describe("doctor, of an account that it cannot reach", () => {
    it("names missing credentials once, and skips what needs them", async () => {
        const { code, report } = await surgery.findings({}, cloud);
        expect(code).toBe(1);
        expect(rows(report)).toEqual([
            ["credentials", "lacking", "AWS credentials: none found that are valid now"],
            ["region", "skipped", "needs credentials of the account"],
            ["zones", "skipped", "needs credentials of the account"],
            ["vpcs", "skipped", "needs credentials of the account"],
        ]);
        expect(surgery.front.asked).toEqual([]);
    });

    it("says once that AWS does not answer", async () => {
        pointAwsAt(`http://127.0.0.1:${String(await freePort())}`);
        signIn();
        const { code, report } = await surgery.findings({}, cloud);
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
        surgery.front.answer = () => ({ status: 403, headers: xml, body });
        const { report } = await surgery.findings({}, cloud);
        expect(report.findings[0]?.message).toBe("AWS credentials: refused (InvalidClientTokenId)");
        expect(JSON.stringify(report)).not.toContain("AKIA");
    });

    it("asks nothing of another account than the stack's", async () => {
        signIn();
        surgery.front.answer = caller("210987654321");
        const { code, report } = await surgery.findings({}, cloud);
        expect(code).toBe(1);
        expect(rows(report)[0]).toEqual([
            "credentials",
            "lacking",
            "arn:aws:sts::210987654321:assumed-role/deployer/session, account 210987654321, " +
                `and the stack goes to account ${account}`,
        ]);
        expect(surgery.front.asked).toEqual(["POST / GetCallerIdentity"]);
    });

    it("asks nothing in a region that is off", async () => {
        signIn();
        surgery.front.answer = (question) =>
            caller(account)(question) ?? region("not-opted-in")(question);
        const { code, report } = await surgery.findings({}, [zonesCheck, regionCheck, vpcsCheck]);
        expect(code).toBe(1);
        expect(rows(report).map(([id, status]) => [id, status])).toEqual([
            ["credentials", "ok"],
            ["zones", "skipped"],
            ["region", "lacking"],
            ["vpcs", "skipped"],
        ]);
        expect(surgery.front.asked).toEqual(["POST / GetCallerIdentity", "POST / DescribeRegions"]);
    });

    it("warns of what the caller may not see, with the permission to ask for", async () => {
        signIn();
        const message =
            "You are not authorized to perform this operation. User: arn:aws:iam::1:user/session is not " +
            "authorized to perform: ec2:DescribeVpcs because no policy allows it";
        surgery.front.answer = (question) =>
            caller(account)(question) ??
            region("opted-in")(question) ??
            (question.operation === "DescribeVpcs"
                ? refusal("UnauthorizedOperation", message)
                : refusal("InternalError", "told nobody"));
        const { code, report } = await surgery.findings({}, cloud);
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
});
