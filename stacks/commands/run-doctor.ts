import { isAwsHubs, isAwsMachines } from "../../components/model/spec";
import { checkIds, commcareChecks, hubChecks, machineChecks, runDoctor } from "./doctor/doctor";
import { credentials } from "./doctor/examine";
import { exitCodeOf } from "./result";
import { refusedResult, wordRefusal } from "./refuse";
import { readStackFile } from "./stack-file";

export interface DoctorOptions {
    readonly stackFile?: string;
    readonly offline?: boolean;
    readonly skip?: readonly string[];
    readonly json?: boolean;
}

/**
 * Says what this machine and this account lack, for a stack or in general.
 *
 * @returns 0 nothing lacks; 1 something does; 2 or 3 the stack file itself is refused.
 */
export async function doctor(stack: string | undefined, options: DoctorOptions): Promise<number> {
    const skip = options.skip ?? [];
    const unknown = skip.filter((id) => !checkIds.includes(id));
    if (unknown.length > 0) {
        const fix = `take one of: ${checkIds.join(", ")}`;
        process.stderr.write(`--skip ${unknown.join(", ")}: is no check; ${fix}\n`);
        return 2;
    }
    const read = { file: options.stackFile, reservedContacts: "allowed", now: new Date() } as const;
    const file = stack === undefined ? undefined : readStackFile(stack, read);
    if (file !== undefined && file.spec === undefined) {
        process.stderr.write(wordRefusal(file));
        return exitCodeOf(refusedResult(file));
    }
    const spec = file?.spec;
    const asked = {
        stack,
        offline: options.offline === true,
        skip,
        json: options.json === true,
        env: process.env,
        write: (text: string) => process.stdout.write(text),
    };
    if (spec === undefined || isAwsHubs(spec)) return runDoctor({ ...asked, spec }, hubChecks);
    if (isAwsMachines(spec)) return runDoctor({ ...asked, spec }, commcareChecks);
    process.stderr.write(
        `${spec.name}: what a stack asks of ${spec.platform.kind} is not looked at yet, only this machine is\n`,
    );
    return runDoctor({ ...asked, skip: [...skip, credentials.id] }, machineChecks);
}
