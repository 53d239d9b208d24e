import { controlPlaces } from "../../../model/commcare/control-machine";

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
 * @see https://github.com/dimagi/commcare-cloud/blob/master/control/init.sh
 * @see https://cloudinit.readthedocs.io/en/22.4/reference/modules.html
 */
export function controlStart(start: ControlStart): Readonly<Record<string, unknown>> {
    const script = "/usr/local/bin/prepare-commcare-cloud";
    const log = "/var/log/ansible.log";
    return {
        packages: ["git"],
        write_files: [{ path: script, permissions: "0755", content: controlScript(start) }],
        runcmd: [
            ["snap", "wait", "system", "seed.loaded"],
            ["snap", "install", "astral-uv", "--classic"],
            ["install", "-o", "ubuntu", "-g", "adm", "-m", "0664", "/dev/null", log],
            ["sudo", "-iu", "ubuntu", script],
        ],
    };
}

/** For the account `ubuntu`; does again only what is missing. Its Python has boto3, which the image has not. */
export function controlScript({ region, commit, keySecret }: ControlStart): string {
    const { checkout, environments, firstKey } = controlPlaces;
    const read =
        "import boto3, json, sys; " +
        'client = boto3.client("secretsmanager", region_name=sys.argv[1]); ' +
        'print(json.loads(client.get_secret_value(SecretId=sys.argv[2])["SecretString"]), end="")';
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
        "cd",
        "umask 077",
        `${checkout}/.venv/bin/python -c '${read}' ${region} ${keySecret} > ${firstKey}.new`,
        `mv ${firstKey}.new ${firstKey}`,
        "",
    ].join("\n");
}
