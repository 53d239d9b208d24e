import type * as pulumi from "@pulumi/pulumi";

/** How the engine is asked to treat each resource below the one that is made `within`, by type and name. */
export function recordOptions() {
    const options = new Map<string, pulumi.CustomResourceOptions>();
    const within: pulumi.ComponentResourceOptions = {
        transformations: [
            ({ type, name, opts }) => {
                options.set(`${type} ${name}`, opts);
                return undefined;
            },
        ],
    };
    return { options, within };
}

/** The names of what must stand before. */
export async function namesOf(resources: pulumi.CustomResourceOptions["dependsOn"]) {
    const all = [resources ?? []].flat() as pulumi.Resource[];
    return Promise.all(
        all.map(
            ({ urn }) =>
                new Promise<string>((tell) => {
                    urn.apply((each) => {
                        tell(each.split("::").at(-1) ?? "");
                    });
                }),
        ),
    );
}
