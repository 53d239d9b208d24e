import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { guarded } from "./guarded";
import type { HostOwners } from "./owner-file";
import { bannerText, ownerCommand, ownerPaths, ownersText } from "./owner-file";
import { remoteFile } from "./remote-file";
import type { RemoteHost } from "./remote-host";
import { remotePackages } from "./remote-packages";
import { sshSettings } from "./ssh-settings";

export interface OperatingSystemArgs extends LayerArgs {
    readonly host: RemoteHost;
    readonly owners: HostOwners;
    readonly timeServers: readonly string[];
    readonly after: readonly pulumi.Resource[];
}

/** What is on a host before any service is: who answers for it, who comes in how, and what time it is. */
export class OperatingSystem extends Layer {
    constructor(name: string, args: OperatingSystemArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:OperatingSystem", name, args, opts);
        const { host, owners, timeServers, after } = args;
        const waiting = { parent: this, dependsOn: [...after] };
        for (const [noun, path, content, mode] of [
            ["owners", ownerPaths.json, `${JSON.stringify(owners, undefined, 4)}\n`, "644"],
            ["owners-text", ownerPaths.text, ownersText(owners), "644"],
            ["owner-command", ownerPaths.command, ownerCommand, "755"],
            ["banner", ownerPaths.banner, bannerText(owners), "644"],
        ] as const) {
            remoteFile(`${name}-${noun}`, host, { path, content, mode }, waiting);
        }
        guarded(`${name}-ssh`, host, sshSettings(host.user), waiting);
        const clock = remotePackages(`${name}-clock`, host, ["chrony"], waiting);
        remoteFile(
            `${name}-time-servers`,
            host,
            {
                path: "/etc/chrony/sources.d/steward.sources",
                content: timeServers.map((each) => `pool ${each} iburst maxsources 4\n`).join(""),
                reload: "if systemctl --quiet is-active chrony; then chronyc -a reload sources >&2; fi",
            },
            { parent: this, dependsOn: [clock] },
        );
        this.registerOutputs();
    }
}
