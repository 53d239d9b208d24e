import { controlPlaces } from "../../../model/commcare/control-machine";

/** Where the control machine has it. */
export const installCommand = "/usr/local/bin/install-commcare";

/** commcare-cloud's own commands from an empty host to a site, by a name for each. */
const steps: readonly (readonly [name: string, command: string])[] = [
    ["settings", "validate-environment-settings"],
    ["accounts", "bootstrap-users --quiet"],
    ["stack", "deploy-stack --skip-check --quiet --skip-tags=users -e CCHQ_IS_FRESH_INSTALL=1"],
    ["topics", "django-manage create_kafka_topics"],
    ["indexes", "django-manage preindex_everything"],
    ["release", "deploy --quiet"],
];

/**
 * What installs CommCare HQ: commcare-cloud's commands in their order, each once. One that fails ends it, and the next
 * run goes on from there: accounts can be made once only, and the rest takes hours.
 *
 * @param environment Name of the environment.
 * @see https://commcare-cloud.readthedocs.io/en/latest/installation/2-manual-install.html
 */
export function installScript(environment: string): string {
    const { checkout, environments } = controlPlaces;
    const vault = `${environments}/${environment}/vault.yml`;
    return [
        "#!/bin/bash",
        "# Installs CommCare HQ, and goes on where the last run ended. What is through: ~/.install-commcare",
        "set -eu",
        "cd",
        `export COMMCARE_CLOUD_ENVIRONMENTS="$HOME/${environments}" PATH="$HOME/${checkout}/.venv/bin:$PATH"`,
        ...controlSettings,
        "through=.install-commcare",
        'mkdir -p "$through"',
        `[ -x ${checkout}/.venv/bin/cchq ] || { echo "commcare-cloud is not here yet: run prepare-commcare-cloud" >&2; exit 2; }`,
        `[ -s ${vault} ] || { echo "~/${vault} is not there: copy the one that you made with STEWARD_VAULT_PASSWORD" >&2; exit 2; }`,
        'if [ -z "${ANSIBLE_VAULT_PASSWORD-}" ]; then',
        '    read -rsp "Password of vault.yml: " ANSIBLE_VAULT_PASSWORD; echo',
        "fi",
        "export ANSIBLE_VAULT_PASSWORD",
        "step() {",
        "    name=$1; shift",
        '    if [ -e "$through/$name" ]; then echo "== $name: done before"; return; fi',
        '    echo "== $name: cchq $*"',
        '    cchq "$@" || { code=$?; echo "== $name failed: once it is mended, install-commcare goes on from here" >&2; exit "$code"; }',
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
