import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { randomKey } from "../../../random-key";
import { secretsPrefix } from "./secret-names";

export interface SecretsArgs extends LayerArgs {
    readonly clusterName: string;
    readonly keyArn: pulumi.Input<string>;
    /** Of PostgreSQL as a service of the cloud: whom it was made with. */
    readonly postgresRoot:
        { readonly user: string; readonly password: pulumi.Output<string> } | undefined;
}

/**
 * The secrets that commcare-cloud cannot do without, made once and kept under the names that it looks for; each
 * value is JSON, as it reads them. Whatever else its list has belongs to services that the cluster may not use, and
 * is added there by hand.
 *
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/environment/secrets/secrets.yml
 */
export class Secrets extends Layer {
    readonly #name: string;
    readonly #args: SecretsArgs;

    constructor(name: string, args: SecretsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:aws:Secrets", name, args, opts);
        this.#name = name;
        this.#args = args;
        const made = (noun: string) => randomKey(`${name}-${noun}`, this);
        this.#keep("ansible_sudo_pass", made("sudo"));
        this.#keep("SECRET_KEY", made("django"));
        this.#keep("FORMPLAYER_INTERNAL_AUTH_KEY", made("formplayer"));
        this.#keep("COUCH_USERNAME", "commcarehq");
        this.#keep("COUCH_PASSWORD", made("couch"));
        this.#keep("POSTGRES_USERS", this.#postgresUsers(made));
        this.registerOutputs();
    }

    #postgresUsers(made: (noun: string) => pulumi.Output<string>) {
        const { postgresRoot } = this.#args;
        return {
            commcare: { username: "commcarehq", password: made("postgres") },
            devreadonly: { username: "devreadonly", password: made("postgres-reader") },
            replication: { username: "replication", password: made("postgres-replication") },
            ...(postgresRoot === undefined
                ? {}
                : { root: { username: postgresRoot.user, password: postgresRoot.password } }),
        };
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
