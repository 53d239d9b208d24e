import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import { PrivateKey } from "@pulumi/tls/privateKey";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { postgresUsers, rootUser } from "../../../model/commcare/postgres-users";
import { firstKeySecret, secretsPrefix } from "../../../model/commcare/secret-names";
import type { SecretsBackend } from "../../../model/spec/commcare-environment";
import { randomKey } from "../../../random-key";

export interface SecretsArgs extends LayerArgs {
    readonly clusterName: string;
    readonly keyArn: pulumi.Input<string>;
    readonly backend: SecretsBackend;
    /** Password of whom PostgreSQL of the cloud was made with; undefined where it runs on machines. */
    readonly postgresRoot: pulumi.Output<string> | undefined;
}

/** The names of passwords in the program, which are older than those of users. */
const nounOf = {
    commcare: "postgres",
    devreadonly: "postgres-reader",
    replication: "postgres-replication",
} as const;

/**
 * The secrets that commcare-cloud cannot do without, made once and kept under the names that it looks for; each
 * value is JSON, as it reads them. Whatever else its list has belongs to services that the cluster may not use, and
 * is added there by hand. Where it reads a vault of its own, only what nobody else knows is kept.
 *
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/environment/secrets/secrets.yml
 */
export class Secrets extends Layer {
    /** What lets the control machine in for the first time: a line for `authorized_keys`. */
    readonly firstKey: pulumi.Output<string>;

    readonly #name: string;
    readonly #args: SecretsArgs;

    constructor(name: string, args: SecretsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:Secrets", name, args, opts);
        this.#name = name;
        this.#args = args;
        const { postgresRoot } = args;
        const made = (noun: string) => randomKey(`${name}-${noun}`, this);
        if (args.backend === "aws-secrets") {
            this.#keep("ansible_sudo_pass", made("sudo"));
            this.#keep("SECRET_KEY", made("django"));
            this.#keep("FORMPLAYER_INTERNAL_AUTH_KEY", made("formplayer"));
            this.#keep("COUCH_USERNAME", "commcarehq");
            this.#keep("COUCH_PASSWORD", made("couch"));
            this.#keep(
                "POSTGRES_USERS",
                postgresUsers((user) => made(nounOf[user]), postgresRoot),
            );
        } else if (postgresRoot !== undefined) {
            this.#keep("POSTGRES_USERS", { root: { username: rootUser, password: postgresRoot } });
        }
        const key = new PrivateKey(`${name}-first-key`, { algorithm: "ED25519" }, { parent: this });
        this.firstKey = key.publicKeyOpenssh.apply((line) => line.trim());
        this.#keep(firstKeySecret, key.privateKeyOpenssh);
        this.registerOutputs();
    }

    #keep(secret: string, value: pulumi.Input<unknown>): void {
        const { clusterName, keyArn } = this.#args;
        const noun = secret.toLowerCase().replaceAll("_", "-");
        const kept = new secretsmanager.Secret(
            `${this.#name}-${noun}`,
            {
                name: `${secretsPrefix(clusterName)}/${secret}`,
                description: `For commcare-cloud, which installs ${clusterName}`,
                kmsKeyId: keyArn,
                recoveryWindowInDays: 30,
                tags: this.tags(),
            },
            // Without it what is encrypted or signed with it is lost with it.
            { parent: this, protect: true },
        );
        // Another value is another version, and the new one is there first: Secrets Manager moves AWSCURRENT to it and
        // calls the old one AWSPREVIOUS. What the provider then deletes is labels, and never AWSCURRENT.
        // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
        new secretsmanager.SecretVersion(
            `${this.#name}-${noun}`,
            { secretId: kept.id, secretString: pulumi.secret(pulumi.jsonStringify(value)) },
            { parent: this },
        );
    }
}
