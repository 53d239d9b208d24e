import type * as pulumi from "@pulumi/pulumi";

/**
 * The options of a resource as a transform passes them on.
 *
 * The SDK hands a transform `deleteBeforeReplace: false` where nobody set it, and takes it for a wish when it
 * comes back: the provider's own judgement would be lost, and whatever has a name of its own could not be
 * replaced, because the old one still has it.
 */
export function passedOn<O extends pulumi.CustomResourceOptions>(opts: O): O {
    const { deleteBeforeReplace, ...others } = opts;
    return deleteBeforeReplace === true ? opts : (others as O);
}
