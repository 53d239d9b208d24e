import { controlPlaces } from "../../../model/commcare/control-machine";
import { controlScript, prepareCommand } from "../../control-script";

export interface ControlStart {
    readonly region: string;
    /** Commit of commcare-cloud. */
    readonly commit: string;
    /** Name of the secret that holds the key for the first sign-in, as JSON. */
    readonly keySecret: string;
}

/**
 * What the control machine does at its first start, so that `cchq` runs there: commcare-cloud's own bootstrap at one
 * commit, the place of the environments, and the key by which it reaches the others. Its user data holds the secret's
 * name and not the secret: the machine reads it as itself.
 *
 * @see https://cloudinit.readthedocs.io/en/22.4/reference/modules.html
 */
export function controlStart(start: ControlStart): Readonly<Record<string, unknown>> {
    const log = "/var/log/ansible.log";
    return {
        packages: ["git"],
        write_files: [
            { path: prepareCommand, permissions: "0755", content: awsControlScript(start) },
        ],
        runcmd: [
            ["snap", "wait", "system", "seed.loaded"],
            ["snap", "install", "astral-uv", "--classic"],
            ["install", "-o", "ubuntu", "-g", "adm", "-m", "0664", "/dev/null", log],
            ["sudo", "-iu", "ubuntu", prepareCommand],
        ],
    };
}

/** For the account `ubuntu`. Its Python has boto3, which the image has not. */
export function awsControlScript({ region, commit, keySecret }: ControlStart): string {
    const { checkout, firstKey } = controlPlaces;
    const read =
        "import boto3, json, sys; " +
        'client = boto3.client("secretsmanager", region_name=sys.argv[1]); ' +
        'print(json.loads(client.get_secret_value(SecretId=sys.argv[2])["SecretString"]), end="")';
    return controlScript(commit, [
        "umask 077",
        `${checkout}/.venv/bin/python -c '${read}' ${region} ${keySecret} > ${firstKey}.new`,
        `mv ${firstKey}.new ${firstKey}`,
    ]);
}
