import { spawnSync } from "node:child_process";
import { hubConfig } from "../../../../components/workloads/jupyterhub/hub-config";
import type { ListedProfile } from "../../../../components/workloads/jupyterhub/profile-list";
import { profileList } from "../../../../components/workloads/jupyterhub/profile-list";
import { geolabSpec } from "../../../support/stack-file";

/**
 * Runs the hub's Python with plain stand-ins for the packages of the hub's image, which are not here. That
 * KubeSpawner calls it so, and refuses what was not offered, is not proved by this.
 */
function python(script: string, input: unknown): unknown {
    const packages = `
import asyncio, json, sys, types

def module(name, **members):
    made = types.ModuleType(name)
    made.__dict__.update(members)
    sys.modules[name] = made

class HTTPError(Exception):
    pass

class V1OwnerReference(types.SimpleNamespace):
    pass

module("tornado")
module("tornado.web", HTTPError=HTTPError)
module("kubernetes_asyncio")
module("kubernetes_asyncio.client", V1OwnerReference=V1OwnerReference)
given = json.load(sys.stdin)

def run(config, c, **names):
    space = {"c": c, **names}
    exec(compile(config, "hub-config", "exec"), space)
    return space
`;
    const { status, stdout, stderr } = spawnSync("python3", ["-c", `${packages}\n${script}`], {
        input: JSON.stringify(input),
        encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as unknown;
}

const profiles = profileList(geolabSpec().workload.jupyterhub.hubs[0]?.profiles ?? []);

/** Keys in the order of the alphabet, as Helm writes them. */
function sorted(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(sorted);
    return Object.fromEntries(
        Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, each]) => [key, sorted(each)]),
    );
}

/** What a user of these groups is offered: profile → option → choices; or the refusal. */
function offered(list: readonly ListedProfile[], groups: readonly string[]): unknown {
    return python(
        `
c = types.SimpleNamespace(KubeSpawner=types.SimpleNamespace(profile_list=given["profiles"]))
run(given["config"], c)
user = types.SimpleNamespace(groups=[types.SimpleNamespace(name=each) for each in given["groups"]])
try:
    found = c.KubeSpawner.profile_list(types.SimpleNamespace(user=user))
    assert "allowed_groups" not in json.dumps(found)
    assert "steward_order" not in json.dumps(found)
    again = c.KubeSpawner.profile_list(types.SimpleNamespace(user=user))
    assert found == again
    print(json.dumps({
        each["display_name"]: {
            name: list(option.get("choices", {}))
            for name, option in each.get("profile_options", {}).items()
        }
        for each in found
    }))
except HTTPError as refused:
    print(json.dumps([str(part) for part in refused.args]))
`,
        { config: hubConfig["20-profiles"], profiles: sorted(list), groups },
    );
}

const refusal = ["403", "None of this hub's environments is open to your groups."];

