import { assignOwners } from "./assign";
import { checkBudgets } from "./checks/budgets";
import { checkCluster } from "./checks/cluster";
import type { Matrix } from "./matrix";
import type { Problem } from "./problem";
import type { RoleSlug } from "./roles";
import type { MachinePlan } from "./commcare/plan";
import { groundOf } from "./commcare/ground-of";
import { planOf } from "./commcare/plan-of";
import type { AwsMachinesSpec, AwsSpec } from "./spec/aws";
import { withKubernetes } from "./spec/aws";
import type { AzureMachinesSpec, AzureSpec } from "./spec/azure";
import { onAks } from "./spec/azure";
import type { BudgetsSpec } from "./spec/budgets";
import type { CommcareSpec } from "./spec/commcare";
import type { JupyterhubSpec } from "./spec/jupyterhub";
import { problemsOf } from "./spec/problems";
import type { StackInput } from "./spec/stack";
import { stackSchema } from "./spec/stack";
import type { K3sVmsSpec, VmsSpec } from "./spec/vms";
import { withK3s } from "./spec/vms";

export interface AnyClusterSpec {
    readonly name: string;
    readonly environment: string;
    readonly region: string;
    readonly matrix: Matrix;
    readonly access: Readonly<Partial<Record<RoleSlug | "deployer", string>>>;
    /** By party; see `partyBudgets` for those that have no entry. */
    readonly budgets: BudgetsSpec;
    readonly tags: Readonly<Record<string, string>>;
}

/** Where a cluster stands, with the section of that cloud: `OnAws<AwsSpec>`, or another. */
interface OnAws<S> {
    readonly kind: "aws";
    readonly aws: S;
}
interface OnAzure<S> {
    readonly kind: "azure";
    readonly azure: S;
}
interface OnVms<S> {
    readonly kind: "vms";
    readonly vms: S;
}

/** A valid stack file of hubs: plain, frozen, with its matrix worked out. Secrets are not part of it. */
export interface ClusterSpec<
    P = OnAws<AwsSpec> | OnAzure<AzureSpec> | OnVms<K3sVmsSpec>,
> extends AnyClusterSpec {
    readonly platform: P;
    readonly workload: { readonly kind: "jupyterhub"; readonly jupyterhub: JupyterhubSpec };
}

export type AwsClusterSpec = ClusterSpec<OnAws<AwsSpec>>;
export type AzureClusterSpec = ClusterSpec<OnAzure<AzureSpec>>;
export type VmsClusterSpec = ClusterSpec<OnVms<K3sVmsSpec>>;

/** The same of a CommCare cluster, with its machine plan worked out. */
export interface CommcareClusterSpec<
    P = OnAws<AwsMachinesSpec> | OnAzure<AzureMachinesSpec>,
> extends AnyClusterSpec {
    readonly platform: P;
    readonly workload: {
        readonly kind: "commcare";
        readonly commcare: CommcareSpec;
        readonly plan: MachinePlan;
    };
}

export type AwsCommcareSpec = CommcareClusterSpec<OnAws<AwsMachinesSpec>>;
export type AzureCommcareSpec = CommcareClusterSpec<OnAzure<AzureMachinesSpec>>;

/** The same on machines that somebody else racked: there is no cloud to ask for anything. */
export type VmsCommcareSpec = CommcareClusterSpec<OnVms<VmsSpec>>;

/** A CommCare cluster, wherever it stands. */
export type AnyCommcareSpec = CommcareClusterSpec | VmsCommcareSpec;

export type StackSpec = ClusterSpec | CommcareClusterSpec | VmsCommcareSpec;

/** Whether a stack is of hubs. */
export const isHubs = (spec: StackSpec): spec is ClusterSpec => spec.workload.kind === "jupyterhub";

/** Whether a stack is of CommCare, wherever it stands. */
export const isCommcare = (spec: StackSpec): spec is AnyCommcareSpec =>
    spec.workload.kind === "commcare";

/** A stack on AWS, whatever it runs. */
export type OnlyAws = AwsClusterSpec | AwsCommcareSpec;

/** Whether a stack is of hubs on AWS. */
export const isAwsHubs = (spec: StackSpec): spec is AwsClusterSpec =>
    isHubs(spec) && spec.platform.kind === "aws";

/** Whether a stack is of hubs on Azure. */
export const isAzureHubs = (spec: StackSpec): spec is AzureClusterSpec =>
    isHubs(spec) && spec.platform.kind === "azure";

/** A stack on Azure, whatever it runs. */
export type OnlyAzure = AzureClusterSpec | AzureCommcareSpec;

/** Whether a stack is of machines on AWS. */
export const isAwsMachines = (spec: StackSpec): spec is AwsCommcareSpec =>
    !isHubs(spec) && spec.platform.kind === "aws";

