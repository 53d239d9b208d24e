import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { names } from "./names";
import { randomKey } from "../../random-key";
import { digest } from "./digest";

export interface AuthConfigArgs extends LayerArgs {
    readonly namespace: pulumi.Input<string>;
    /** The secret that the identity provider gave to the hub. */
    readonly oauthClientSecret: pulumi.Output<string>;
}

/** The sign-in layer of one hub: the OAuth client's secret, and the key that seals what signing in returns. */
export class AuthConfig extends Layer {
    /** 32 bytes in hexadecimal. Another key ends every session, and nothing worse. */
    readonly authStateKey: pulumi.Output<string>;
    readonly oauthClientDigest: pulumi.Output<string>;

    constructor(name: string, args: AuthConfigArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:AuthConfig", name, args, opts);

        const oauthClientSecret = pulumi.secret(args.oauthClientSecret);
        new core.Secret(
            `${name}-oauth-client`,
            {
                metadata: this.metadata(names.oauthClient, args.namespace),
                type: "Opaque",
                stringData: { [names.oauthClientKey]: oauthClientSecret },
            },
            { parent: this },
        );

        this.authStateKey = randomKey(`${name}-auth-state-key`, this);
        this.oauthClientDigest = oauthClientSecret.apply(digest);
        this.registerOutputs();
    }
}
