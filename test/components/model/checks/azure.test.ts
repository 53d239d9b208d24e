import { parseSpec } from "../../../../components/model/spec";
import { stackConfig } from "../../../support/stack-file";

type Section = Record<string, unknown>;
interface Config extends Section {
    cluster: Section;
    access: Section;
    azure: Section & {
        network: Section;
        kubernetes: Section;
        nodes: Record<"core" | "user", Section> & Section;
    };
    jupyterhub: { hubs: [Section, ...Section[]] };
}

/** What is wrong with Toronto's stack file once `change` was made to it, as `path: message; fix`. */
function problemsOf(change: (config: Config) => unknown): string[] {
    const config = structuredClone(stackConfig("jupyterhub-azure")) as Config;
    change(config);
    return parseSpec(config).problems.map(
        ({ path, message, fix }) => `${path}: ${message}; ${fix}`,
    );
}

const hub = "steward:jupyterhub.hubs[0]";

const openData = {
    role: "Storage Blob Data Reader",
    scope: "/subscriptions/00000000-0000-4000-8000-000000000003/resourceGroups/open/providers/Microsoft.Storage/storageAccounts/opendata/blobServices/default/containers/rasters",
};

describe("a stack file for Azure", () => {
    it("has no problem as it is", () => {
        expect(problemsOf(() => undefined)).toEqual([]);
    });

    it.each<[string, (config: Config) => unknown, string]>([
        [
            "a subscription that is none",
            ({ azure }) => (azure["subscriptionId"] = "production"),
            'steward:azure.subscriptionId: "production" is not a subscription; write its id in lower case, as `az account show` has it',
        ],
        [
            "a zone named twice",
            ({ azure }) => (azure.network["zones"] = ["1", "1"]),
            "steward:azure.network.zones: names 1 twice; name each zone once",
        ],
        [
            "a network of no size",
            ({ azure }) => (azure.network["cidr"] = "10.0.0.0/8"),
            "steward:azure.network.cidr: /8 is no size for the network of a cluster; write a range from /16 to /20",
        ],
        [
            "a network of somebody else's addresses",
            ({ azure }) => (azure.network["cidr"] = "20.1.0.0/16"),
            "steward:azure.network.cidr: 20.1.0.0/16 is no private range; take a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
        ],
        [
            "a network where Services are",
            ({ azure }) => (azure.network["cidr"] = "172.20.0.0/17"),
            "steward:azure.network.cidr: overlaps 172.20.0.0/16, which Kubernetes gives to Services; take another private range",
        ],
        [
            "a network where pods are",
            ({ azure }) => (azure.network["cidr"] = "192.168.16.0/20"),
            "steward:azure.network.cidr: overlaps 192.168.0.0/16, which AKS gives to pods; take another private range",
        ],
        [
            "no machines",
            ({ azure }) => Reflect.deleteProperty(azure, "nodes"),
            "steward:azure.nodes: is missing; write a mapping",
        ],
        [
            "nobody to carry alerts",
            ({ azure }) => Reflect.deleteProperty(azure, "mail"),
            "steward:azure.mail: is missing; write a mapping",
        ],
        [
            "an API for everybody",
            ({ azure }) => (azure.kubernetes["authorizedRanges"] = ["0.0.0.0/0"]),
            "steward:azure.kubernetes.authorizedRanges[0]: opens the Kubernetes API to everybody; name the networks that need it",
        ],
        [
            "a region in the words of AWS",
            ({ cluster }) => (cluster["region"] = "us-east-2"),
            "steward:cluster.region: us-east-2 is not how Azure writes a region; write it as `az account list-locations` does, such as canadacentral",
        ],
        [
            "a principal of AWS",
            ({ access }) => (access["deployer"] = "arn:aws:iam::123456789012:role/deployer"),
            "steward:access.deployer: is no principal of Entra; write the object id of a group, a service principal or a user",
        ],
        [
            "nobody who deploys",
            ({ access }) => Reflect.deleteProperty(access, "deployer"),
            "steward:access.deployer: is missing, and without it nobody may deploy into the cluster; write the object id of the principal that runs `pulumi up`",
        ],
        [
            "a zone of DNS that nobody says the group of",
            ({ azure }) => (azure["dns"] = { zone: "utoronto.ca" }),
            "steward:azure.dns.resourceGroup: is missing; write the resource group of that zone",
        ],
        [
            "core machines in no zone of the network",
            ({ azure }) => (azure.network["zones"] = ["2", "3"]),
            "steward:azure.nodes.core.zone: 1 is no zone of the network; take one of: 2, 3",
        ],
        [
            "more machines than pods have addresses on",
            ({ azure }) => (azure.nodes.user["max"] = 60),
            "steward:azure.nodes.user.max: all pools at their max come to 310 machines, and pods have addresses on 250; lower the max of pools",
        ],
        [
            "machines for graphics alone",
            ({ azure }) =>
                (azure.nodes["gpu"] = { vmSizes: ["Standard_NV6"], max: 1, diskGiB: 100 }),
            "steward:azure.nodes.gpu.vmSizes[0]: Standard_NV6 has no GPU to compute with; take one of the families NC and ND, such as Standard_NC4as_T4_v3",
        ],
        [
            "homes on EFS",
            ({ jupyterhub }) => (jupyterhub.hubs[0]["homes"] = { storage: "efs" }),
            `${hub}.homes.storage: efs is a file system of AWS; take azure-files, nfs or none`,
        ],
        [
            "a share with a quota for each user",
            ({ jupyterhub }) =>
                (jupyterhub.hubs[0]["homes"] = {
                    storage: "azure-files",
                    sizeGiB: 100,
                    quotaGiB: 10,
                }),
            `${hub}.homes.quotaGiB: 10 is a quota per user, which a share does not know; remove it, or take storage: nfs`,
        ],
        [
            "a database of RDS",
            ({ jupyterhub }) => (jupyterhub.hubs[0]["database"] = { kind: "rds" }),
            `${hub}.database.kind: rds is a database of AWS; take flexible-server or sqlite-pvc`,
        ],
        [
            "two servers of a size that has one",
            ({ jupyterhub }) =>
                (jupyterhub.hubs[0]["database"] = {
                    kind: "flexible-server",
                    highAvailability: true,
                }),
            `${hub}.database.highAvailability: is not to be had with Standard_B1ms; take a size of Standard_D or Standard_E`,
        ],
        [
            "a hub of the name of what copies homes",
            ({ jupyterhub }) => (jupyterhub.hubs[0]["name"] = "homes-copies"),
            `${hub}.name: homes-copies is the namespace of what copies homes; take another name`,
        ],
        [
            "fewer core nodes at the most than at the least",
            ({ azure }) => Object.assign(azure.nodes.core, { min: 3, max: 2 }),
            "steward:azure.nodes.core.max: is below min; write at least as many nodes",
        ],
        [
            "a size of machines named twice",
            ({ azure }) => (azure.nodes.user["vmSizes"] = ["Standard_E8s_v5", "Standard_E8s_v5"]),
            "steward:azure.nodes.user: names Standard_E8s_v5 twice; name it once",
        ],
        [
            "rights in the words of IAM",
            ({ jupyterhub }) =>
                (jupyterhub.hubs[0]["cloudPermissions"] = { readBuckets: ["open-data"] }),
            `${hub}.cloudPermissions: are written in the words of IAM; write cloudPermissions.roles: a role of Azure's and the data that it is for`,
        ],
        [
            "a role that is given twice",
            ({ jupyterhub }) =>
                (jupyterhub.hubs[0]["cloudPermissions"] = { roles: [openData, openData] }),
            `${hub}.cloudPermissions.roles[1]: is given twice; write it once`,
        ],
        [
            "an API for addresses that nobody has outside",
            ({ azure }) => (azure.kubernetes["authorizedRanges"] = ["10.20.0.0/16"]),
            "steward:azure.kubernetes.authorizedRanges[0]: 10.20.0.0/16 is a private range, from which nobody comes in from outside; remove it: inside the network the API answers anyway",
        ],
        [
            "a container that Azure does not name so",
            ({ jupyterhub }) =>
                (jupyterhub.hubs[0]["scratch"] = { bucket: "a--b", deleteAfterDays: 7 }),
            `${hub}.scratch.bucket: a--b is no name of a container; write no two hyphens in a row`,
        ],
        [
            "an editor of AWS",
            ({ jupyterhub }) =>
                (jupyterhub.hubs[0]["datasets"] = [
                    { bucket: "data", editors: ["arn:aws:iam::123456789012:role/editor"] },
                ]),
            `${hub}.datasets[0].editors[0]: is a principal of AWS; write the object id of a principal of Entra`,
        ],
    ])("is refused with %s", (_, change, said) => {
        expect(problemsOf(change)).toContain(said);
    });

    it.each([
        ["a role of more than data", { ...openData, role: "Owner" }],
        ["a group", { ...openData, scope: openData.scope.replace(/\/providers.*/, "") }],
        ["a subscription", { ...openData, scope: openData.scope.slice(0, 51) }],
    ])("lets users have no %s", (_, role) => {
        const said = problemsOf(({ jupyterhub }) => {
            jupyterhub.hubs[0]["cloudPermissions"] = { roles: [role] };
        });
        expect(said.join()).toContain(`${hub}.cloudPermissions.roles[0].`);
    });

    it.each([
        ["Standard_D4s_v5", "Steward has no figures of Standard_D4s_v5"],
        ["m5.large", "no node group has m5.large"],
    ])("computes no share of %s", (type, message) => {
        const size = { display_name: "Size", machines: [{ type, sharedBy: [1] }] };
        const said = problemsOf(({ jupyterhub }) => {
            const profile = { display_name: "One", profile_options: { size } };
            jupyterhub.hubs[0]["profiles"] = [profile];
        });
        expect(said.join()).toContain(message);
        if (type.startsWith("Standard_"))
            expect(said.join()).toContain("Standard_E8s_v5; or write");
    });

    it("takes logs of who read what as on AWS", () => {
        const logged = ({ jupyterhub }: Config) => {
            jupyterhub.hubs[0]["accessLogs"] = { bucket: "toronto-access", deleteAfterDays: 365 };
        };
        expect(problemsOf(logged)).toEqual([]);
    });

    it("lets users read data that stands already", () => {
        const given = ({ jupyterhub }: Config) => {
            jupyterhub.hubs[0]["cloudPermissions"] = { roles: [openData] };
        };
        expect(problemsOf(given)).toEqual([]);
    });

    describe("with a hub that builds environments", () => {
        const building =
            (change: (hub: Section, build: Section) => unknown = () => undefined) =>
            ({ azure, jupyterhub }: Config) => {
                const [first] = jupyterhub.hubs;
                Object.assign(first, {
                    machines: ["user", "build"],
                    homes: { storage: "none" },
                    builds: {},
                });
                const build: Section = { vmSizes: ["Standard_D4s_v5"], max: 5, diskGiB: 128 };
                azure.nodes["build"] = build;
                change(first, build);
            };

        it("has no problem", () => {
            expect(problemsOf(building())).toEqual([]);
        });

        it.each<[string, Parameters<typeof building>[0], string[]]>([
            [
                "no machines",
                (first) => (first["machines"] = ["user"]),
                [
                    `${hub}.builds: has no machines that a build may run on; add build to the hub's machines`,
                ],
            ],
            [
                "homes over what was built",
                (first) => (first["homes"] = { storage: "azure-files", sizeGiB: 100 }),
                [
                    `${hub}.homes: hide what was built: repo2docker puts a repository's files there; write storage: none, or give builds a hub of their own`,
                ],
            ],
            [
                "machines with a GPU",
                (_, build) => (build["vmSizes"] = ["Standard_NC4as_T4_v3"]),
                [
                    "steward:azure.nodes.build.vmSizes[0]: Standard_NC4as_T4_v3 has a GPU, which no build asks for; take one of the families D, E and F, such as Standard_D4s_v5",
                ],
            ],
            [
                "a zone that the network lacks",
                (_, build) => (build["zones"] = ["1", "1"]),
                ["steward:azure.nodes.build: names 1 twice; name it once"],
            ],
            [
                "more than its largest machine has",
                (first, build) => {
                    first["builds"] = { cores: 8, memoryGiB: 30, diskGiB: 91 };
                    build["vmSizes"] = ["Standard_D2s_v5", "Standard_D8s_v5"];
                },
                [
                    `${hub}.builds.diskGiB: is more than the 90 that a disk of 128 leaves to a build; lower it, or raise steward:azure.nodes.build.diskGiB`,
                    `${hub}.builds.cores: is more than the 7.4 that a machine leaves to a build; lower it, or take larger machines`,
                    `${hub}.builds.memoryGiB: is more than the 28.9 that a machine leaves to a build; lower it, or take larger machines`,
                ],
            ],
        ])("has none with %s", (_, change, said) => {
            expect(problemsOf(building(change))).toEqual(said);
        });

        it("is not judged by sizes that it has no figures of", () => {
            const unknown = building((first, build) => {
                first["builds"] = { cores: 90 };
                build["vmSizes"] = ["Standard_D2s_v5", "Standard_M128s"];
            });
            expect(problemsOf(unknown)).toEqual([]);
        });
    });
});

describe("a stack file for AWS", () => {
    it("is refused with what only Azure has", () => {
        const config = structuredClone(stackConfig("jupyterhub-aws")) as Config;
        const [first] = config.jupyterhub.hubs;
        first["homes"] = { storage: "azure-files", sizeGiB: 100 };
        first["database"] = { kind: "flexible-server" };
        first["cloudPermissions"] = { roles: [openData] };
        first["datasets"] = [{ bucket: "data", editors: ["11111111-1111-4111-8111-111111111111"] }];
        expect(
            parseSpec(config).problems.map(({ path, message }) => `${path}: ${message}`),
        ).toEqual([
            `${hub}.homes.storage: azure-files is a share of Azure`,
            `${hub}.database.kind: flexible-server is a database of Azure`,
            `${hub}.cloudPermissions.roles: are roles of Azure`,
            `${hub}.datasets[0].editors[0]: 11111111-1111-4111-8111-111111111111 is not the ARN of a role or user`,
        ]);
    });
});
