import {
    ansibleAccount,
    controlAccount,
    controlPlaces,
} from "../../../model/commcare/control-machine";
import { controlScript, prepareCommand } from "../../control-script";
import type { KeptFile } from "../remote-file";
import { controlSettings, installCommand, installScript } from "./install-command";

/** In the home of the account, whose SSH reads it. */
const sshConfig = `# Kept by Steward: changes by hand are undone.
Host *
    User ${ansibleAccount}
    IdentityFile ~/${controlPlaces.firstKey}
`;

/**
 * Files of the control machine that are root's, by what they are. Ansible says whom it comes in as; whatever else goes
 * by SSH comes in as the account that commcare-cloud makes.
 *
 * @param environment Name of the environment.
 * @param commit Of commcare-cloud.
 */
export function controlFiles(environment: string, commit: string) {
    const profile = controlSettings.map(
        (line) => `grep -qxF '${line}' .profile || echo '${line}' >> .profile`,
    );
    return {
        prepare: { path: prepareCommand, content: controlScript(commit, profile), mode: "755" },
        install: { path: installCommand, content: installScript(environment), mode: "755" },
        ssh: { path: `/home/${controlAccount}/.ssh/config`, content: sshConfig },
    } as const satisfies Readonly<Record<string, KeptFile>>;
}
