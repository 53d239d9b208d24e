import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Check } from "../../../stacks/commands/doctor/check";
import { regionCheck } from "../../../stacks/commands/doctor/checks/region";
import { vpcsCheck } from "../../../stacks/commands/doctor/checks/vpcs";
import { zonesCheck } from "../../../stacks/commands/doctor/checks/zones";
import type { DoctorOptions } from "../../../stacks/commands/doctor/doctor";
import { hubChecks, runDoctor } from "../../../stacks/commands/doctor/doctor";
import type { Answer, AwsFront, Question } from "../../support/aws-front";
import { startAwsFront } from "../../support/aws-front";
import { exampleSpec, pointAwsAt } from "./example-target";

export interface Report {
    readonly stack: string | null;
    readonly result: string;
    readonly counts: Record<string, number>;
    readonly findings: readonly Record<"check" | "id" | "status" | "message" | "fix", string>[];
}

/** The region, and two checks that are skipped without it. */
export const cloud: readonly Check[] = [regionCheck, zonesCheck, vpcsCheck];

/** The doctor on a machine that knows nothing, before an AWS that answers what a test says. */
export class Surgery {
    readonly home = mkdtempSync(join(tmpdir(), "steward-doctor-"));
    #front: AwsFront | undefined;

    constructor() {
        beforeAll(async () => {
            this.#front = await startAwsFront();
        });
        beforeEach(() => {
            this.front.asked.length = 0;
            this.front.answer = () => undefined;
            pointAwsAt(this.front.url);
        });
        afterAll(async () => {
            rmSync(this.home, { recursive: true });
            await this.front.stop();
        });
    }

    get front(): AwsFront {
        if (this.#front === undefined) throw new Error("no AWS before the first test");
        return this.#front;
    }

    get env(): NodeJS.ProcessEnv {
        const { home } = this;
        return { ...process.env, HOME: home, PULUMI_HOME: home, STEWARD_CACHE: home };
    }

    async run(over: Partial<DoctorOptions> = {}, checks?: readonly Check[]) {
        const said: string[] = [];
        const options: DoctorOptions = {
            stack: "reef",
            spec: exampleSpec(),
            offline: false,
            skip: [],
            json: false,
            env: this.env,
            write: (text) => void said.push(text),
            ...over,
        };
        const code = await runDoctor(options, checks ?? hubChecks);
        return { code, text: said.join("") };
    }

    async findings(over: Partial<DoctorOptions>, checks?: readonly Check[]) {
        const { code, text } = await this.run({ json: true, ...over }, checks);
        return { code, report: JSON.parse(text) as Report };
    }
}

export const xml = { "content-type": "text/xml" };
// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
export const caller =
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
export const region =
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
export const refusal = (code: string, message: string): Answer => ({
    status: 403,
    headers: xml,
    body: `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`,
});
/** What was found, without what to do about it. */
export const rows = ({ findings: all }: Report) =>
    all.map(({ id, status, message }) => [id, status, message]);
