import type { AwsClusterSpec } from "../../../components/model/spec";
import type { Check } from "./check";
import { awsCliCheck } from "./checks/aws-cli";
import { backendCheck } from "./checks/backend";
import { clustersCheck } from "./checks/clusters";
import { databasesCheck } from "./checks/databases";
import { deployerCheck } from "./checks/deployer";
import { domainsCheck } from "./checks/domains";
import { elasticAddressesCheck } from "./checks/elastic-addresses";
import { engineCheck } from "./checks/engine";
import { existingBucketsCheck } from "./checks/existing-buckets";
import { existingClusterCheck } from "./checks/existing-cluster";
import { existingLogsCheck } from "./checks/existing-logs";
import { existingNetworkCheck } from "./checks/existing-network";
import { fileSystemsCheck } from "./checks/file-systems";
import { instanceTypesCheck } from "./checks/instance-types";
import { kubernetesVersionCheck } from "./checks/kubernetes-version";
import { languageHostCheck } from "./checks/language-host";
import { loadBalancersCheck } from "./checks/load-balancers";
import { nodeCheck } from "./checks/node";
import { nodeGroupsCheck } from "./checks/node-groups";
import { pluginsCheck } from "./checks/plugins";
import { regionCheck } from "./checks/region";
import { vcpusCheck } from "./checks/vcpus";
import { vpcsCheck } from "./checks/vpcs";
import { zonesCheck } from "./checks/zones";
import type { Outcome } from "./examine";
import { credentials, examine } from "./examine";
import { document, lines, skips, table } from "./report";

export interface DoctorOptions {
    readonly stack?: string | undefined;
    /** The stack, read and found in order; without one, only the machine and the credentials are looked at. */
    readonly spec?: AwsClusterSpec | undefined;
    /** Opens no socket. */
    readonly offline: boolean;
    /** Ids of `checkIds` to leave out. */
    readonly skip: readonly string[];
    /** One JSON document instead of text. */
    readonly json: boolean;
    readonly env: NodeJS.ProcessEnv;
    readonly write: (text: string) => void;
}

/** The checks, those of the machine first. */
const allChecks: readonly Check[] = [
    nodeCheck,
    engineCheck(),
    languageHostCheck,
    pluginsCheck,
    awsCliCheck,
    backendCheck,
    deployerCheck,
    regionCheck,
    zonesCheck,
    instanceTypesCheck,
    elasticAddressesCheck,
    vcpusCheck,
    vpcsCheck,
    loadBalancersCheck,
    fileSystemsCheck,
    databasesCheck,
    clustersCheck,
    nodeGroupsCheck,
    kubernetesVersionCheck,
    existingClusterCheck,
    existingNetworkCheck,
    existingLogsCheck,
    existingBucketsCheck,
    domainsCheck(),
];

/** What `--skip` takes. */
export const checkIds: readonly string[] = [credentials.id, ...allChecks.map(({ id }) => id)];

/**
 * Says what this machine and the account lack for a stack. Creates and changes nothing.
 *
 * @param checks Others than all of them only in tests.
 * @returns the exit code: 1 when something is lacking; warnings and skipped checks leave it 0.
 */
export async function runDoctor(
    options: DoctorOptions,
    checks: readonly Check[] = allChecks,
): Promise<0 | 1> {
    const { stack, json, write, skip } = options;
    const said = (outcome: Outcome): void => {
        if (!json) write(lines(outcome));
    };
    const unknown = skip.filter((id) => !checkIds.includes(id)).map(unknownSkip);
    unknown.forEach(said);
    const outcomes = [...unknown, ...(await examine(options, checks, said))];
    write(json ? document(stack, outcomes) : skips(outcomes) + table(outcomes));
    const lacking = outcomes.some(({ findings }) =>
        findings.some(({ status }) => status === "lacking"),
    );
    return lacking ? 1 : 0;
}

/** A misspelt name must not look as if the check had been left out. */
function unknownSkip(id: string): Outcome {
    const message = `no check is called ${id}`;
    const fix = `take some of: ${checkIds.join(", ")}`;
    return {
        id: "skip",
        title: "--skip",
        findings: [{ id: "skip", status: "lacking", message, fix }],
    };
}
