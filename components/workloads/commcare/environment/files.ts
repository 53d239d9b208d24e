import { stringify } from "yaml";
import type { Environment } from "./environment";
import { inventoryText } from "./inventory";
import { vaultTemplate } from "./vault";

/** Text of each file, by its path below the directory that `COMMCARE_CLOUD_ENVIRONMENTS` names. */
export type Files = Readonly<Record<string, string>>;

const yaml = (value: unknown): string =>
    `# Written by Steward from the stack file: change that, and write it again.\n${stringify(
        value,
        {
            aliasDuplicateObjects: false,
            lineWidth: 0,
        },
    )}`;

/** The files of an environment; `known_hosts`, which has to name every machine, only where the keys are known. */
export function filesOf(environment: Environment): Files {
    const { name, users, keys, aws, knownHosts } = environment;
    const own = {
        "meta.yml": yaml(environment.meta),
        "proxy.yml": yaml(environment.proxy),
        "postgresql.yml": yaml(environment.postgresql),
        "app-processes.yml": yaml(environment.appProcesses),
        "fab-settings.yml": yaml(environment.fabSettings),
        "public.yml": yaml(environment.public),
        "elasticsearch.yml": yaml(environment.elasticsearch),
        "inventory.ini": inventoryText(environment.inventory),
        ...(knownHosts === undefined ? {} : { known_hosts: `${knownHosts.join("\n")}\n` }),
        ...(aws === undefined
            ? { "vault.yml.template": vaultTemplate(environment) }
            : { "aws.yml": yaml(aws.account), "terraform.yml": yaml(aws.terraform) }),
    };
    return {
        ...Object.fromEntries(Object.entries(own).map(([file, text]) => [`${name}/${file}`, text])),
        ...Object.fromEntries(
            Object.entries(users).map(([group, people]) => [
                `_users/${group}.yml`,
                yaml({ dev_users: people }),
            ]),
        ),
        ...Object.fromEntries(
            Object.entries(keys).map(([person, key]) => [
                `_authorized_keys/${person}.pub`,
                `${key}\n`,
            ]),
        ),
    };
}
