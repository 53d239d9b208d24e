import * as pulumi from "@pulumi/pulumi";

/** The zone that records go to. */
export interface HostedZone {
    readonly name: string;
    readonly id: pulumi.Output<string>;
    /** Of a zone that we made: what its parent has to name. */
    readonly nameServers?: pulumi.Output<string[]>;
}

/** What somebody has to do before the world finds a zone that we made. */
export function delegation({ name, nameServers }: HostedZone): pulumi.Output<string> {
    const parent = name.slice(name.indexOf(".") + 1);
    return pulumi
        .output(nameServers ?? [])
        .apply(
            (servers) =>
                `Have ${parent} delegate ${name}: an NS record with ${servers.join(", ")}. Then set ` +
                "steward:aws.dns.delegated to true and run up again: certificates wait for it.",
        );
}
