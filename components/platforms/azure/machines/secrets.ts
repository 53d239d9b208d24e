import * as keyvault from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../../layer";
import { Layer } from "../../../layer";
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
    /** Private half of the key for the first sign-in. */
    readonly firstKey: pulumi.Output<string>;
    /** Of the queue of tasks as a service of the cloud. */
    readonly brokerKey: pulumi.Output<string> | undefined;
    /** Of the object store on a machine. */
    readonly objectStoreKey: pulumi.Output<string> | undefined;
    /** The identity of the control machine, which reads them. */
    readonly controlPrincipals: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * The secrets that the stack made and somebody needs: kept in the cluster's vault, from where they are written into
 * commcare-cloud's own encrypted file on the control machine. All others are made with that file.
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
        this.#keep("first-key", args.firstKey);
        const { postgresRoot, brokerKey, objectStoreKey, place, vault } = args;
        if (postgresRoot !== undefined) {
            this.#keep(`postgres-${postgresRoot.user.replaceAll("_", "-")}`, postgresRoot.password);
        }
        if (brokerKey !== undefined) this.#keep("redis-broker-key", brokerKey);
        if (objectStoreKey !== undefined) this.#keep("object-store-key", objectStoreKey);
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
            // Without it what is encrypted or signed with it is lost. The vault takes it along: at its own address the
            // deployer could not delete it.
            { parent: this, protect: true, retainOnDelete: true },
        );
    }
}
