import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import type { Done, RemoteHost } from "./remote-host";
import { onHost } from "./remote-host";

export interface HostingArgs extends LayerArgs {
    readonly host: RemoteHost;
    /** Releases that the host may run, as in ubuntu-22.04. */
    readonly systems: readonly string[];
}

/** One machine that somebody else racked: entered, and looked at before anything is changed on it. */
export class Hosting extends Layer {
    /** What everything else on the host waits for. */
    readonly entered: Done;

    constructor(name: string, args: HostingArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:Hosting", name, args, opts);
        const { host, systems } = args;
        const bring = `
. /etc/os-release
system="$ID-$VERSION_ID"; machine=$(uname -m)
case " ${systems.join(" ")} " in
    *" $system "*) ;;
    *) echo "${host.name} runs $system; install one of: ${systems.join(", ")}" >&2; exit 1 ;;
esac
[ "$machine" = x86_64 ] || { echo "${host.name} is $machine; take a machine of x86_64" >&2; exit 1; }
[ -d /run/systemd/system ] || { echo "${host.name} was not started by systemd" >&2; exit 1; }
echo "$system"`;
        this.entered = onHost(`${name}-entered`, host, { bring, undo: ":" }, { parent: this });
        this.registerOutputs();
    }
}
