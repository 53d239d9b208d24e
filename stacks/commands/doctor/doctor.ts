import type { AwsClusterSpec, AwsCommcareSpec, OnlyAws } from "../../../components/model/spec";
import type { Check } from "./check";
import { accountRecordsCheck } from "./checks/account-records";
import { awsCliCheck, sessionCliCheck } from "./checks/aws-cli";
import { backendCheck } from "./checks/backend";
import { cachesCheck } from "./checks/caches";
import { clustersCheck } from "./checks/clusters";
import { databaseOffersCheck } from "./checks/database-offers";
import { databasesCheck, planDatabasesCheck } from "./checks/databases";
import { deployerCheck } from "./checks/deployer";
import { domainsCheck, siteDomainCheck } from "./checks/domains";
import { elasticAddressesCheck } from "./checks/elastic-addresses";
import { engineCheck } from "./checks/engine";
import { existingBucketsCheck, machineBucketsCheck } from "./checks/existing-buckets";
import { existingClusterCheck } from "./checks/existing-cluster";
import { existingLogsCheck } from "./checks/existing-logs";
import { existingNetworkCheck } from "./checks/existing-network";
import { fileSystemsCheck, sharedDirectoryCheck } from "./checks/file-systems";
import { hostedZoneCheck } from "./checks/hosted-zone";
import { instanceTypesCheck, machineTypesCheck } from "./checks/instance-types";
import { kubernetesVersionCheck } from "./checks/kubernetes-version";
import { languageHostCheck } from "./checks/language-host";
import { loadBalancersCheck, machineBalancersCheck } from "./checks/load-balancers";
import { machineVcpusCheck } from "./checks/machine-vcpus";
import { nodeCheck } from "./checks/node";
import { nodeGroupsCheck } from "./checks/node-groups";
import { machinePluginsCheck, pluginsCheck } from "./checks/plugins";
import { regionCheck } from "./checks/region";
import { sessionManagerCheck } from "./checks/session-manager";
import { ubuntuImageCheck } from "./checks/ubuntu-image";
import { vcpusCheck } from "./checks/vcpus";
import { vpcsCheck } from "./checks/vpcs";
import { machineZonesCheck, zonesCheck } from "./checks/zones";
import type { Outcome } from "./examine";
import { credentials, examine } from "./examine";
import { document, lines, skips, table } from "./report";

export interface DoctorOptions<Spec extends OnlyAws = AwsClusterSpec> {
    readonly stack?: string | undefined;
    /** The stack, read and found in order; without one, only the machine and the credentials are looked at. */
    readonly spec?: Spec | undefined;
    /** Opens no socket. */
    readonly offline: boolean;
    /** Ids of `checkIds` to leave out. */
    readonly skip: readonly string[];
    /** One JSON document instead of text. */
    readonly json: boolean;
    readonly env: NodeJS.ProcessEnv;
    readonly write: (text: string) => void;
}

/** What every stack asks of this machine. */
export const machineChecks: readonly Check[] = [nodeCheck, engineCheck(), languageHostCheck];

/** What hubs ask of this machine and of an account, the machine first. */
export const hubChecks: readonly Check[] = [
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

/** What machines of CommCare ask; commcare-cloud itself runs on the control machine. */
export const commcareChecks: readonly Check<AwsCommcareSpec>[] = [
    nodeCheck,
    engineCheck(),
    languageHostCheck,
    machinePluginsCheck,
    sessionCliCheck,
    sessionManagerCheck,
    backendCheck,
    regionCheck,
    machineZonesCheck,
    machineTypesCheck,
    ubuntuImageCheck,
    elasticAddressesCheck,
    machineVcpusCheck,
    vpcsCheck,
    machineBalancersCheck,
    sharedDirectoryCheck,
    planDatabasesCheck,
    databaseOffersCheck,
    cachesCheck,
    accountRecordsCheck,
    existingNetworkCheck,
    machineBucketsCheck,
    hostedZoneCheck,
    siteDomainCheck(),
];

/** What `--skip` takes. */
export const checkIds: readonly string[] = [
    ...new Set([credentials, ...hubChecks, ...commcareChecks].map(({ id }) => id)),
];

/**
 * Says what this machine and the account lack for a stack. Creates and changes nothing.
 *
 * @param checks `hubChecks` or `commcareChecks`, by the stack; others only in tests.
 * @returns the exit code: 1 when something is lacking; warnings and skipped checks leave it 0.
 */
export async function runDoctor<Spec extends OnlyAws>(
    options: DoctorOptions<Spec>,
    checks: readonly Check<Spec>[],
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
