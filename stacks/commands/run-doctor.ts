import { isAwsHubs } from "../../components/model/spec";
import { checkIds, runDoctor } from "./doctor/doctor";
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
    const spec = file?.spec !== undefined && isAwsHubs(file.spec) ? file.spec : undefined;
    if (file !== undefined && spec === undefined) {
        process.stderr.write(
            `${file.stack}: ${file.spec?.platform.kind === "azure" ? "what a stack asks of Azure" : "what machines ask of an account"} is not looked at yet, only this machine and the credentials are\n`,
        );
    }
    return runDoctor({
        ...(stack === undefined ? {} : { stack }),
        ...(spec === undefined ? {} : { spec }),
        offline: options.offline === true,
        skip,
        json: options.json === true,
        env: process.env,
        write: (text) => process.stdout.write(text),
    });
}
