import type { OnlyAws } from "../../../../components/model/spec";
import { forTarget } from "../aws-client";
import type { CloudCheck, Finding, Target } from "../check";
import { isOurs, standing, tagMap } from "../standing";

const id = "hosted-zone";

/** The zone that domains and proofs of certificates are written to: there if it has to be, and free if it is made. */
export const hostedZoneCheck: CloudCheck<OnlyAws> = {
    id,
    title: "Hosted zone",
    needs: "account",
    async run(target) {
        const { zone, create } = target.spec.platform.aws.dns;
        if (zone !== undefined) return [judge(zone, await zonesOf(target, zone))];
        if (create === undefined) {
            return [{ id, status: "ok", message: "the stack writes to no zone" }];
        }
        return look(target, create);
    },
};

/** Ids of the account's public zones of that name. */
async function zonesOf(target: Target<OnlyAws>, name: string): Promise<string[]> {
    const sdk = await import("@aws-sdk/client-route-53");
    const client = new sdk.Route53Client(forTarget(target));
    const { HostedZones = [] } = await client.send(
        new sdk.ListHostedZonesByNameCommand({ DNSName: name }),
    );
    return HostedZones.filter(
        ({ Name, Config }) => Name === `${name}.` && Config?.PrivateZone !== true,
    ).map(({ Id = "" }) => Id.replace("/hostedzone/", ""));
}

function judge(name: string, ids: readonly string[]): Finding {
    const [first, second] = ids;
    if (first === undefined) {
        const message = `the account has no public zone ${name}`;
        const fix = `write steward:aws.dns: { create: ${name} }, or the name of one that it has`;
        return { id, status: "lacking", message, fix };
    }
    if (second !== undefined) {
        const message = `the account has ${ids.length} public zones ${name}: ${ids.join(", ")}`;
        const fix = "delete the one that its parent does not delegate to";
        return { id, status: "lacking", message, fix };
    }
    return { id, status: "ok", message: `${name} is the zone ${first}` };
}

/** AWS takes a second zone of a name, to which nobody comes. */
async function look(target: Target<OnlyAws>, name: string): Promise<Finding[]> {
    const ids = await zonesOf(target, name);
    if (ids.length === 0)
        return [{ id, status: "ok", message: `no public zone is called ${name}` }];
    const sdk = await import("@aws-sdk/client-route-53");
    const client = new sdk.Route53Client(forTarget(target));
    return Promise.all(
        ids.map(async (ResourceId): Promise<Finding> => {
            const input = { ResourceType: "hostedzone" as const, ResourceId };
            const answer = await client.send(new sdk.ListTagsForResourceCommand(input));
            const ours = isOurs(tagMap(answer.ResourceTagSet?.Tags), target.spec.name);
            const rename = `write steward:aws.dns: { zone: ${name} } to use it`;
            return standing(id, `the public zone ${name} (${ResourceId})`, ours, rename);
        }),
    );
}
