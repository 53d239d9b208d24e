import { controlPlaces } from "../model/commcare/control-machine";

/** Where a control machine has the script that gets commcare-cloud ready. */
export const prepareCommand = "/usr/local/bin/prepare-commcare-cloud";

/**
 * Gets commcare-cloud ready for the account that runs it, and does again only what is missing: commcare-cloud's own
 * bootstrap at one commit, and the place of the environments.
 *
 * @param commit Of commcare-cloud.
 * @param more What else is done in the account's home, line by line.
 * @see https://github.com/dimagi/commcare-cloud/blob/master/control/init.sh
 */
export function controlScript(commit: string, more: readonly string[] = []): string {
    const { checkout, environments } = controlPlaces;
    return [
        "#!/bin/bash",
        "# Gets commcare-cloud ready for whoever runs it; to be run again where it failed.",
        "set -e",
        "cd",
        `test -d ${checkout} || git clone https://github.com/dimagi/commcare-cloud.git ${checkout}`,
        `mkdir -p ${environments} .ssh`,
        `place='export COMMCARE_CLOUD_ENVIRONMENTS="$HOME/${environments}"'`,
        'grep -qxF "$place" .profile || echo "$place" >> .profile',
        `export NO_INPUT=1 COMMCARE_CLOUD_BRANCH=${commit} COMMCARE_CLOUD_ENVIRONMENTS="$HOME/${environments}"`,
        `source ${checkout}/control/init.sh`,
        ...(more.length === 0 ? [] : ["cd", ...more]),
        "",
    ].join("\n");
}
