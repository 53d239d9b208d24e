import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { controlAccount, controlPlaces } from "../../../model/commcare/control-machine";
import type { Files } from "../../../workloads/commcare/environment/files";
import { prepareCommand } from "../../control-script";
import { receive, remoteFile, sent } from "../remote-file";
import type { Done, RemoteHost, Steps } from "../remote-host";
import { allOf, onHost } from "../remote-host";
import { remotePackages } from "../remote-packages";
import { controlFiles } from "./control-files";
import { environmentStep } from "./environment-step";

export interface ControlMachineArgs extends LayerArgs {
    readonly host: RemoteHost;
    /** Name of the environment. */
    readonly environment: string;
    /** Its files. */
    readonly files: Files;
    /** Commit of commcare-cloud. */
    readonly commit: string;
    /** By which it comes in to every host. */
    readonly privateKey: pulumi.Input<string>;
    /** The account that all this is for, and those of whoever works in it. */
    readonly after: readonly Done[];
}

const home = `/home/${controlAccount}`;
const keyPath = `${home}/${controlPlaces.firstKey}`;

/**
 * The host that commcare-cloud runs on: its checkout, its environment, and the key by which it reaches the others, so
 * that the next command is commcare-cloud's own. What runs that where the stack file asks for it is an Installation.
 */
export class ControlMachine extends Layer {
    constructor(name: string, args: ControlMachineArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:vms:ControlMachine", name, args, opts);
        const { host, environment, files, commit, privateKey, after } = args;
        const waiting = { parent: this, dependsOn: allOf(after) };
        const { prepare, install, ssh } = controlFiles(environment, commit);
        const tools = remotePackages(`${name}-tools`, host, ["git"], waiting);
        const script = remoteFile(`${name}-prepare`, host, prepare, waiting);
        remoteFile(`${name}-install`, host, install, waiting);
        const key = onHost(`${name}-key`, host, keyStep(privateKey), waiting);
        remoteFile(`${name}-ssh`, host, ssh, { parent: this, dependsOn: allOf([key]) });
        onHost(`${name}-environment`, host, environmentStep(files), waiting);
        onHost(`${name}-prepared`, host, preparedStep(commit), {
            parent: this,
            dependsOn: allOf([tools, script]),
        });
        this.registerOutputs();
    }
}

function keyStep(privateKey: pulumi.Input<string>): Steps {
    const bring = `
install -d -o ${controlAccount} -g "$(id -gn ${controlAccount})" -m 700 ${home}/.ssh
${receive(keyPath)}
chmod 600 "$new"; chown ${controlAccount}: "$new"
if cmp -s "$new" "$path" && [ "$(stat -c '%a %U' "$path")" = '600 ${controlAccount}' ]; then
    echo unchanged; exit
fi
sync "$new"; mv -f "$new" "$path"
echo changed`;
    return { bring, undo: `rm -f ${keyPath}`, stdin: sent(privateKey) };
}

/** The checkout stays when this is given up: somebody may have worked in it. */
function preparedStep(commit: string): Steps {
    const stamp = "/var/lib/steward/commcare-cloud";
    const bring = `
. /etc/os-release
if [ "$ID-$VERSION_ID" != ubuntu-22.04 ]; then
    echo "unchanged: commcare-cloud runs on ubuntu-22.04, and this is $ID-$VERSION_ID"; exit
fi
if [ "$(cat ${stamp} 2>/dev/null)" = ${commit} ]; then echo unchanged; exit; fi
umask 022
snap wait system seed.loaded
snap install astral-uv --classic >&2
checkout=${home}/${controlPlaces.checkout}
if [ -d "$checkout" ]; then sudo -iu ${controlAccount} git -C "$checkout" fetch --quiet origin >&2; fi
sudo -iu ${controlAccount} ${prepareCommand} >&2
echo ${commit} >${stamp}
echo changed`;
    return { bring, undo: `rm -f ${stamp}` };
}
