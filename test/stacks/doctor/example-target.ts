import type { AwsClusterSpec } from "../../../components/model/spec";
import { isAwsHubs, parseSpec } from "../../../components/model/spec";
import type { Target } from "../../../stacks/commands/doctor/check";

/** An account number that AWS keeps for examples. */
export const account = "123456789012";

interface Changes {
    readonly region?: string;
    readonly zones?: readonly string[];
    readonly natGateways?: "per-zone" | "single";
    readonly version?: string;
    readonly core?: {
        readonly instanceType?: string;
        readonly zone?: string;
        readonly max?: number;
    };
    readonly user?: {
        readonly instanceTypes?: readonly string[];
        readonly zones?: readonly string[];
        readonly max?: number;
    };
    readonly gpu?: { readonly instanceTypes: readonly string[]; readonly max: number };
    readonly dask?: { readonly instanceTypes: readonly string[]; readonly max: number };
    readonly homes?: object;
    readonly database?: object;
    /** Further hubs of the same kind. */
    readonly more?: readonly string[];
    readonly bucket?: string;
    readonly deployer?: string;
}

/** A valid stack file of one hub, with some of it changed. */
export function exampleSpec(changes: Changes = {}): AwsClusterSpec {
    const { region = "us-east-2", zones = ["us-east-2a", "us-east-2b", "us-east-2c"] } = changes;
    const parsed = parseSpec({
        cluster: {
            name: "reef",
            workload: "jupyterhub",
            platform: "aws",
            environment: "production",
            region,
        },
        parties: { reefs: { name: "Reefs", contact: "reefs@example.org" } },
        roles: { "site-reliability-engineer": "reefs" },
        access: { deployer: changes.deployer ?? `arn:aws:iam::${account}:role/ops/deployer` },
        aws: {
            accountId: account,
            network: { cidr: "10.8.0.0/16", zones, natGateways: changes.natGateways ?? "per-zone" },
            kubernetes: { version: changes.version ?? "1.34" },
            nodes: {
                core: {
                    instanceType: "r5.xlarge",
                    zone: zones[0],
                    max: 2,
                    volumeGiB: 80,
                    ...changes.core,
                },
                user: {
                    instanceTypes: ["r5.xlarge", "r5.4xlarge"],
                    zones: [zones[0]],
                    max: 10,
                    volumeGiB: 160,
                    ...changes.user,
                },
                ...(changes.gpu === undefined ? {} : { gpu: { volumeGiB: 80, ...changes.gpu } }),
                ...(changes.dask === undefined ? {} : { dask: { volumeGiB: 80, ...changes.dask } }),
            },
        },
        jupyterhub: {
            letsEncryptContact: "certificates@reefs.org",
            hubs: ["prod", ...(changes.more ?? [])].map((name) => ({
                name,
                domain: `${name === "prod" ? "hub" : name}.reefs.example.org`,
                authenticator: {
                    class: "github",
                    clientId: "Iv1.0",
                    settings: { scope: ["read:org"], allowed_organizations: ["reefs"] },
                },
                admins: ["admin"],
                machines: [
                    "user",
                    ...(changes.gpu === undefined ? [] : ["gpu"]),
                    ...(changes.dask === undefined ? [] : ["dask"]),
                ],
                homes: changes.homes ?? { sizeGiB: 100, quotaGiB: 10 },
                ...(changes.database === undefined ? {} : { database: changes.database }),
                ...(name === "prod"
                    ? {
                          scratch: {
                              bucket: changes.bucket ?? "reef-scratch",
                              deleteAfterDays: 7,
                          },
                      }
                    : {}),
                budget: name === "prod" ? { monthlyUsd: 1000 } : { monthlyUsd: 100, covers: "hub" },
            })),
        },
    });
    if (parsed.spec === undefined || !isAwsHubs(parsed.spec))
        throw new Error(JSON.stringify(parsed.problems));
    return parsed.spec;
}

/** Keys that no account has; moto and the recorded answers take any. */
export const keys = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "example" } as const;

/** The example's stack as its deployer sees it. */
export function exampleTarget(changes: Changes = {}): Target {
    return {
        env: {},
        offline: false,
        spec: exampleSpec(changes),
        caller: {
            accountId: account,
            arn: `arn:aws:sts::${account}:assumed-role/deployer/session`,
            credentials: keys,
        },
    };
}

/** Points the AWS clients of this test file at `url`, whatever the machine is set to. */
export function pointAwsAt(url: string): void {
    for (const key of Object.keys(process.env)) {
        if (key.startsWith("AWS_")) Reflect.deleteProperty(process.env, key);
    }
    Object.assign(process.env, {
        AWS_ENDPOINT_URL: url,
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        AWS_CONFIG_FILE: "/nonexistent/config",
        AWS_SHARED_CREDENTIALS_FILE: "/nonexistent/credentials",
    });
}

/** Credentials in the environment, where the clients look first. */
export function signIn(): void {
    process.env["AWS_ACCESS_KEY_ID"] = keys.accessKeyId;
    process.env["AWS_SECRET_ACCESS_KEY"] = keys.secretAccessKey;
}
