import * as keyvault from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
import { randomKey } from "../../../random-key";
import type { Place } from "../place";
import { grant } from "../role-assignment";
import type { Where } from "./where";

export interface SecretsArgs extends LayerArgs {
    readonly place: Place;
    readonly where: Where;
    readonly vault: keyvault.Vault;
    /** Of PostgreSQL as a service of the cloud: whom it was made with. */
    readonly postgresRoot:
        { readonly user: string; readonly password: pulumi.Output<string> } | undefined;
    /** Of the queue of tasks as a service of the cloud. */
    readonly brokerKey: pulumi.Output<string> | undefined;
    /** The identity of the control machine, which reads them. */
    readonly controlPrincipals: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * The secrets that commcare-cloud cannot do without, made once and kept in the cluster's vault. commcare-cloud reads
 * them from its own encrypted file, which is filled from here on the control machine.
 *
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/environment/secrets/secrets.yml
 */
export class Secrets extends Layer {
    readonly #name: string;
    readonly #args: SecretsArgs;

    constructor(name: string, args: SecretsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:azure:Secrets", name, args, opts);
        this.#name = name;
        this.#args = args;
        const made = (noun: string) => randomKey(`${name}-${noun}`, this);
        this.#keep("ansible-sudo-pass", made("sudo"));
        this.#keep("secret-key", made("django"));
        this.#keep("formplayer-internal-auth-key", made("formplayer"));
        this.#keep("couch-password", made("couch"));
        this.#keep("postgres-commcarehq", made("postgres"));
        this.#keep("postgres-devreadonly", made("postgres-reader"));
        const { postgresRoot, brokerKey, place, vault } = args;
        if (postgresRoot !== undefined) {
            this.#keep(`postgres-${postgresRoot.user.replaceAll("_", "-")}`, postgresRoot.password);
        }
        if (brokerKey !== undefined) this.#keep("redis-broker-key", brokerKey);
        for (const [host, principalId] of Object.entries(args.controlPrincipals)) {
            grant(
                `${name}-${host}-reads`,
                {
                    subscriptionId: place.subscriptionId,
                    role: "Key Vault Secrets User",
                    scope: vault.id,
                    principalId,
                    principalType: "ServicePrincipal",
                },
                { parent: this },
            );
        }
        this.registerOutputs();
    }

    #keep(secretName: string, value: pulumi.Input<string>): void {
        const { where, vault, place } = this.#args;
        new keyvault.Secret(
            `${this.#name}-${secretName}`,
            {
                resourceGroupName: where.resourceGroupName,
                vaultName: vault.name,
                secretName,
                properties: {
                    value: pulumi.secret(value),
                    contentType: `For commcare-cloud, which installs ${place.clusterName}`,
                },
                tags: this.tags(),
            },
            // Without it what is encrypted or signed with it is lost with it.
            { parent: this, protect: true },
        );
    }
}
