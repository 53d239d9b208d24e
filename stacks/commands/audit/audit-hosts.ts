import { randomBytes } from "node:crypto";
import type { Client } from "ssh2";
import type { Matrix } from "../../../components/model/matrix";
import { dial } from "../../../ssh/dial";
import { SshFailure, Unreached } from "../../../ssh/failure";
import type { Login } from "../../../ssh/login";
import { runOn } from "../../../ssh/run";
import type { Check, Drift } from "./check";
import { checks } from "./checks";
import type { Finding } from "./finding";
import { findingOf } from "./finding";
import { answersIn, momentOf, scriptOf } from "./script";
import type { WantedHost } from "./wanted";

/** What was found on one host. */
export interface Audited {
    readonly host: string;
    readonly answered: boolean;
    readonly findings: readonly Finding[];
}

type Found = readonly [check: string, drift: Drift];

/**
 * Looks at one host: by one connection, and over it one script as whoever comes in and one as root, at the same time.
 * Nothing on the host is changed. A host that does not answer is a finding too.
 */
export async function auditHost(
    wanted: WantedHost,
    login: Login,
    matrix: Matrix,
): Promise<Audited> {
    const { name: host } = wanted;
    const audited = (answered: boolean, found: readonly Found[]): Audited => ({
        host,
        answered,
        findings: found.map(([check, drift]) => findingOf(check, host, drift, matrix)),
    });
    try {
        const line = await dial(login);
        try {
            const asked = await Promise.all([
                askAs("anybody", wanted, line.client, login),
                askAs("root", wanted, line.client, login),
            ]);
            const found = asked.flat();
            const place = (check: string) => checks.findIndex(({ id }) => id === check);
            return audited(
                true,
                found.sort(([one], [other]) => place(one) - place(other)),
            );
        } finally {
            line.close();
        }
    } catch (error) {
        if (!(error instanceof Unreached)) throw error;
        return audited(false, [["reached", unreached(error)]]);
    }
}

async function askAs(
    who: "anybody" | "root",
    wanted: WantedHost,
    client: Client,
    login: Login,
): Promise<Found[]> {
    const own = checks.filter(({ asRoot }) => (asRoot === true) === (who === "root"));
    const mark = randomBytes(12).toString("hex");
    const command = who === "root" && login.user !== "root" ? "sudo -n sh" : "sh";
    const stdin = scriptOf(own, wanted, mark);
    const asked = Date.now();
    try {
        const order = { login, command, stdin, environment: {}, previous: {} };
        const { stdout } = await runOn(client, order);
        const answers = answersIn(stdout, mark);
        const moment = momentOf(answers, asked, Date.now());
        return own.flatMap((check) => {
            const { said, failed } = answers.byCheck.get(check.id) ?? { said: "", failed: true };
            const drifts = failed ? [unknown(check, said)] : check.judge(said, wanted, moment);
            return drifts.map((drift): Found => [check.id, drift]);
        });
    } catch (error) {
        if (!(error instanceof SshFailure) || error instanceof Unreached) throw error;
        return [["reached", refused(error, who, login)]];
    }
}

const unreached = ({ message }: Error): Drift => ({
    layer: "hosting",
    is: message,
    should: "entered by SSH",
    fix: "look whether it is on and on the network, and whether its key in the stack file is its own",
});

const unknown = ({ id, layer }: Check, said: string): Drift => ({
    layer,
    is: `the host does not say (${id}): ${said.trim() || "no answer"}`,
    should: "an answer",
    fix: "correct what it says",
});

const refused = ({ message }: Error, who: string, { user }: Login): Drift => ({
    layer: "operating-system",
    is: `${message}; what only ${who} may read is not known`,
    should: `${user} may \`sudo\` without a password`,
    fix: "give the right back on the host",
});
