import { machineChoices } from "../../model/machine-choices";
import type { Choice, Profile, ProfileOption } from "../../model/spec/jupyterhub-profiles";

interface Ordered {
    /** Names in the order that they were written in; the hub's Python restores it and takes this away. */
    readonly steward_order?: readonly string[];
}

type Option = Omit<ProfileOption, "machines"> & Ordered;

/** A profile as the hub's Python hands it to KubeSpawner. */
export type ListedProfile = Omit<Profile, "profile_options"> &
    Ordered & { readonly profile_options?: Readonly<Record<string, Option>> };

/**
 * KubeSpawner's `profile_list`: the profiles as they were written, with the choices that follow from machines'
 * sizes after those that were written out.
 *
 * Helm sorts the keys of every mapping, and of choices without a default KubeSpawner takes the first: `mem_119_gb`
 * before `mem_4_gb`. Lists keep their order, so the names stand in one.
 *
 * @see https://jupyterhub-kubespawner.readthedocs.io/en/latest/spawner.html#kubespawner.KubeSpawner.profile_list
 */
export function profileList(profiles: readonly Profile[]): ListedProfile[] {
    return profiles.map(({ profile_options: options, ...profile }) =>
        options === undefined
            ? profile
            : {
                  ...profile,
                  profile_options: Object.fromEntries(
                      Object.entries(options).map(([name, option]) => [name, listed(option)]),
                  ),
                  steward_order: Object.keys(options),
              },
    );
}

function listed({ machines = [], ...option }: ProfileOption): Option {
    const choices: Record<string, Choice> = {
        ...option.choices,
        ...Object.fromEntries(machineChoices(machines)),
    };
    const names = Object.keys(choices);
    return names.length === 0 ? option : { ...option, choices, steward_order: names };
}
