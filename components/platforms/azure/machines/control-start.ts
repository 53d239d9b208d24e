import { controlPlaces } from "../../../model/commcare/control-machine";
import { rootUser } from "./machine";

/**
 * What the control machine does at its first start, so that `cchq` runs there: commcare-cloud's own bootstrap at one
 * commit, the place of the environments, and the key by which it reaches the others. The key comes with the machine's
 * custom data, since who the machine is Azure says only once it is there.
 *
 * @param commit Of commcare-cloud.
 * @param key Private half of the key for the first sign-in.
 * @see https://github.com/dimagi/commcare-cloud/blob/master/control/init.sh
 * @see https://cloudinit.readthedocs.io/en/22.4/reference/modules.html
 */
export function controlStart(commit: string, key: string): Readonly<Record<string, unknown>> {
    const script = "/usr/local/bin/prepare-commcare-cloud";
    const log = "/var/log/ansible.log";
    return {
        packages: ["git"],
        write_files: [
            { path: script, permissions: "0755", content: controlScript(commit) },
            {
                path: `/home/${rootUser}/${controlPlaces.firstKey}`,
                owner: `${rootUser}:${rootUser}`,
                permissions: "0600",
                content: key,
                defer: true, // until the account is there
            },
        ],
        runcmd: [
            ["snap", "wait", "system", "seed.loaded"],
            ["snap", "install", "astral-uv", "--classic"],
            ["install", "-o", rootUser, "-g", "adm", "-m", "0664", "/dev/null", log],
            ["sudo", "-iu", rootUser, script],
        ],
    };
}

/** For the account that the machine is born with; does again only what is missing. */
export function controlScript(commit: string): string {
    const { checkout, environments } = controlPlaces;
    return [
        "#!/bin/bash",
        "# Gets commcare-cloud ready for whoever runs it; to be run again where it failed.",
        "set -e",
        "cd",
        `test -d ${checkout} || git clone https://github.com/dimagi/commcare-cloud.git ${checkout}`,
        `mkdir -p ${environments}`,
        `place='export COMMCARE_CLOUD_ENVIRONMENTS="$HOME/${environments}"'`,
        'grep -qxF "$place" .profile || echo "$place" >> .profile',
        `export NO_INPUT=1 COMMCARE_CLOUD_BRANCH=${commit} COMMCARE_CLOUD_ENVIRONMENTS="$HOME/${environments}"`,
        `source ${checkout}/control/init.sh`,
        "",
    ].join("\n");
}
