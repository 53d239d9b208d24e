import { stringify } from "yaml";
import { postgresUsers } from "../../../model/commcare/postgres-users";
import { secretsPrefix } from "../../../model/commcare/secret-names";
import type { Environment } from "./environment";

/** How a secret comes about. */
type Origin =
    /** Random, so many letters and digits. */
    | { readonly generate: number }
    /** Known to somebody, who writes it in. */
    | { readonly ask: string };

type Secrets = { readonly [key: string]: Origin | string | null | readonly string[] | Secrets };

const random: Origin = { generate: 32 };
const none = "";

/**
 * What commcare-cloud reads from `vault.yml`.
 *
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/environment/secrets/secrets.yml
 */
function secretsOf(environment: Environment): Secrets {
    const { name, postgresql, inventory, platformSecrets, public: variables } = environment;
    const remote = inventory.children["remote_postgresql"] !== undefined;
    return {
        ansible_sudo_pass: random,
        secrets: {
            HAPROXY_STATS_PASSWORD: random,
            SUPERVISOR_HTTP_USERNAME: "supervisor_http",
            SUPERVISOR_HTTP_PASSWORD: random,
            POSTGRES_USERS: usersOf(
                remote
                    ? {
                          ask: `the master password of ${postgresql.DEFAULT_POSTGRESQL_HOST}, in the secret ${secretsPrefix(name)}/POSTGRES_USERS`,
                      }
                    : undefined,
            ),
            // Machines of AWS come to its store as themselves, to any other with a key.
            ...(variables["s3_blob_db_enabled"] === true && variables["aws_region"] === undefined
                ? {
                      S3_ACCESS_KEY: { ask: "of the store for attachments" },
                      S3_SECRET_KEY: { ask: "its secret half" },
                  }
                : {}),
        },
        localsettings_private: {
            SECRET_KEY: { generate: 50 },
            FORMPLAYER_INTERNAL_AUTH_KEY: random,
            COUCH_USERNAME: "commcarehq",
            COUCH_PASSWORD: random,
            EMAIL_LOGIN: { ask: "the account with the mail provider" },
            EMAIL_PASSWORD: { ask: "its password" },
            BOOKKEEPER_CONTACT_EMAILS: [],
            GMAPS_API_KEY: none,
        },
        ...Object.fromEntries(
            Object.entries(platformSecrets).map(([variable, ask]) => [variable, { ask }]),
        ),
    };
}

const usersOf = (root: Origin | undefined): Secrets =>
    Object.fromEntries(
        Object.entries(postgresUsers<Origin>(() => random, root)).map(([user, each]) => [
            user,
            { ...each },
        ]),
    );

const isOrigin = (value: unknown): value is Origin =>
    typeof value === "object" && value !== null && ("generate" in value || "ask" in value);

function fill(secrets: Secrets, value: (origin: Origin) => string): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(secrets).map(([key, each]) => [
            key,
            isOrigin(each)
                ? value(each)
                : typeof each === "object" && each !== null && !Array.isArray(each)
                  ? fill(each as Secrets, value)
                  : each,
        ]),
    );
}

/** Every key of the vault, with what is to be put there in place of the secret: it holds none. */
export function vaultTemplate(environment: Environment): string {
    const content = fill(secretsOf(environment), (origin) =>
        "generate" in origin
            ? `<random: ${origin.generate} letters and digits>`
            : `<ask: ${origin.ask}>`,
    );
    return [
        "# What vault.yml has to hold. It is made from this and encrypted in one step, without a plain copy:",
        "#   STEWARD_VAULT_PASSWORD=… npm run steward -- environment <stack> --out <directory>",
        "# What is marked `ask` is added with `ansible-vault edit vault.yml`.",
        stringify(content, { lineWidth: 0 }),
    ].join("\n");
}

/**
 * The content of `vault.yml`, to be encrypted at once.
 *
 * @param generate Gives so many random letters and digits.
 */
export function vaultContent(
    environment: Environment,
    generate: (length: number) => string,
): string {
    const content = fill(secretsOf(environment), (origin) =>
        "generate" in origin ? generate(origin.generate) : "",
    );
    return stringify(content, { lineWidth: 0 });
}
