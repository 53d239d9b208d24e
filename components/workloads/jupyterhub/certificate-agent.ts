import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as core from "@pulumi/kubernetes/core/v1";
import * as helm from "@pulumi/kubernetes/helm/v4/chart";
import type * as pulumi from "@pulumi/pulumi";
import { inTurn } from "../../in-turn";
import { labelChildren } from "../../label-children";
import type { LayerArgs } from "../../layer";
import { Layer } from "../../layer";
import { passedOn } from "../../passed-on";
import type { Entrance } from "../../platforms/foundation";
import { certificateAgent } from "../../platforms/foundation";
import { sealSecrets } from "../../seal-secrets";
import { gatewayNames } from "./gateway-names";
import { certificateValues } from "./gateway-values";

export interface CertificateAgentArgs extends LayerArgs {
    readonly entrance: Entrance;
    /** Release of the cert-manager chart, https://charts.jetstack.io */
    readonly chartVersion: string;
    readonly letsEncryptContact: string;
    /** What must stand before a pod can run, the kinds of the Gateway API included. */
    readonly ready: readonly pulumi.Resource[];
}

/**
 * Waits until the API server trusts the chart's webhook. Before that it admits neither an issuer nor a
 * certificate; the chart itself has a hook for it, `startupapicheck`.
 *
 * @see https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ for `pulumi.com/waitFor`
 */
export const awaitInjection: pulumi.ResourceTransform = ({ type, props, opts }) => {
    if (!/^kubernetes:admissionregistration.*WebhookConfiguration$/.test(type)) return undefined;
    const given = props as { metadata?: { annotations?: object } };
    const annotations = {
        ...given.metadata?.annotations,
        "pulumi.com/waitFor": "jsonpath={.webhooks[*].clientConfig.caBundle}",
    };
    const metadata = { ...given.metadata, annotations };
    return { props: { ...given, metadata }, opts: passedOn(opts) };
};

/** What an issuer says of Let's Encrypt, however it proves a domain. */
export function letsEncrypt(email: string, solver: object) {
    return {
        acme: {
            server: "https://acme-v02.api.letsencrypt.org/directory",
            email,
            privateKeySecretRef: { name: "letsencrypt-account" },
            solvers: [solver],
        },
    };
}

/** The part of the gateway layer that gets certificates and renews them in time, with nobody's help. */
export class CertificateAgent extends Layer {
    readonly namespace: pulumi.Output<string>;
    /** What must stand before a certificate can be asked for. */
    readonly ready: readonly pulumi.Resource[];

    constructor(name: string, args: CertificateAgentArgs, opts: pulumi.ComponentResourceOptions) {
        super("steward:jupyterhub:CertificateAgent", name, args, opts);
        const { entrance, chartVersion, letsEncryptContact, ready } = args;

        const metadata = this.metadata(certificateAgent.namespace);
        const restricted = { "pod-security.kubernetes.io/enforce": "restricted" };
        const namespace = new core.Namespace(
            `${name}-certificates-namespace`,
            { metadata: { ...metadata, labels: { ...metadata.labels, ...restricted } } },
            { parent: this },
        );
        this.namespace = namespace.metadata.name;
        const chart = new helm.Chart(
            `${name}-certificates-chart`,
            {
                name: "cert-manager",
                chart: "cert-manager",
                version: chartVersion,
                repositoryOpts: { repo: "https://charts.jetstack.io" },
                namespace: this.namespace,
                values: certificateValues(entrance.identity),
            },
            {
                parent: this,
                transforms: [inTurn(labelChildren(this.owner), sealSecrets, awaitInjection)],
                dependsOn: [...ready, ...(entrance.proof?.ready ?? [])],
            },
        );
        const issuer = this.#issuer(name, entrance.proof, letsEncryptContact, chart);

        this.ready = issuer === undefined ? [chart] : [chart, issuer];
        this.registerOutputs({ namespace: this.namespace });
    }

    /** Where the platform writes to the zone: one issuer for all hubs. Only such a one may use the pod's identity. */
    #issuer(
        name: string,
        proof: Entrance["proof"],
        contact: string,
        chart: helm.Chart,
    ): pulumi.Resource | undefined {
        if (proof === undefined) return undefined;
        return new CustomResource(
            `${name}-issuer`,
            {
                apiVersion: "cert-manager.io/v1",
                kind: "ClusterIssuer",
                metadata: this.metadata(gatewayNames.issuer),
                spec: letsEncrypt(contact, { dns01: proof.solver }),
            },
            { parent: this, dependsOn: [chart] },
        );
    }
}
