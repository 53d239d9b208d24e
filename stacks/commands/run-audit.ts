import type { Problem } from "../../components/model/problem";
import { wordProblem } from "../../components/model/problem";
import type { OnlyVms } from "../../components/model/spec";
import { isOnVms } from "../../components/model/spec";
import { entrance } from "../../components/platforms/vms/entrance";
import { progressOn } from "../../rehearsal/progress";
import type { Login } from "../../ssh/login";
import type { Audited } from "./audit/audit-hosts";
import { auditHost } from "./audit/audit-hosts";
import type { Finding } from "./audit/finding";
import { privateKeyOf } from "./audit/private-key";
import { wantedHosts } from "./audit/wanted";
import { wordFindings } from "./audit/wording";
import { refusedResult, wordRefusal } from "./refuse";
import type { Result } from "./result";
import { exitCodeOf } from "./result";
import type { StackFile } from "./stack-file";
import { readStackFile } from "./stack-file";

export interface AuditOptions {
    readonly vms?: boolean;
    readonly stackFile?: string;
    readonly json?: boolean;
}

/** The JSON of an audit; one that did not take place has everything that a refusal has. */
interface AuditResult extends Pick<
    Result,
    "stack" | "workload" | "platform" | "result" | "errors"
> {
    readonly hosts?: readonly Pick<Audited, "host" | "answered">[];
    readonly findings?: readonly Finding[];
}

/**
 * Looks at what runs, and says what is otherwise than the stack file has it, and who answers for that. It changes
 * nothing.
 *
 * @returns 0 nothing is; 1 it could not be looked at; 2 the stack file or the arguments are wrong; 3 something is
 * otherwise, a host that does not answer among it.
 */
export async function audit(stack: string, options: AuditOptions): Promise<number> {
    const read = { file: options.stackFile, reservedContacts: "allowed", now: new Date() } as const;
    const file = readStackFile(stack, read);
    const { spec } = file;
    if (file.problems.length > 0 || file.gaps.length > 0) {
        process.stderr.write(wordRefusal(file));
        return said(refusedResult(file), options);
    }
    if (options.vms !== true || spec === undefined || !isOnVms(spec)) {
        const message = options.vms === true ? "has no hosts of its own" : "is looked at nowhere";
        const fix = "name a stack of `platform: vms`, and --vms";
        return refuse(file, "invalid", { path: stack, message, fix }, options);
    }
    const { key } = spec.platform.vms;
    const secret = key === "agent" ? { key: undefined } : await privateKeyOf(file);
    if ("problem" in secret) return refuse(file, "failed", secret.problem, options);
    const audited = await lookAt(stack, spec, secret.key);
    const findings = audited.flatMap((each) => each.findings);
    if (options.json !== true) {
        const { matrix } = spec;
        const text = wordFindings(stack, audited.length, findings, matrix, process.stdout);
        process.stdout.write(text);
    }
    const { workload, platform } = refusedResult(file);
    const result = findings.length === 0 ? "succeeded" : "blocked";
    const hosts = audited.map(({ host, answered }) => ({ host, answered }));
    return said({ stack, workload, platform, result, hosts, findings, errors: [] }, options);
}

async function lookAt(
    stack: string,
    spec: OnlyVms,
    privateKey: string | undefined,
): Promise<Audited[]> {
    const hosts = wantedHosts(spec, stack);
    const progress = progressOn();
    progress.step(`Looking at ${String(hosts.length)} hosts of ${stack}`);
    let answered = 0;
    const all = hosts.map(async (wanted) => {
        const login = withAgent(entrance(wanted.name, spec.platform.vms, privateKey));
        const audited = await auditHost(wanted, login, spec.matrix);
        answered += 1;
        progress.update(answered / hosts.length, wanted.name);
        return audited;
    });
    const audited = await Promise.all(all);
    progress.done(`Looked at ${String(hosts.length)} hosts of ${stack}`);
    return audited;
}

/** Without a key of its own a host is entered by whatever the SSH agent has. */
function withAgent(login: Login): Login {
    const agent = process.env["SSH_AUTH_SOCK"];
    if (login.privateKey !== undefined || agent === undefined || agent === "") return login;
    const { proxy } = login;
    return { ...login, agent, ...(proxy === undefined ? {} : { proxy: withAgent(proxy) }) };
}

function refuse(
    file: StackFile,
    result: "invalid" | "failed",
    problem: Problem,
    options: AuditOptions,
): number {
    process.stderr.write(`${wordProblem(problem)}\n`);
    return said({ ...refusedResult(file), result, errors: [problem] }, options);
}

function said(result: AuditResult, { json }: AuditOptions): number {
    if (json === true) process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    return exitCodeOf(result);
}
