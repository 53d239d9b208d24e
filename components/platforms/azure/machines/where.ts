import type * as pulumi from "@pulumi/pulumi";

/** Where a layer's resources lie: what all of them say. */
export interface Where {
    /** Of the role that the book has for the layer. */
    readonly resourceGroupName: pulumi.Input<string>;
    /** The region. */
    readonly location: string;
}
