import { uuid } from "../../provider/identifiers";
import { text } from "../../provider/stand-in";
import type { Props } from "../../provider/values";
import { normal } from "../arm-id";
import type { Admission, AzureType } from "../azure-type";
import { refuse } from "../azure-type";
import { plainName } from "../names";
import { inGroup } from "./paths";

export const identityType = "azure-native:managedidentity:UserAssignedIdentity";
const credentialType = "azure-native:managedidentity:FederatedIdentityCredential";

/** @see https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations */
const mostCredentials = 20;

function admitCredential({ id, inputs, cloud }: Admission): void {
    const identity = normal(id).replace(/\/[^/]+\/[^/]+$/, "");
    const others = cloud
        .all(credentialType)
        .filter(
            (each) => normal(each.id).startsWith(`${identity}/`) && normal(each.id) !== normal(id),
        );
    if (others.length >= mostCredentials)
        refuse(
            "TooManyFederatedIdentityCredentials",
            `an identity takes ${mostCredentials} credentials; give the next one an identity of its own`,
        );
    const pair = (props: Props) => `${text(props, "issuer") ?? ""} ${text(props, "subject") ?? ""}`;
    if (others.some((each) => pair(each.outputs) === pair(inputs)))
        refuse("Conflict", "issuer, subject: another credential of this identity has the two");
}

/** @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview */
export const managedidentityTypes: Readonly<Record<string, AzureType>> = {
    [identityType]: {
        path: inGroup("Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}"),
        name: plainName(3, 128),
        made: ({ tenantId }) => ({ clientId: uuid(), principalId: uuid(), tenantId }),
    },
    [credentialType]: {
        path: inGroup(
            "Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}/federatedIdentityCredentials/{federatedIdentityCredentialResourceName}",
        ),
        name: plainName(3, 120),
        *inputProblems(inputs) {
            const audiences = inputs["audiences"];
            if (Array.isArray(audiences) && audiences.length !== 1)
                yield { property: "audiences", reason: "takes exactly one audience" };
            const issuer = text(inputs, "issuer");
            if (issuer !== undefined && !issuer.startsWith("https://"))
                yield { property: "issuer", reason: "is no https address" };
            for (const key of ["issuer", "subject"])
                if ((text(inputs, key) ?? "").length > 600)
                    yield { property: key, reason: "has more than 600 characters" };
        },
        // "Concurrent writes to federated identity credentials of one identity are not supported."
        exclusive: (inputs) => `identity ${text(inputs, "resourceName") ?? ""}`,
        admit: admitCredential,
    },
};