describe("the hub's own Python", () => {
    it("offers the choices that the user's groups open", () => {
        const name = "Choose your environment and resources";
        const image = ["geolab-general", "geolab-sfg"];
        const small = ["mem_4_gb", "mem_7_gb", "mem_15_gb", "mem_29_gb"];

        expect(offered(profiles, ["geolab"])).toEqual({
            [name]: { image, resource_allocation: small },
        });
        expect(offered(profiles, ["vm-md", "other"])).toEqual({
            [name]: { image, resource_allocation: [...small, "mem_60_gb"] },
        });
        expect(offered(profiles, ["geolab:power"])).toEqual({
            [name]: {
                image,
                resource_allocation: [...small, "mem_60_gb", "mem_119_gb", "mem_488_gb"],
            },
            "NVIDIA Tesla T4, ~16 GB, ~4 CPUs": { image: ["geolab-gpu", "tensorflow", "pytorch"] },
        });
    });

    it("refuses a user to whom nothing is open", () => {
        expect(offered(profiles, [])).toEqual(refusal);
        expect(offered(profiles, ["other"])).toEqual(refusal);
    });

    it("leaves out a profile that is not the user's, or whose option has no choice left", () => {
        const choices = { small: { display_name: "Small", allowed_groups: ["staff"] } };
        const list: readonly ListedProfile[] = [
            { display_name: "Everybody's" },
            { display_name: "Staff's", allowed_groups: ["staff"] },
            {
                display_name: "Empty",
                profile_options: { size: { display_name: "Size", choices } },
            },
            {
                display_name: "Own image",
                profile_options: {
                    image: { display_name: "Image", choices, unlisted_choice: { enabled: true } },
                },
            },
        ];

        expect(offered(list, ["guests"])).toEqual({
            "Everybody's": {},
            "Own image": { image: [] },
        });
        expect(offered(list, ["staff"])).toEqual({
            "Everybody's": {},
            "Staff's": {},
            Empty: { size: ["small"] },
            "Own image": { image: ["small"] },
        });
    });

    it("opens nothing by an empty list of groups", () => {
        expect(offered([{ display_name: "Closed", allowed_groups: [] }], ["staff"])).toEqual(
            refusal,
        );
    });

    it("leaves a hub without profiles alone", () => {
        const left = python(
            `
c = types.SimpleNamespace(KubeSpawner=types.SimpleNamespace(profile_list=[]))
run(given, c)
print(json.dumps(c.KubeSpawner.profile_list))
`,
            hubConfig["20-profiles"],
        );

        expect(left).toEqual([]);
    });

    it("takes who may enter from the file of the access policy", () => {
        const config = python(
            `
import io
c = {"Authenticator": {}, "GenericOAuthenticator": {"scope": ["geolab"]}}
opened = []

def reader(path):
    opened.append(path)
    return io.StringIO(json.dumps(given["policy"]))

run(given["config"], c, open=reader)
print(json.dumps([opened, c]))
`,
            {
                config: hubConfig["10-access-policy"],
                policy: {
                    Authenticator: { admin_users: ["maria"] },
                    GenericOAuthenticator: { allowed_groups: ["geolab"] },
                },
            },
        );

        expect(config).toEqual([
            ["/usr/local/etc/jupyterhub/access-policy/policy.json"],
            {
                Authenticator: { admin_users: ["maria"] },
                GenericOAuthenticator: { scope: ["geolab"], allowed_groups: ["geolab"] },
            },
        ]);
    });

    it("makes the users' service account the owner of a pod, as it stands in the cluster", () => {
        const reference = python(
            `
c = types.SimpleNamespace(KubeSpawner=types.SimpleNamespace())
run(given, c)

class Api:
    async def read_namespaced_service_account(self, name, namespace):
        metadata = types.SimpleNamespace(name=name, uid=f"uid of {namespace}/{name}")
        return types.SimpleNamespace(metadata=metadata)

spawner = types.SimpleNamespace(api=Api(), service_account="user-sa", namespace="prod")
pod = types.SimpleNamespace(metadata=types.SimpleNamespace())
pod = asyncio.run(c.KubeSpawner.modify_pod_hook(spawner, pod))
print(json.dumps([vars(each) for each in pod.metadata.owner_references]))
`,
            hubConfig["30-pod-owner"],
        );

        expect(reference).toEqual([
            {
                api_version: "v1",
                kind: "ServiceAccount",
                name: "user-sa",
                uid: "uid of prod/user-sa",
            },
        ]);
    });

    it("shares its names with nobody", () => {
        const names = python(
            `
c = types.SimpleNamespace(KubeSpawner=types.SimpleNamespace(profile_list=[1]))
found = set()
for key in ["20-profiles", "25-options", "30-pod-owner"]:
    found |= set(run(given[key], c))
print(json.dumps(sorted(found - {"c", "__builtins__"})))
`,
            hubConfig,
        );

        expect((names as string[]).filter((each) => !/^steward/i.test(each))).toEqual([]);
    });
});
