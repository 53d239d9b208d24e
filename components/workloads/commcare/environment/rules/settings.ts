import type { Problem } from "../../../../model/problem";
import { elsewhere } from "./elsewhere";
import type { EnvironmentRule } from "./rule";
import { hostsOf } from "./rule";

const missing = (path: string, value: unknown): Problem[] =>
    typeof value === "string" && value !== ""
        ? []
        : [{ path, message: "is missing", fix: "write it" }];

export const settingRules: readonly EnvironmentRule[] = [
    {
        id: "keys-there",
        why: "The loader stops without them.",
        check({ meta, proxy }) {
            return [
                ...missing("meta.yml:deploy_env", meta.deploy_env),
                ...missing("meta.yml:env_monitoring_id", meta.env_monitoring_id),
                ...missing("proxy.yml:SITE_HOST", proxy.SITE_HOST),
                ...(meta.users.length > 0 ? [] : missing("meta.yml:users", undefined)),
            ];
        },
    },
    {
        id: "secrets-reachable",
        why: "Its loader looks at none of it: the first run of Ansible stops, or installs with empty passwords.",
        check({ meta, aws }) {
            const backend = meta.secrets_backend;
            const path = "meta.yml:secrets_backend";
            if (backend === "ansible-vault") {
                if (aws === undefined) return [];
                const message = "is ansible-vault, beside an aws.yml that it does not read";
                return [{ path, message, fix: "write aws-secrets, or leave aws.yml out" }];
            }
            if (backend !== "aws-secrets") {
                const message = `${backend} is no backend of commcare-cloud`;
                return [{ path, message, fix: "write aws-secrets or ansible-vault" }];
            }
            const account = aws?.account.sso_config.sso_account_id;
            return [
                ...(/^\d{12}$/.test(account ?? "")
                    ? []
                    : missing("aws.yml:sso_config.sso_account_id", undefined)),
                ...missing("terraform.yml:account_alias", aws?.terraform.account_alias),
                ...missing("terraform.yml:region", aws?.terraform.region),
            ];
        },
    },
    {
        id: "people-with-keys",
        why: "Who has no key is locked out: the first run takes passwords and root away.",
        check({ meta, users, keys }) {
            return meta.users.flatMap((group) => {
                const path = `_users/${group}.yml`;
                const people = users[group];
                if (people === undefined) return missing(path, undefined);
                const both = people.present.filter((name) => people.absent.includes(name));
                return [
                    ...both.map((name) => ({
                        path,
                        message: `${name} is present and absent`,
                        fix: "keep one",
                    })),
                    ...people.present
                        .filter((name) => !keys[name])
                        .map((name) => ({
                            path: `_authorized_keys/${name}.pub`,
                            message: "is missing",
                            fix: "write the person's public key",
                        })),
                    ...(people.present.length > 0 ? [] : missing(`${path}:present`, undefined)),
                ];
            });
        },
    },
    {
        id: "nothing-public-that-belongs-elsewhere",
        why: "The loader refuses public.yml with a variable of another file.",
        check({ public: variables }) {
            return Object.keys(variables)
                .filter((name) => Object.hasOwn(elsewhere, name))
                .map((name) => ({
                    path: `public.yml:${name}`,
                    message: `belongs in ${elsewhere[name] ?? ""}`,
                    fix: "write it there",
                }));
        },
    },
    {
        id: "no-secret-in-public",
        why: "public.yml is committed.",
        check({ public: variables }) {
            const found: Problem[] = [];
            const look = (path: string, value: unknown) => {
                if (typeof value === "object" && value !== null) {
                    for (const [key, each] of Object.entries(value)) look(`${path}.${key}`, each);
                    return;
                }
                if (!/(password|secret|token|private_key|access_key)$/i.test(path)) return;
                if (value === "" || value === null) return;
                if (typeof value === "string" && /^\{\{.*\}\}$/.test(value)) return;
                const fix = "put the value among the secrets and refer to it";
                found.push({ path, message: "holds a secret in plain text", fix });
            };
            for (const [key, value] of Object.entries(variables)) look(`public.yml:${key}`, value);
            return found;
        },
    },
    {
        id: "first-sign-in",
        why: "Without them the first run asks for a root password, which hardened images do not have.",
        check({ public: variables }) {
            return ["commcare_cloud_root_user", "commcare_cloud_pem"].flatMap((key) =>
                missing(`public.yml:${key}`, variables[key]),
            );
        },
    },
    {
        id: "broker-named",
        why: "Celery has no broker without it; one that the cache shares is emptied with the cache.",
        check({ public: variables }) {
            const settings = variables["localsettings"] as Record<string, unknown> | undefined;
            const path = "public.yml:REDIS_BROKER_DB";
            const same =
                variables["REDIS_BROKER_HOST"] === settings?.["REDIS_HOST"] &&
                variables["REDIS_BROKER_DB"] === settings?.["REDIS_DB"];
            return [
                ...missing("public.yml:REDIS_BROKER_HOST", variables["REDIS_BROKER_HOST"]),
                ...missing("public.yml:localsettings.REDIS_HOST", settings?.["REDIS_HOST"]),
                ...(same ? [{ path, message: "is the cache's", fix: "take another number" }] : []),
            ];
        },
    },
    {
        id: "documents-reachable",
        why: "HQ asks the proxy's port: the nodes' own is another, and a single node is lost with its machine.",
        check(environment) {
            const databases = environment.public["couch_dbs"] as
                { default?: { host?: unknown; port?: unknown } } | undefined;
            const { host, port } = databases?.default ?? {};
            const proxies = hostsOf(environment, "couchdb2_proxy");
            const path = "public.yml:couch_dbs.default";
            return [
                ...missing(`${path}.host`, host),
                ...(proxies.includes(String(host))
                    ? []
                    : [
                          {
                              path,
                              message: `${String(host)} is no proxy of CouchDB`,
                              fix: "take one",
                          },
                      ]),
                ...(port === 25_984
                    ? []
                    : [{ path, message: `${String(port)} is not its port`, fix: "write 25984" }]),
            ];
        },
    },
];
