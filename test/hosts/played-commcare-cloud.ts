import { ask } from "./laboratory";

/** What the vault of these tests holds; it may stand in Ansible's own output, and nowhere else. */
export const siteSecret = "the secret of the site 5a1f";

const folder = "/home/commcare-cloud";

/**
 * commcare-cloud's commands, played: the one that installs the stack is Debian's own ansible-playbook, run as
 * commcare-cloud runs it, `--diff` included; the others say that they were asked.
 */
const cchq = `#!/bin/bash
echo "$*" >>~/asked
[ "$2" = deploy-stack ] || exit 0
cd ~/play
exec ansible-playbook stack.yml -i inventory --diff -e @$HOME/environments/commcare/vault.yml --vault-password-file=$HOME/play/echo_vault_password.sh
`;

const playbook = `
- name: Services of {{ secret }}
  hosts: all
  gather_facts: false
  pre_tasks:
    - name: Greet
      command: "true"
  roles: [site]
`;

const tasks = `
- name: Write settings
  template: { src: settings.j2, dest: ~/settings }
- name: Make {{ secret }} known
  command: echo {{ secret }}
- command: sleep {{ lookup('pipe', 'cat ~/play/pause') }}
- name: Restart what reads them
  fail: { msg: "cannot restart with {{ secret }}" }
  when: lookup('pipe', 'test -e ~/play/mended && echo yes || echo no') == 'no'
`;

/** Places it on the control machine of the laboratory, vm1, with another host to install on. */
export async function placeCommcareCloud(address: string): Promise<void> {
    await ask(
        "vm1",
        "apt-get update -qq && apt-get install -qq -y --no-install-recommends ansible-core",
    );
    const file = (path: string, text: string, mode = "644") => {
        const sent = Buffer.from(text).toString("base64");
        const to = `${folder}/${path}`;
        return `mkdir -p $(dirname ${to}); echo ${sent} | base64 -d >${to}; chmod ${mode} ${to}`;
    };
    await ask(
        "vm1",
        [
            file("commcare-cloud/.venv/bin/cchq", cchq, "755"),
            file(
                "play/echo_vault_password.sh",
                '#!/bin/sh\necho "$ANSIBLE_VAULT_PASSWORD"\n',
                "755",
            ),
            file("play/stack.yml", playbook),
            file("play/roles/site/tasks/main.yml", tasks),
            file("play/roles/site/templates/settings.j2", 'SECRET_KEY = "{{ secret }}"\n'),
            file("play/pause", "0\n"),
            file("play/inventory", `app ansible_host=${address} ansible_user=commcare-cloud\n`),
            `ssh-keyscan -t ed25519 ${address} >>${folder}/.ssh/known_hosts 2>/dev/null`,
            `chown -R commcare-cloud: ${folder}/commcare-cloud ${folder}/play ${folder}/.ssh/known_hosts`,
        ].join("\n"),
    );
}
