import { machineChoices } from "../../model/machine-choices";
import type { Choice, Profile, ProfileOption } from "../../model/spec/jupyterhub-profiles";

type Option = Omit<ProfileOption, "machines">;

/** A profile as KubeSpawner takes it. */
export type ListedProfile = Omit<Profile, "profile_options"> & {
    readonly profile_options?: Readonly<Record<string, Option>>;
};

/**
 * KubeSpawner's `profile_list`: the profiles as they were written, with the choices that follow from machines'
 * sizes after those that were written out.
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
              },
    );
}

function listed({ machines, ...option }: ProfileOption): Option {
    if (machines === undefined) return option;
    const choices: Record<string, Choice> = {
        ...option.choices,
        ...Object.fromEntries(machineChoices(machines)),
    };
    return { ...option, choices };
}
