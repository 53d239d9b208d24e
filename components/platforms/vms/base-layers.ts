import * as pulumi from "@pulumi/pulumi";
import { layerArgs } from "../../layer-args";
import type { OnlyVms } from "../../model/spec";
import type { Secrets } from "../../secrets";
import type { DueHost } from "./due-hosts";
import { Hosting } from "./hosting";
import { IntrusionDetection } from "./intrusion-detection";
import { Network } from "./network";
import { OperatingSystem } from "./operating-system";
import { hostOwners } from "./owner-file";
import { Patching } from "./patching";
import type { Done, RemoteHost } from "./remote-host";
import { remoteHost } from "./remote-host";
import { trustedAddresses } from "./ssh-jail";

/** A host with what every host has. */
export interface BuiltHost {
    readonly host: RemoteHost;
    /** What all else on it waits for. */
    readonly after: readonly Done[];
    /** What waits for closed ports. */
    readonly firewall: Done;
}

/** The layers that a host has whatever runs on it, each the cluster's own child. */
export function buildBaseLayers(
    spec: OnlyVms,
    { name, services, rules, detection, ...times }: DueHost,
    secrets: Secrets,
    opts: pulumi.ComponentResourceOptions,
): BuiltHost {
    const { vms } = spec.platform;
    const host = remoteHost(name, vms, secrets["hosts"]?.["privateKey"]);
    const place = (layer: string) => ({ ...layerArgs(spec, layer), host });

    const hosting = new Hosting(
        `hosting-${name}`,
        { ...place("hosting"), systems: vms.systems },
        opts,
    );
    const after = [hosting.entered];
    const on = (layer: string) => ({ ...place(layer), after });

    new OperatingSystem(
        `operating-system-${name}`,
        {
            ...on("operating-system"),
            owners: hostOwners(pulumi.getStack(), { name, services }, spec.matrix),
            timeServers: vms.timeServers,
        },
        opts,
    );
    const network = new Network(`network-${name}`, { ...on("network"), rules }, opts);
    new Patching(`patching-${name}`, { ...on("patching"), ...times }, opts);
    new IntrusionDetection(
        `${detection}-${name}`,
        {
            ...on(detection),
            sshPort: vms.hosts[name]?.port ?? 22,
            trusted: trustedAddresses(vms),
        },
        opts,
    );
    return { host, after, firewall: network.inForce };
}
