import { sharedPath } from "./names";
import { sharedMounts } from "./user-storage";

/**
 * Python that the hub runs after its own configuration (`hub.extraConfig`, in the order of the keys). All of it
 * shares one namespace with the chart's, so every name starts with `steward_`.
 */
export const hubConfig = {
    /** Who may enter and who administers comes from the ConfigMap of the access policy. */
    "10-access-policy": `import json as steward_json

with open("/usr/local/etc/jupyterhub/access-policy/policy.json") as steward_file:
    for steward_section, steward_settings in steward_json.load(steward_file).items():
        c[steward_section].update(steward_settings)
`,
    /**
     * GitHub's teams are the groups of its users, as \`organisation:team\`: a callable, which no file of values can
     * hold. See https://docs.github.com/en/rest/teams/teams#list-teams-for-the-authenticated-user
     */
    "15-github-groups": `def steward_github_groups(auth_state):
    return [
        f"{team['organization']['login']}:{team['slug']}" for team in auth_state.get("teams") or []
    ]


if c.GitHubOAuthenticator.get("populate_teams_in_auth_state") is True:
    c.GitHubOAuthenticator.auth_state_groups_key = steward_github_groups
`,
    /**
     * Offers each user the profiles and choices whose \`allowed_groups\` hold one of the user's groups; those
     * without \`allowed_groups\` are open to everybody, in the order of the stack file. KubeSpawner asks again when a server starts, so a choice
     * that was not offered cannot be forced. With an empty list KubeSpawner would start a server without
     * limits, hence the refusal.
     */
    "20-profiles": `import copy as steward_copy

from tornado.web import HTTPError as StewardHTTPError


def steward_open(entry, groups):
    allowed = entry.pop("allowed_groups", None)
    return allowed is None or not groups.isdisjoint(allowed)


def steward_in_order(holder, key):
    order = holder.pop("steward_order", None)
    if order is not None:
        holder[key] = {name: holder[key][name] for name in order}


def steward_open_profile(profile, groups):
    if not steward_open(profile, groups):
        return False
    steward_in_order(profile, "profile_options")
    for option in profile.get("profile_options", {}).values():
        steward_in_order(option, "choices")
        choices = option.get("choices", {})
        for name in [name for name, choice in choices.items() if not steward_open(choice, groups)]:
            del choices[name]
        if not choices and not option.get("unlisted_choice", {}).get("enabled"):
            return False
    return True


def steward_profiles(profiles):
    def profiles_of(spawner):
        groups = {group.name for group in spawner.user.groups}
        offered = [
            profile
            for profile in steward_copy.deepcopy(profiles)
            if steward_open_profile(profile, groups)
        ]
        if not offered:
            raise StewardHTTPError(403, "None of this hub's environments is open to your groups.")
        return offered

    return profiles_of


if c.KubeSpawner.profile_list:
    c.KubeSpawner.profile_list = steward_profiles(c.KubeSpawner.profile_list)
`,
    /**
     * KubeSpawner checks options against the profile that they name. Options sent to the API without a profile it
     * takes as they are, an image of any name among them (7.1.0, \`_validate_user_options\`).
     */
    "25-options": `from tornado.web import HTTPError as StewardOptionsError


def steward_options(spawner):
    if spawner.user_options and not spawner.user_options.get("profile"):
        raise StewardOptionsError(400, "Name the profile that these options belong to.")


if c.KubeSpawner.profile_list:
    c.KubeSpawner.pre_spawn_hook = steward_options
`,
    /**
     * Makes the users' service account the owner of their pods. The network policies of the VPC CNI are for pods
     * that have an owner, see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html; and when
     * the hub is taken down, the pods go with the account. Without an answer no server starts.
     */
    "30-pod-owner": `from kubernetes_asyncio.client import V1OwnerReference as StewardOwnerReference


async def steward_own_pod(spawner, pod):
    account = await spawner.api.read_namespaced_service_account(
        name=spawner.service_account, namespace=spawner.namespace
    )
    pod.metadata.owner_references = [
        StewardOwnerReference(
            api_version="v1",
            kind="ServiceAccount",
            name=account.metadata.name,
            uid=account.metadata.uid,
        )
    ]
    return pod


c.KubeSpawner.modify_pod_hook = steward_own_pod
`,
} as const;

/**
 * Gives who administers the hub a way to write to the directory that all read, after the pod was given its owner.
 * In the hook, which sees each pod as it is made: settings of a spawner would stay with it when an administrator
 * ceases to be one.
 */
export const sharedDirectory = {
    "40-shared-directory": `from kubernetes_asyncio.client import V1VolumeMount as StewardVolumeMount


async def steward_share(spawner, pod):
    pod = await steward_own_pod(spawner, pod)
    if spawner.user.admin:
        pod.spec.containers[0].volume_mounts.append(
            StewardVolumeMount(
                name="home", mount_path="${sharedMounts.write}", sub_path="${sharedPath}"
            )
        )
    return pod


c.KubeSpawner.modify_pod_hook = steward_share
`,
} as const;
