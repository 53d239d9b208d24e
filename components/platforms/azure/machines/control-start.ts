import { controlPlaces } from "../../../model/commcare/control-machine";
import { controlScript, prepareCommand } from "../../control-script";
import { rootUser } from "./machine";

/**
 * What the control machine does at its first start, so that `cchq` runs there: commcare-cloud's own bootstrap at one
 * commit, the place of the environments, and the key by which it reaches the others. The key comes with the machine's
 * custom data, since who the machine is Azure says only once it is there.
 *
 * @param commit Of commcare-cloud.
 * @param key Private half of the key for the first sign-in.
 * @see https://cloudinit.readthedocs.io/en/22.4/reference/modules.html
 */
export function controlStart(commit: string, key: string): Readonly<Record<string, unknown>> {
    const log = "/var/log/ansible.log";
    return {
        packages: ["git"],
        write_files: [
            { path: prepareCommand, permissions: "0755", content: controlScript(commit) },
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
            ["sudo", "-iu", rootUser, prepareCommand],
        ],
    };
}
