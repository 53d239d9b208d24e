import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { checkEnvironment } from "../../components/workloads/commcare/environment/check-environment";
import type { Environment } from "../../components/workloads/commcare/environment/environment";
import { environmentOf } from "../../components/workloads/commcare/environment/environment";
import { filesOf } from "../../components/workloads/commcare/environment/files";
import { plannedAddresses } from "../../components/workloads/commcare/environment/input";
import { handOverOf } from "../../components/platforms/hand-overs";
import {
    encryptVault,
    randomText,
} from "../../components/workloads/commcare/environment/ansible-vault";
import { vaultContent } from "../../components/workloads/commcare/environment/vault";
import {
    endingSupport,
    running,
    wordEndingSupport,
} from "../../components/model/commcare/ending-support";
import { secretsPrefix } from "../../components/model/commcare/secret-names";
import { ownerOf } from "../../components/model/matrix";
import type { Problem } from "../../components/model/problem";
import type { AnyCommcareSpec } from "../../components/model/spec";
import { isCommcare, isOnVms } from "../../components/model/spec";
import { readAddresses } from "./environment/addresses";
import type { Written } from "./environment/write";
import { writeFiles } from "./environment/write";
import { sayRefused } from "./refuse";
import { readStackFile } from "./stack-file";

export interface EnvironmentOptions {
    readonly out: string;
    readonly stackFile?: string;
    readonly addresses?: string;
    readonly json?: boolean;
}

/**
 * Writes the environment that commcare-cloud installs a stack from. What is there already and differs stays: nothing
 * is written then.
 *
 * @returns 0 written, or there as it is; 2 the stack file, the addresses or the directory are wrong; 3 a layer has no
 * owner.
 */
export function environment(stack: string, options: EnvironmentOptions): number {
    const read = { file: options.stackFile, reservedContacts: "allowed", now: new Date() } as const;
    const file = readStackFile(stack, read);
    const { spec, gaps } = file;
    const commcare = spec === undefined || !isCommcare(spec) ? undefined : spec;
    if (commcare === undefined) {
        const other: Problem = {
            path: "steward:cluster.workload",
            message: `${file.spec?.workload.kind ?? "this"} has no environment of commcare-cloud`,
            fix: "name a stack of CommCare",
        };
        const problems = file.spec === undefined ? [...file.problems, ...gaps] : [other];
        return refuse(
            stack,
            options,
            problems,
            file.problems.length > 0 || gaps.length === 0 ? 2 : 3,
        );
    }
    if (gaps.length > 0) return refuse(stack, options, gaps, 3);
    const { addresses, problems } = addressesOf(commcare, options.addresses);
    if (addresses === undefined) return refuse(stack, options, problems, 2);
    const made = environmentOf({ spec: commcare, addresses, hosts: handOverOf(commcare).hosts });
    const wrong = checkEnvironment(made);
    if (wrong.length > 0) return refuse(stack, options, wrong, 2);
    const written = writeFiles(resolve(options.out), made.name, filesOf(made), vaultOf(made));
    if ("problems" in written) return refuse(stack, options, written.problems, 2);
    report(stack, options, made, written, endingWords(commcare, read.now));
    return 0;
}

function addressesOf(spec: AnyCommcareSpec, path: string | undefined) {
    if (path === undefined) return { addresses: plannedAddresses(spec), problems: [] };
    if (isOnVms(spec)) {
        const message = "is of no use here: the stack file has every address";
        return {
            addresses: undefined,
            problems: [{ path, message, fix: "leave --addresses out" }],
        };
    }
    let text: string;
    try {
        text = readFileSync(path, "utf8");
    } catch (error) {
        const message = `cannot be read (${String((error as NodeJS.ErrnoException).code)})`;
        const fix = "write it with `pulumi stack output addresses --json`";
        return { addresses: undefined, problems: [{ path, message, fix }] };
    }
    return readAddresses(path, text, spec.workload.plan);
}

/** The encrypted vault, where commcare-cloud reads one; made only when it is to be written: each call makes new secrets. */
function vaultOf(made: Environment): (() => string) | undefined {
    if (made.aws !== undefined) return undefined;
    const password = process.env["STEWARD_VAULT_PASSWORD"];
    if (password === undefined || password === "") return undefined;
    return () => encryptVault(vaultContent(made, randomText), password);
}

/** What the cluster would run that nobody mends, or soon nobody will: by the cloud's calendar where the cloud runs it. */
function endingWords(spec: AnyCommcareSpec, now: Date): string[] {
    const { matrix, platform, workload } = spec;
    const { plan } = workload;
    const { present, inCloud } = running(plan.machines.flatMap(({ services: placed }) => placed));
    return endingSupport(present, now, inCloud, platform.kind).map((each) => {
        const owner = ownerOf(matrix, each.layer);
        const party = owner === undefined ? each.layer : matrix.parties[owner.party]?.name;
        return `${wordEndingSupport(each)}: ${party ?? each.layer}`;
    });
}

function report(
    stack: string,
    { json, out, addresses }: EnvironmentOptions,
    { name, inventory, aws, knownHosts }: Environment,
    { files, unchanged, vault }: Written,
    warnings: readonly string[],
): void {
    const result = unchanged ? "unchanged" : "succeeded";
    if (json === true) {
        const hosts = inventory.hosts.length;
        const said = { stack, result, environment: name, directory: out, hosts, files, vault };
        process.stdout.write(
            `${JSON.stringify({ ...said, warnings, errors: [] }, undefined, 2)}\n`,
        );
        return;
    }
    const count = inventory.hosts.length;
    const counted = count === 1 ? "1 host" : `${String(count)} hosts`;
    const lines = [
        unchanged
            ? `The environment ${name} in ${out} is as the stack file says.`
            : `Wrote the environment ${name} to ${out}: ${counted}, ${String(files.length)} files.`,
        // Keys of hosts are known only of hosts whose addresses are.
        ...(addresses === undefined && knownHosts === undefined
            ? [
                  "Hosts have the names of the private zone: write it again with --addresses after `up`.",
              ]
            : []),
        aws !== undefined
            ? `Secrets are in Secrets Manager, where \`up\` puts them; EMAIL_LOGIN and EMAIL_PASSWORD are yours to add, below ${secretsPrefix(name)}/.`
            : vault === "none"
              ? "Without STEWARD_VAULT_PASSWORD no vault.yml: vault.yml.template says what it has to hold."
              : vault === "kept"
                ? "vault.yml was there and is kept."
                : "vault.yml is new and encrypted; add what its template marks `ask`.",
        ...warnings.map((warning) => `warning: ${warning}`),
        `next: COMMCARE_CLOUD_ENVIRONMENTS=${out} cchq ${name} validate-environment-settings`,
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
}

function refuse(
    stack: string,
    { json }: EnvironmentOptions,
    problems: readonly Problem[],
    code: 2 | 3,
): number {
    const document = json === true ? { stack, files: [] } : undefined;
    return sayRefused(`No environment of ${stack} is written`, document, problems, code);
}
