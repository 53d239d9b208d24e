import type { ECRClient, Repository } from "@aws-sdk/client-ecr";
import { inRegion } from "../doctor/aws-client";
import { nameOf } from "../doctor/aws-error";
import type { Caller } from "../doctor/check";
import { tagMap } from "../doctor/standing";
import type { Found } from "./found";
import { ownerIn } from "./found";
import type { Whereabouts } from "./whereabouts";

interface Ecr {
    readonly sdk: typeof import("@aws-sdk/client-ecr");
    readonly client: ECRClient;
}

async function openEcr(
    { region }: Pick<Whereabouts, "region">,
    { credentials }: Pick<Caller, "credentials">,
): Promise<Ecr> {
    const sdk = await import("@aws-sdk/client-ecr");
    return { sdk, client: new sdk.ECRClient({ ...inRegion(region), credentials }) };
}

/**
 * Repositories that ECR made when something was pushed: those below the name of a hub, also of one that is in the
 * stack no more. Each shows the owner that the template of its hub wrote on it; one without an owner is listed where it
 * stands below the prefix of a template, and never removed.
 *
 * @throws what the SDK's client throws.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export async function lookInEcr(where: Whereabouts, caller: Caller): Promise<Found[]> {
    const { matrix, made, pushedBelow } = where;
    const { sdk, client } = await openEcr(where, caller);
    const pushed: Repository[] = [];
    for await (const { repositories = [] } of sdk.paginateDescribeRepositories({ client }, {})) {
        const isOurs = ({ repositoryName: name = "" }: Repository) =>
            name.startsWith(`${matrix.cluster}/`) && !made.has(name);
        pushed.push(...repositories.filter(isOurs));
    }
    const found: Found[] = [];
    for (const { repositoryName: id = "", repositoryArn: resourceArn } of pushed) {
        const { tags } = await client.send(new sdk.ListTagsForResourceCommand({ resourceArn }));
        const owner = ownerIn(tagMap(tags), matrix);
        if (owner === null && !pushedBelow.some((prefix) => id.startsWith(`${prefix}/`))) continue;
        const why = "made by a push, of images that can be built again";
        found.push({ kind: "repository", id, owner, fate: "stays", why, drains: owner !== null });
    }
    return found;
}

/**
 * Deletes a repository with its images; one that is gone already is as well.
 *
 * @throws what the SDK's client throws.
 */
export async function removeRepository(
    repositoryName: string,
    where: Whereabouts,
    caller: Caller,
): Promise<void> {
    const { sdk, client } = await openEcr(where, caller);
    try {
        await client.send(new sdk.DeleteRepositoryCommand({ repositoryName, force: true }));
    } catch (error) {
        if (nameOf(error) !== "RepositoryNotFoundException") throw error;
    }
}
