import * as pulumi from "@pulumi/pulumi";
import { passedOn } from "./passed-on";

/**
 * How a secret is written to the engine. `pulumi.secret` gets lost in an inline program: the SDK serves
 * transforms outside the program's context, where it believes that the engine takes no secrets.
 */
const [sealKey, seal] = ["4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"];

function sealed(value: unknown): unknown {
    // One seal, not two: what arrives as a secret is opened before it is sealed by hand.
    if (pulumi.Output.isInstance(value)) return { [sealKey]: seal, value: pulumi.unsecret(value) };
    const already = typeof value === "object" && value !== null && sealKey in value;
    return already ? value : { [sealKey]: seal, value };
}

/** An engine-side transform: what a chart puts into its Secrets is secret in the state, whatever rendered it. */
export const sealSecrets: pulumi.ResourceTransform = ({ type, props, opts }) => {
    if (type !== "kubernetes:core/v1:Secret") return undefined;
    const given = props as Record<string, unknown>;
    const secrets = ["data", "stringData"]
        .filter((key) => given[key] !== undefined)
        .map((key): [string, unknown] => [key, sealed(given[key])]);
    return { props: { ...given, ...Object.fromEntries(secrets) }, opts: passedOn(opts) };
};
