import { machinesWith } from "../../../model/commcare/plan";
import { managementCommands, pillows } from "../../../model/commcare/queues";
import type { Pillow, Queue } from "../../../model/spec/commcare-environment";
import type { EnvironmentInput } from "./input";
import { groupOf } from "./inventory";

/** What `app-processes.yml` says; machines by their groups. */
export interface AppProcesses {
    readonly formplayer_memory: string;
    readonly management_commands: Readonly<Record<string, Readonly<Record<string, null>>>>;
    readonly celery_processes: Readonly<Record<string, Readonly<Record<string, Queue>>>>;
    readonly pillows: Readonly<Record<string, Readonly<Record<string, Pillow>>>>;
}

/** Which machine runs which process: as the stack file says, else spread evenly. */
export function appProcessesOf(input: EnvironmentInput): AppProcesses {
    const { commcare } = input.spec.workload;
    const said = commcare.processes;
    const formplayer_memory = said?.formplayerMemory ?? formplayerMemory(input);
    if (said === undefined) return { formplayer_memory, ...spread(input) };
    const grouped = <T>(byMachine: Readonly<Record<string, T>>) =>
        Object.fromEntries(
            Object.entries(byMachine).map(([name, value]) => [groupOf(name), value]),
        );
    return {
        formplayer_memory,
        management_commands: grouped(
            Object.fromEntries(
                Object.entries(said.managementCommands).map(([name, commands]) => [
                    name,
                    nothing(commands),
                ]),
            ),
        ),
        celery_processes: grouped(said.celery),
        pillows: grouped(said.pillows),
    };
}

const nothing = (commands: readonly string[]): Record<string, null> =>
    Object.fromEntries(commands.map((command) => [command, null]));

/** Half of a machine of its own, an eighth of one that it shares. */
function formplayerMemory({ spec }: EnvironmentInput): string {
    const [machine] = machinesWith(spec.workload.plan, "formplayer");
    const memory = machine?.memoryGiB ?? 8;
    const alone = machine?.services.length === 1;
    return `${Math.max(1, Math.floor(memory / (alone ? 2 : 8)))}g`;
}

/**
 * Queues that wait for others (mail, other servers) many at once in one process, those that compute as many as there
 * are processors; what must not pile up behind long work has workers of its own.
 */
function queues(vcpus: number): Record<string, Queue> {
    const some = Math.max(2, vcpus);
    return {
        "celery,celery_periodic,case_import_queue,export_download_queue,user_import_queue": {
            concurrency: some,
        },
        "reminder_rule_queue,async_restore_queue,ucr_queue,ucr_indicator_queue,case_rule_queue": {
            concurrency: some,
        },
        "email_queue,repeat_record_queue,repeat_record_datasource_queue,reminder_case_update_queue,analytics_queue":
            { pooling: "gevent", concurrency: 50 },
        reminder_queue: { pooling: "gevent", concurrency: 10 },
        sms_queue: { pooling: "gevent", concurrency: 5 },
        "saved_exports_queue,background_queue": { concurrency: Math.max(1, vcpus / 2) },
        "submission_reprocessing_queue,linked_domain_queue,malt_generation_queue,geospatial_queue":
            { concurrency: 1 },
    };
}

function spread({ spec }: EnvironmentInput): Omit<AppProcesses, "formplayer_memory"> {
    const { plan } = spec.workload;
    const workers = machinesWith(plan, "celery");
    const processors = machinesWith(plan, "pillowtop");
    const [first] = workers;
    const [firstProcessor] = processors;
    const retry = "run_pillow_retry_queue";
    const commands = managementCommands.filter((command) => command !== retry);
    const management: Record<string, Record<string, null>> = {};
    if (first !== undefined) management[groupOf(first.name)] = nothing(commands);
    if (firstProcessor !== undefined) {
        const group = groupOf(firstProcessor.name);
        management[group] = { ...management[group], [retry]: null };
    }
    return {
        management_commands: management,
        celery_processes: Object.fromEntries(
            workers.map(({ name, vcpus }, at) => [
                groupOf(name),
                at === 0 ? { beat: {}, flower: {}, ...queues(vcpus) } : queues(vcpus),
            ]),
        ),
        pillows: Object.fromEntries(
            processors.map(({ name, vcpus }, at) => [
                groupOf(name),
                pillowsOf(at, processors.length, vcpus),
            ]),
        ),
    };
}

/** Those of cases and forms run everywhere, each process with its share of the changes; the others on one machine. */
function pillowsOf(at: number, machines: number, vcpus: number): Record<string, Pillow> {
    const each = Math.max(1, Math.floor(vcpus / 2));
    return Object.fromEntries(
        pillows.flatMap((name, nth): [string, Pillow][] => {
            if (name === "case-pillow" || name === "xform-pillow") {
                const part = { start_process: at * each, total_processes: machines * each };
                return [[name, { num_processes: each, ...(machines === 1 ? {} : part) }]];
            }
            return nth % machines === at ? [[name, { num_processes: 1 }]] : [];
        }),
    );
}
