import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";

/**
 * 32 random bytes in hexadecimal, made once: what JupyterHub takes for each of its keys.
 *
 * A password of hexadecimal digits, because the id of `RandomBytes` is the secret itself and an id stands in the
 * state in plain text.
 */
export function randomKey(name: string, parent: pulumi.Resource): pulumi.Output<string> {
    const password = new RandomPassword(
        name,
        {
            length: 64,
            lower: false,
            upper: false,
            numeric: false,
            special: true,
            overrideSpecial: "0123456789abcdef",
        },
        { parent },
    );
    return pulumi.secret(password.result);
}
