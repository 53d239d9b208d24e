import { controlPlaces } from "../../../model/commcare/control-machine";
import { pluginFolder, progressVariable } from "./progress-plugin";

/** Where the control machine has it. */
export const installCommand = "/usr/local/bin/install-commcare";

/** In the home of the account: a file for each step that is through. */
export const throughFolder = ".install-commcare";

/** commcare-cloud's own commands from an empty host to a site, by a name for each. */
const steps: readonly (readonly [name: string, command: string])[] = [
    ["settings", "validate-environment-settings"],
    ["accounts", 'bootstrap-users --quiet "$branch"'],
    [
        "stack",
        'deploy-stack --skip-check --quiet "$branch" --skip-tags=users -e CCHQ_IS_FRESH_INSTALL=1',
    ],
    ["topics", "django-manage create_kafka_topics"],
    ["indexes", "django-manage preindex_everything"],
    ["release", 'deploy --quiet "$branch"'],
];

/** The step after which CommCare is installed. */
export const lastStep = "release";

/**
 * What installs CommCare HQ: commcare-cloud's commands in their order, each once. One that fails ends it, and the next
 * run goes on from there: accounts can be made once only, and the rest takes hours.
 *
 * By hand it asks for the vault's password and shows everything. Started by `up` it has the password from systemd, tells
 * how far it is by names alone, and keeps what Ansible prints for the account.
 *
 * Some commands go on only on the branch that they are told, which at a commit is its short name.
 *
 * @param environment Name of the environment.
 * @see https://commcare-cloud.readthedocs.io/en/latest/installation/2-manual-install.html
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/cli_utils.py
 */
export function installScript(environment: string): string {
    const { checkout, environments } = controlPlaces;
    const vault = `${environments}/${environment}/vault.yml`;
    return [
        "#!/bin/bash",
        `# Installs CommCare HQ, and goes on where the last run ended. What is through: ~/${throughFolder}`,
        "set -eu",
        "cd",
        `export COMMCARE_CLOUD_ENVIRONMENTS="$HOME/${environments}" PATH="$HOME/${checkout}/.venv/bin:$PATH"`,
        ...controlSettings,
        `through=${throughFolder}`,
        'mkdir -p "$through"',
        // What Ansible prints and logs holds the secrets of the site.
        "for log in ansible.log install-commcare.log; do (umask 077; : >>$log); chmod 600 $log; done",
        'if [ -n "${CREDENTIALS_DIRECTORY-}" ]; then',
        `    export ${progressVariable}="$HOME/$through/progress" ANSIBLE_CALLBACK_PLUGINS=${pluginFolder}`,
        "    exec >>install-commcare.log 2>&1",
        '    ANSIBLE_VAULT_PASSWORD=$(cat "$CREDENTIALS_DIRECTORY/vault-password")',
        "fi",
        `tell() { [ -z "\${${progressVariable}-}" ] || echo "$*" >>"$${progressVariable}"; }`,
        'refuse() { echo "$*" >&2; tell "$*"; exit 2; }',
        `[ -x ${checkout}/.venv/bin/cchq ] || refuse "commcare-cloud is not here yet: run prepare-commcare-cloud"`,
        `[ -s ${vault} ] || refuse "~/${vault} is not there: copy the one that you made with STEWARD_VAULT_PASSWORD"`,
        'exec 9>"$through/lock"',
        'flock --nonblock 9 || refuse "install-commcare runs already"',
        'if [ -z "${ANSIBLE_VAULT_PASSWORD-}" ]; then',
        '    read -rsp "Password of vault.yml: " ANSIBLE_VAULT_PASSWORD; echo',
        "fi",
        "export ANSIBLE_VAULT_PASSWORD",
        `branch=$(git -C ${checkout} status 2>/dev/null | awk 'NR == 1 { print $NF }')`,
        'branch="--branch=${branch:-master}"',
        "step() {",
        "    name=$1; shift",
        '    if [ -e "$through/$name" ]; then echo "== $name: done before"; tell "== $name: done before"; return; fi',
        '    echo "== $name: cchq $*"; tell "== $name: cchq $*"',
        // Not the lock: a connection that Ansible leaves open would keep it.
        '    cchq "$@" 9>&- || {',
        "        code=$?",
        '        echo "== $name failed: once it is mended, install-commcare goes on from here" >&2',
        '        tell "== $name failed"',
        '        exit "$code"',
        "    }",
        '    : >"$through/$name"',
        "}",
        ...steps.map(([name, command]) => `step ${name} ${environment} ${command}`),
        `echo "Installed. Next: cchq ${environment} django-manage make_superuser <e-mail address>"`,
        "",
    ].join("\n");
}

/**
 * What Ansible is told on hosts. Its role `ssh` would put a file of its own in the place of sshd's, without Steward's
 * settings and with port 22; and the log that it asks for belongs to another account after the first run.
 *
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/ansible/roles/ssh/tasks/main.yml
 */
export const controlSettings: readonly string[] = [
    "export ANSIBLE_SKIP_TAGS=ssh",
    'export ANSIBLE_LOG_PATH="$HOME/ansible.log"',
];