/** Whether a stack is of machines on Azure. */
export const isAzureMachines = (spec: StackSpec): spec is AzureCommcareSpec =>
    !isHubs(spec) && spec.platform.kind === "azure";

/** A stack on machines that somebody else racked, whatever it runs. */
export type OnlyVms = VmsClusterSpec | VmsCommcareSpec;

/** Whether a stack stands on machines that somebody else racked. */
export const isOnVms = (spec: StackSpec): spec is OnlyVms => spec.platform.kind === "vms";

/** Whether a stack is of CommCare on such machines. */
export const isVmsMachines = (spec: StackSpec): spec is VmsCommcareSpec =>
    !isHubs(spec) && spec.platform.kind === "vms";

/** Whether a stack is of hubs on such machines. */
export const isVmsHubs = (spec: StackSpec): spec is VmsClusterSpec =>
    isHubs(spec) && spec.platform.kind === "vms";

export type Parsed =
    | { readonly spec: StackSpec; readonly problems: readonly [] }
    | { readonly spec: undefined; readonly matrix?: Matrix; readonly problems: readonly Problem[] };

/**
 * Reads what stands under `steward:` in a stack file.
 *
 * @param config The keys without their `steward:` prefix, values as YAML has them.
 * @returns the spec, or every problem at once. A layer without an owner is no problem of the schema: ask
 * `findGaps` about `spec.matrix`, or about `matrix` where only other parts are wrong. Never throws.
 */
export function parseSpec(config: Readonly<Record<string, unknown>>): Parsed {
    const read = stackSchema.safeParse(config);
    if (!read.success) {
        return { spec: undefined, problems: problemsOf(read.error.issues, config) };
    }
    const matrix = matrixOf(read.data);
    const problems = [...checkCluster(read.data), ...checkBudgets(read.data, matrix)];
    if (problems.length > 0) return { spec: undefined, matrix, problems };
    const { name, environment, region = "" } = read.data.cluster;
    const { access: principals, budgets: ofParties, tags } = read.data;
    const any = {
        name,
        environment,
        region,
        matrix,
        access: principals,
        budgets: ofParties,
        tags,
    };
    const spec = hubsOf(read.data, any) ?? commcareOf(read.data, any);
    if (spec === undefined) return { spec: undefined, matrix, problems };
    return { spec: freeze(spec), problems: [] };
}

function hubsOf(input: StackInput, any: AnyClusterSpec): ClusterSpec | undefined {
    const { jupyterhub } = input;
    const [aws, azure, vms] = [withKubernetes(input.aws), onAks(input.azure), withK3s(input.vms)];
    if (jupyterhub === undefined) return undefined;
    const workload = { kind: "jupyterhub", jupyterhub } as const;
    if (aws !== undefined) return { ...any, platform: { kind: "aws", aws }, workload };
    if (azure !== undefined) return { ...any, platform: { kind: "azure", azure }, workload };
    if (vms !== undefined) return { ...any, platform: { kind: "vms", vms }, workload };
    return undefined;
}

function commcareOf(
    input: StackInput,
    any: AnyClusterSpec,
): CommcareClusterSpec | VmsCommcareSpec | undefined {
    const { commcare, aws, azure, vms } = input;
    const ground = groundOf(input);
    if (commcare === undefined || ground === undefined) return undefined;
    const { plan } = planOf(commcare, ground);
    const workload = { kind: "commcare", commcare, plan } as const;
    if (vms !== undefined) return { ...any, platform: { kind: "vms", vms }, workload };
    if (aws !== undefined) return { ...any, platform: { kind: "aws", aws }, workload };
    if (azure !== undefined) return { ...any, platform: { kind: "azure", azure }, workload };
    return undefined;
}

function matrixOf(input: StackInput): Matrix {
    const { name, workload, platform, environment } = input.cluster;
    return assignOwners({
        cluster: name,
        workload,
        platform,
        environment,
        parties: input.parties,
        roles: input.roles,
        layers: input.layers,
        exemptions: input.exemptions,
        carriers: input.carriers,
        certificateContact: input.jupyterhub?.letsEncryptContact,
        openHubs: openHubs(input),
        hubs: workload === "jupyterhub" ? (input.jupyterhub?.hubs ?? []) : [],
    });
}

function openHubs({ jupyterhub }: StackInput): string[] {
    const open = jupyterhub?.hubs.filter(({ authenticator }) => authenticator.class === "dummy");
    return (open ?? []).map(({ name }) => name);
}

function freeze<T>(value: T): T {
    if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
        Object.freeze(value);
        Object.values(value).forEach(freeze);
    }
    return value;
}
