import * as rbac from "@pulumi/kubernetes/rbac/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { names } from "./names";

export interface UserSessionsArgs extends LayerArgs {
    readonly namespace: pulumi.Input<string>;
    readonly serviceAccount: string;
}

/**
 * The session layer of one hub. The sessions themselves are pods that the hub makes and labels; here stands
 * the right that it needs to hand them to the users' service account.
 */
export class UserSessions extends Layer {
    constructor(name: string, args: UserSessionsArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:UserSessions", name, args, opts);

        const role = new rbac.Role(
            `${name}-role`,
            {
                metadata: this.metadata("own-user-pods", args.namespace),
                rules: [
                    {
                        apiGroups: [""],
                        resources: ["serviceaccounts"],
                        resourceNames: [args.serviceAccount],
                        verbs: ["get"],
                    },
                ],
            },
            { parent: this },
        );
        new rbac.RoleBinding(
            `${name}-role-binding`,
            {
                metadata: this.metadata("own-user-pods", args.namespace),
                roleRef: {
                    apiGroup: "rbac.authorization.k8s.io",
                    kind: "Role",
                    name: role.metadata.name,
                },
                subjects: [
                    {
                        kind: "ServiceAccount",
                        name: names.hubServiceAccount,
                        namespace: args.namespace,
                    },
                ],
            },
            { parent: this },
        );

        this.registerOutputs();
    }
}
