import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { hubsFolder } from "../../../model/k3s-backups";
import type { LocalVolume } from "../../foundation";
import type { Done, OnLayer, RemoteHost } from "../remote-host";
import { allOf, onHost } from "../remote-host";
import { quote } from "../shell";

export interface VolumeArgs extends LayerArgs {
    readonly hub: string;
    readonly host: RemoteHost;
    readonly after: readonly Done[];
}

export interface HomesArgs extends VolumeArgs {
    /** A disk for them alone, and the GiB that it has at least; without it a directory. */
    readonly disk?: { readonly device: string; readonly sizeGiB: number } | undefined;
}

/** The home storage layer on a host: the disk of all home directories of one hub, or their directory. */
export class HomeStorage extends Layer {
    readonly local: LocalVolume;

    constructor(name: string, args: HomesArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:HomeStorage", name, args, opts);
        const { hub, host, disk, after } = args;
        const waiting = { parent: this, dependsOn: allOf(after) };
        if (disk === undefined) {
            // 1000 is who users' servers run as, and 100 their group: see the hub's values.
            const path = `${hubsFolder}/${hub}/homes`;
            directory(`${name}-${host.name}-homes`, host, { path, owner: "1000:100" }, waiting);
            this.local = { node: host.name, path };
        } else {
            onHost(
                `${name}-${host.name}-disk`,
                host,
                { bring: fits(disk.device, disk.sizeGiB), undo: ":" },
                waiting,
            );
            this.local = { node: host.name, path: disk.device, fsType: "xfs" };
        }
        this.registerOutputs();
    }
}

/** The hub database layer on a host: the directory of one hub's file. */
export class HubDatabase extends Layer {
    readonly local: LocalVolume;

    constructor(name: string, args: VolumeArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:HubDatabase", name, args, opts);
        const { hub, host, after } = args;
        const path = `${hubsFolder}/${hub}/database`;
        // As whom the chart runs the hub.
        directory(
            `${name}-${host.name}-database`,
            host,
            { path, owner: "1000:1000" },
            { parent: this, dependsOn: allOf(after) },
        );
        this.local = { node: host.name, path };
        this.registerOutputs();
    }
}

/** A directory of pods of one user; it stays, with what lies in it, when it is given up. */
export function directory(
    name: string,
    host: RemoteHost,
    { path, owner }: { readonly path: string; readonly owner: string },
    opts: OnLayer,
): Done {
    const bring = `
path=${quote(path)}
if [ -d "$path" ] && [ "$(stat -c '%a %u:%g' "$path")" = '2770 ${owner}' ]; then echo unchanged; exit; fi
mkdir -p -m 755 ${hubsFolder}
mkdir -p "$path"
chmod 711 "$(dirname "$path")"
chown ${owner} "$path"; chmod 2770 "$path"
echo changed`;
    return onHost(name, host, { bring, undo: ":" }, opts);
}

/**
 * Whether a disk may be given to homes: there, large enough, in use by nobody, and empty or theirs already. Kubernetes
 * makes the file system when the first pod comes, and never over another.
 */
function fits(device: string, sizeGiB: number): string {
    const whole = String(sizeGiB);
    return `
device=${quote(device)}
[ -b "$device" ] || { echo "$device is no disk of this host" >&2; exit 1; }
bytes=$(blockdev --getsize64 "$device")
[ "$bytes" -ge $((${whole} * 1024 * 1024 * 1024)) ] || { echo "$device has $((bytes / 1024 / 1024 / 1024)) GiB, and homes.sizeGiB asks for ${whole}" >&2; exit 1; }
type=$(blkid -p -s TYPE -o value "$device" || true)
case "$type" in
    ''|xfs) ;;
    *) echo "$device holds $type: name an empty disk, or one that had the homes" >&2; exit 1 ;;
esac
echo unchanged`;
}
