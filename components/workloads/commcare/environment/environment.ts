import { sharedName } from "../../../model/commcare/internal-names";
import { machinesWith } from "../../../model/commcare/plan";
import { secretsBackendOf } from "../../../model/commcare/secrets-backend";
import { secretsPrefix } from "../../../model/commcare/secret-names";
import type { AnyCommcareSpec } from "../../../model/spec";
import type { AppProcesses } from "./app-processes";
import { appProcessesOf } from "./app-processes";
import type { EnvironmentInput } from "./input";
import type { Inventory } from "./inventory";
import { inventoryOf } from "./inventory";
import type { Postgresql } from "./postgresql";
import { postgresqlOf } from "./postgresql";
import type { Public } from "./public";
import { publicOf } from "./public";

/** What commcare-cloud has to know of AWS to read secrets there, and no more: it builds nothing with it. */
interface AwsSettings {
    /** `terraform.yml`. */
    readonly terraform: {
        readonly account_alias: string;
        readonly environment: string;
        readonly region: string;
    };
    /**
     * `aws.yml`: on a machine of this account commcare-cloud is signed in as the machine.
     *
     * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/commands/terraform/aws.py `aws_sign_in`
     */
    readonly account: {
        readonly credential_style: string;
        readonly sso_config: { readonly sso_account_id: string; readonly region: string };
    };
}

/** A commcare-cloud environment as data: what its rules look at, before it is files. */
export interface Environment {
    readonly name: string;
    readonly meta: {
        readonly deploy_env: string;
        readonly env_monitoring_id: string;
        readonly users: readonly string[];
        readonly secrets_backend: string;
    };
    /** Of AWS, whose Secrets Manager holds the secrets; undefined where a vault of Ansible's does. */
    readonly aws: AwsSettings | undefined;
    readonly proxy: Readonly<Record<string, unknown>> & { readonly SITE_HOST: string };
    readonly fabSettings: Readonly<Record<string, unknown>>;
    readonly elasticsearch: unknown;
    readonly inventory: Inventory;
    readonly appProcesses: AppProcesses;
    readonly postgresql: Postgresql;
    readonly public: Public;
    /** By name of the group of people. */
    readonly users: Readonly<
        Record<string, { readonly present: readonly string[]; readonly absent: readonly string[] }>
    >;
    /** Public key of each person. */
    readonly keys: Readonly<Record<string, string>>;
    /** Lines of known_hosts for every host; undefined where their keys are not known yet. */
    readonly knownHosts: readonly string[] | undefined;
    /** Secrets that the platform made, by variable: where each is read. */
    readonly platformSecrets: Readonly<Record<string, string>>;
}

/** The environment of a cluster. Pure; `checkEnvironment` says what is wrong with it. */
export function environmentOf(input: EnvironmentInput): Environment {
    const { spec, addresses, hosts } = input;
    const { plan, commcare } = spec.workload;
    const nodes = machinesWith(plan, "elasticsearch").length;
    const dataNodes = machinesWith(plan, "elasticsearch-data").length;
    const people = `${spec.name}-operators`;
    const backend = secretsBackendOf(spec.platform.kind, commcare);
    return {
        name: spec.name,
        meta: {
            deploy_env: spec.name,
            env_monitoring_id: spec.name,
            users: [people],
            secrets_backend: backend,
        },
        aws: backend === "aws-secrets" ? awsSettings(spec) : undefined,
        proxy: {
            SITE_HOST: commcare.domain,
            ...hosts.certificate,
            primary_ssl_env: spec.name,
            nginx_hsts_max_age: 31_536_000,
            trusted_proxies: addresses.cidr === undefined ? [] : [addresses.cidr],
        },
        fabSettings: {
            ...(plan.machines.length === 1
                ? {}
                : { shared_dir_for_staticfiles: `/mnt/${sharedName(spec.name)}/temp` }),
            // Else `deploy` asks for a token of GitHub's, and nobody is there to be asked.
            ...(commcare.deploy ? { generate_deploy_diffs: false } : {}),
        },
        elasticsearch: {
            settings: { default: { number_of_replicas: nodes + dataNodes > 1 ? 1 : 0 } },
        },
        inventory: inventoryOf(input),
        appProcesses: appProcessesOf(input),
        postgresql: postgresqlOf(input),
        public: publicOf(input),
        users: { [people]: { present: commcare.operators.map(({ name }) => name), absent: [] } },
        keys: Object.fromEntries(commcare.operators.map(({ name, sshKey }) => [name, sshKey])),
        knownHosts: hosts.knownHosts,
        platformSecrets: hosts.secrets,
    };
}

/** Undefined where there is no account of AWS: `parseSpec` refuses its secrets there. */
function awsSettings({ name, region, platform }: AnyCommcareSpec): AwsSettings | undefined {
    if (platform.kind !== "aws") return undefined;
    return {
        terraform: { account_alias: secretsPrefix(name), environment: name, region },
        account: {
            credential_style: "iam",
            sso_config: { sso_account_id: platform.aws.accountId, region },
        },
    };
}
