import { findGaps } from "../../components/model/gaps";
import { parseSpec } from "../../components/model/spec";
import { profileList } from "../../components/workloads/jupyterhub/profile-list";
import { readStackFile, stackConfig, stackSpec } from "../support/stack-file";

const now = new Date("2026-11-22T12:00:00Z");
const spec = stackSpec("jupyterhub-aws");
const [hub, staging, binder] = spec.workload.jupyterhub.hubs;
const { aws } = spec.platform;

/** Figures as they stand in 2i2c-org/infrastructure for the cluster earthscope; not read from the stack file. */
describe("stacks/Pulumi.jupyterhub-aws.yaml", () => {
    it("has no problem, and every layer has an owner", () => {
        expect(parseSpec(stackConfig("jupyterhub-aws")).problems).toEqual([]);
        expect(findGaps(spec.matrix, { now, reservedContacts: "allowed" })).toEqual([]);
    });

    it("names only example contacts, so that nobody deploys it as it is", () => {
        const gaps = findGaps(spec.matrix, { now, reservedContacts: "refused" });

        expect(new Set(gaps.map(({ kind }) => kind))).toEqual(new Set(["reserved-contact"]));
        expect(gaps.filter(({ path }) => path.startsWith("steward:parties."))).toHaveLength(
            spec.matrix.rows.length,
        );
        expect(gaps.at(-1)?.path).toBe("steward:jupyterhub.letsEncryptContact");
        // And the contact for certificates, once for all hubs.
        expect(gaps).toHaveLength(spec.matrix.rows.length + 1);
    });

    it("lets editors check it, and lets no default provider in", () => {
        const { text, config } = readStackFile("jupyterhub-aws");

        expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=schema.json");
        expect(config["pulumi:disable-default-providers"]).toEqual(["*"]);
    });

    it("is EarthScope's cluster", () => {
        expect([spec.name, spec.environment, spec.region]).toEqual([
            "geolab",
            "production",
            "us-east-2",
        ]);
        expect(aws.network.zones).toEqual(["us-east-2a", "us-east-2b", "us-east-2c"]);
        expect(aws.kubernetes.version).toBe("1.34");
        expect(spec.tags).toEqual({
            "earthscope:application:name": "geolab",
            "earthscope:application:owner": "research-onramp-to-the-cloud",
        });
    });

    it("has the machines of today's node groups, and more for what all hubs share", () => {
        expect(aws.nodes).toEqual({
            core: {
                instanceType: "r8i-flex.large",
                zone: "us-east-2a",
                min: 1,
                max: 3,
                volumeGiB: 80,
            },
            user: {
                instanceTypes: ["r5.xlarge", "r5.4xlarge", "r5.16xlarge"],
                zones: ["us-east-2a"],
                max: 100,
                volumeGiB: 160,
                iops: 10_000,
                throughputMiBps: 590,
            },
            gpu: { instanceTypes: ["g4dn.xlarge"], max: 10, volumeGiB: 80 },
            dask: {
                instanceTypes: [
                    "r5.xlarge",
                    "r6i.xlarge",
                    "r7i.xlarge",
                    "r8i.xlarge",
                    "r8i-flex.xlarge",
                ],
                zones: ["us-east-2a"],
                max: 100,
                volumeGiB: 80,
            },
            // Ours: today's builds run beside users.
            build: {
                instanceTypes: ["m5.xlarge"],
                zones: ["us-east-2a"],
                max: 5,
                volumeGiB: 80,
            },
        });
        expect(hub?.machines).toEqual(["user", "gpu", "dask"]);
    });

    it("has the storage of the production hub", () => {
        expect(spec.workload.jupyterhub.hubs.map(({ name }) => name)).toEqual([
            "prod",
            "staging",
            "binder",
        ]);
        expect(hub?.domain).toBe("geolab.earthscope.cloud");
        expect(hub?.homes).toEqual({
            sizeGiB: 4096,
            iops: 5000,
            throughputMiBps: 250,
            quotaGiB: 50,
            storage: "nfs",
            shared: false,
        });
        expect(hub?.scratch).toEqual({ bucket: "earthscope-scratch", deleteAfterDays: 7 });
        expect(hub?.temporary).toEqual({ sizeGiB: 20 });
    });

    it("signs in where the production hub does", () => {
        expect(hub?.authenticator).toEqual({
            class: "generic-oauth",
            clientId: "2PbhUTbRU6e7uIaaEZIShotx15MbvsJJ",
            settings: {
                authorize_url: "https://login.earthscope.org/authorize",
                token_url: "https://login.earthscope.org/oauth/token",
                userdata_url: "https://login.earthscope.org/userinfo",
                logout_redirect_url:
                    "https://login.earthscope.org/v2/logout?client_id=2PbhUTbRU6e7uIaaEZIShotx15MbvsJJ",
                extra_authorize_params: { audience: "https://api.earthscope.org" },
                scope: ["openid", "offline_access", "geolab", "geolab:dev", "geolab:power"],
                allowed_scopes: ["geolab"],
                auth_state_groups_key: "scope",
                username_claim: "sub",
                manage_groups: true,
                enable_auth_state: true,
                auth_refresh_age: 0,
            },
        });
        expect(hub?.admins).toEqual([]);
    });

    it("offers the sizes and images of today's first profile, to the same groups", () => {
        expect(hub?.profiles.map((each) => each.display_name)).toEqual([
            "Choose your environment and resources",
            "NVIDIA Tesla T4, ~16 GB, ~4 CPUs",
        ]);
        const options = profileList(hub?.profiles ?? [])[0]?.profile_options;
        const images = Object.values(options?.["image"]?.choices ?? {});
        expect(images.map((each) => each.kubespawner_override?.["image"])).toEqual([
            "public.ecr.aws/earthscope/geolab/geolab-base:latest",
            "public.ecr.aws/earthscope/sfg-geolab:latest",
        ]);
        expect(options?.["image"]?.unlisted_choice?.["enabled"]).toBe(true);

        const sizes = Object.entries(options?.["resource_allocation"]?.choices ?? {});
        const facts = sizes.map(
            ([name, { allowed_groups: groups = [], kubespawner_override: o }]) => [
                name,
                o?.["mem_limit"],
                o?.["mem_guarantee"],
                o?.["cpu_guarantee"],
                o?.["cpu_limit"],
                Object.values(o?.["node_selector"] ?? {}).join(),
                groups.join(" "),
            ],
        );
        const everyone = "geolab geolab:dev geolab:power vm-sm vm-md vm-lg vm-xl";
        const medium = "geolab:dev geolab:power vm-md vm-lg vm-xl";
        expect(facts).toEqual([
            ["mem_4_gb", 3902839759, 3902839759, 0.4563125, 3.6505, "r5.xlarge", everyone],
            ["mem_7_gb", 7805679519, 7805679519, 0.912625, 3.6505, "r5.xlarge", everyone],
            ["mem_15_gb", 15611359038, 15611359038, 1.82525, 3.6505, "r5.xlarge", everyone],
            ["mem_29_gb", 31222718077, 31222718077, 3.6505, 3.6505, "r5.xlarge", everyone],
            ["mem_60_gb", 64020707016, 64020707016, 7.69055, 15.3811, "r5.4xlarge", medium],
            [
                "mem_119_gb",
                128041414033,
                128041414033,
                15.3811,
                15.3811,
                "r5.4xlarge",
                "geolab:dev geolab:power vm-lg vm-xl",
            ],
            [
                "mem_488_gb",
                523839830228,
                523839830228,
                62.575,
                62.575,
                "r5.16xlarge",
                "geolab:power vm-xl",
            ],
        ]);
    });

    it("offers GPUs to the groups that may have them", () => {
        const gpu = hub?.profiles[1];
        expect(gpu?.allowed_groups).toEqual(["geolab:dev", "geolab:power", "gpu"]);
        expect(gpu?.kubespawner_override).toEqual({
            environment: { NVIDIA_DRIVER_CAPABILITIES: "compute,utility" },
            mem_limit: null,
            mem_guarantee: "14G",
            node_selector: { "node.kubernetes.io/instance-type": "g4dn.xlarge" },
            extra_resource_limits: { "nvidia.com/gpu": "1" },
        });
    });

    it("tries changes on a hub that signs in and stores elsewhere, and is otherwise the same", () => {
        expect(staging?.domain).toBe("staging.geolab.earthscope.cloud");
        expect(staging?.authenticator).toEqual({
            class: "generic-oauth",
            clientId: "Kn6kSKtw9TqgrSrEmDS0rlBM7Sc69BkL",
            settings: {
                ...hub?.authenticator.settings,
                authorize_url: "https://login-dev.earthscope.org/authorize",
                token_url: "https://login-dev.earthscope.org/oauth/token",
                userdata_url: "https://login-dev.earthscope.org/userinfo",
                logout_redirect_url:
                    "https://login-dev.earthscope.org/v2/logout?client_id=Kn6kSKtw9TqgrSrEmDS0rlBM7Sc69BkL",
                extra_authorize_params: { audience: "https://api.dev.earthscope.org" },
                admin_groups: ["geolab-admin"],
            },
        });
        expect(staging?.homes).toMatchObject({ sizeGiB: 30, quotaGiB: 10 });
        expect(staging?.scratch).toEqual({
            bucket: "earthscope-scratch-staging",
            deleteAfterDays: 7,
        });
        expect(staging?.profiles).toEqual(hub?.profiles);
        expect([hub?.daskGateway, staging?.daskGateway].includes(undefined)).toBe(false);
    });

    it("keeps nothing of the users of its third hub", () => {
        expect(binder?.domain).toBe("hub.binder.geolab.earthscope.cloud");
        expect(binder?.homes).toEqual({ storage: "none" });
        expect(binder?.scratch).toEqual({
            bucket: "earthscope-scratch-binder",
            deleteAfterDays: 1,
        });
        expect(binder?.idle).toMatchObject({
            everySeconds: 300,
            maxAgeSeconds: 43_200,
            removeUsers: true,
        });
        expect(binder?.server).toMatchObject({
            memoryGuaranteeGiB: 6,
            memoryLimitGiB: 8,
            cpuLimit: 1,
        });
        expect([binder?.profiles, binder?.daskGateway]).toEqual([[], undefined]);
        expect(binder?.machines).toEqual(["user", "build"]);
        expect(binder?.builds).toEqual({
            cores: 2,
            memoryGiB: 6,
            diskGiB: 30,
            timeoutMinutes: 30,
            atOnce: 5,
            keepDays: 90,
            from: ["gh", "gist", "gl", "zenodo"],
        });
    });
});
