import * as pulumi from "@pulumi/pulumi";
import { controlAccount, controlPlaces } from "../../../model/commcare/control-machine";
import type { Steps } from "../remote-host";
import { lastStep, throughFolder } from "./install-command";
import { installUnit, passwordPath } from "./install-unit";

export interface VaultSecrets {
    /** Opens the vault. */
    readonly vaultPassword: pulumi.Input<string>;
    /** vault.yml as ansible-vault sealed it. */
    readonly vault: pulumi.Input<string>;
}

const home = `/home/${controlAccount}`;
const through = `${home}/${throughFolder}`;
const progress = `${through}/progress`;

/** Seconds between two looks at how far it is, and looks without news after which a connection is told that it is in use. */
const [pause, patience] = [2, 60];

/**
 * Starts the unit that installs CommCare, or finds the one that runs, and follows it to its end. Once all of its steps
 * are through there is nothing to do, whatever changes in the stack file: changes are commcare-cloud's own commands.
 *
 * The vault is placed where none is: from then on it is edited where it lies.
 */
export function installStep(environment: string, { vaultPassword, vault }: VaultSecrets): Steps {
    const sealed = `${home}/${controlPlaces.environments}/${environment}/vault.yml`;
    const bring = `
read -r password; read -r vault; read -r end || true
[ "$end" = whole ] || { echo 'the secrets did not arrive whole' >&2; exit 1; }
if [ -e ${through}/${lastStep} ]; then echo unchanged; exit; fi
if systemctl --quiet is-active ${installUnit}; then
    echo 'it runs already: following it'
else
    if ! [ -s ${sealed} ]; then
        printf %s "$vault" | base64 -d >${sealed}.part
        chmod 600 ${sealed}.part; chown ${controlAccount}: ${sealed}.part
        sync ${sealed}.part; mv -f ${sealed}.part ${sealed}
    fi
    rm -f ${progress}
    mkdir -p "$(dirname ${passwordPath})"
    trap 'rm -f ${passwordPath}' EXIT
    printf %s "$password" | base64 -d >${passwordPath}
    systemctl start ${installUnit}
    rm -f ${passwordPath}
fi
seen=0
silent=0
while :; do
    runs=yes; systemctl --quiet is-active ${installUnit} || runs=no
    size=$(stat -c %s ${progress} 2>/dev/null || echo 0)
    if [ "$size" -gt "$seen" ]; then
        tail -c +$((seen + 1)) ${progress} | head -c $((size - seen))
        seen=$size; silent=0
    fi
    [ "$runs" = yes ] || break
    silent=$((silent + 1))
    [ $((silent % ${String(patience)})) != 0 ] || echo "  goes on, $((silent * ${String(pause)} / 60)) minutes without news"
    sleep ${String(pause)}
done
if [ -e ${through}/${lastStep} ]; then echo changed; exit; fi
{
    grep -E '^  (FAILED|UNREACHABLE) on ' ${progress} | tail -n 5 || true
    echo 'CommCare is not installed to its end: why is in ~${controlAccount}/install-commcare.log of this host, for that account alone; once it is mended, up goes on from there'
} >&2
exit 1`;
    return {
        bring,
        undo: `systemctl stop ${installUnit} 2>/dev/null || true`,
        stdin: pulumi
            .all([vaultPassword, vault])
            .apply((texts) => [...texts.map(encoded), "whole", ""].join("\n")),
        streamed: true,
    };
}

const encoded = (text: string): string => Buffer.from(text).toString("base64");
