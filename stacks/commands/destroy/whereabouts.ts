import { foundBy } from "../../../components/model/carriers/found-by";
import { purposeTag, sharedPurpose } from "../../../components/model/machines";
import type { Matrix } from "../../../components/model/matrix";
import { Inventory } from "../../../policies/inventory";
import { isPlain, textOf } from "../../../policies/plain";
import type { StateResource } from "../../../policies/report/state";

/** Where to ask for what the engine never made, and what it made: all out of the state. */
export interface Whereabouts {
    readonly matrix: Matrix;
    readonly region: string;
    readonly accountId: string;
    readonly vpcIds: readonly string[];
    /** Ids in the cloud of what the engine made. */
    readonly made: ReadonlySet<string>;
    /** What AWS writes on network interfaces that it made for those. */
    readonly descriptions: ReadonlySet<string>;
    /** Objects in Kubernetes that the engine made: `Service prod/hub`. */
    readonly objects: ReadonlySet<string>;
    /** What the names of repositories begin with that ECR makes by a template of the stack. */
    readonly pushedBelow: readonly string[];
    /** Node groups of hubs' own machines; those that all share run what deletes the others. */
    readonly hubGroups: readonly string[];
    /** Text of the kubeconfig by which the engine reaches Kubernetes. */
    readonly kubeconfig: string | undefined;
}

const templateType = "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate";

/** @returns undefined for a state without a cluster, or one that names no account of AWS. */
export function whereaboutsOf(resources: readonly StateResource[]): Whereabouts | undefined {
    const matrix = new Inventory(resources).matrix();
    const ofType = (type: string) => resources.filter((each) => each.type === type);
    const idsOf = (type: string) => ofType(type).flatMap(({ id }) => id ?? []);
    const [aws] = ofType("pulumi:providers:aws");
    const region = textOf(aws?.inputs["region"]);
    const accountId = /\d{12}/.exec(String(aws?.inputs["allowedAccountIds"]))?.[0];
    if (matrix === undefined || region === undefined || accountId === undefined) return undefined;
    const [kubernetes] = ofType("pulumi:providers:kubernetes");
    return {
        matrix,
        region,
        accountId,
        vpcIds: idsOf("aws:ec2/vpc:Vpc"),
        made: new Set(resources.flatMap(({ id }) => id ?? [])),
        descriptions: new Set(resources.flatMap(descriptionsOf)),
        objects: new Set(resources.flatMap(objectOf)),
        pushedBelow: ofType(templateType).flatMap(({ inputs }) => textOf(inputs["prefix"]) ?? []),
        hubGroups: ofType("aws:eks/nodeGroup:NodeGroup").filter(isOfHub).flatMap(groupName),
        kubeconfig: textOf(kubernetes?.inputs["kubeconfig"]),
    };
}

/** The descriptions of the book, with the resource's own values in them. */
function descriptionsOf({ type, id, outputs }: StateResource): string[] {
    const all = Object.hasOwn(foundBy, type) ? (foundBy[type] ?? []) : [];
    return all.flatMap(({ description }) => {
        if (description === undefined) return [];
        return description.replace(/\{(\w+)\}/g, (_all, key: string) =>
            key === "id" ? (id ?? "") : (textOf(outputs[key]) ?? ""),
        );
    });
}

/** An object of Kubernetes that the engine made: `Service prod/hub`. */
export function objectOf({ type, outputs, inputs }: StateResource): string[] {
    if (!type.startsWith("kubernetes:")) return [];
    const kind = type.slice(type.lastIndexOf(":") + 1);
    const metadata = isPlain(outputs["metadata"]) ? outputs["metadata"] : inputs["metadata"];
    if (!isPlain(metadata)) return [];
    const { namespace, name } = metadata;
    return [`${kind} ${textOf(namespace) ?? "default"}/${textOf(name) ?? ""}`];
}

function isOfHub({ inputs: { tags } }: StateResource): boolean {
    return isPlain(tags) && tags[purposeTag] !== sharedPurpose;
}

/** The id of a node group is `<cluster>:<name>`. */
const groupName = ({ id }: StateResource): string[] => id?.split(":").slice(1) ?? [];
