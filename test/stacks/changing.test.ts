import type { StackFile } from "../../stacks/commands/stack-file";
import { changingIn, readChanging } from "../../stacks/commands/changing";
import { deploy } from "../../stacks/commands/deploy";
import { Pulumi } from "../../stacks/commands/pulumi";

/** The stack files of this repository, whose contacts a deploy to a real cloud would refuse. */
jest.mock("../../stacks/commands/stack-file", () => {
    const real = jest.requireActual<{
        readStackFile: (stack: string, options: object) => StackFile;
    }>("../../stacks/commands/stack-file");
    const readStackFile = (stack: string, options: object) =>
        real.readStackFile(stack, { ...options, reservedContacts: "allowed" });
    return { ...real, readStackFile };
});

const urn = (type: string, name: string) => `urn:pulumi:hubs::steward::${type}::${name}`;
const at = (type: string, name: string) => ({ type, urn: urn(type, name), custom: true, id: name });
const [pool, server, cluster] = [
    at("azure-native:containerservice:AgentPool", "users"),
    at("azure-native:dbforpostgresql:Server", "database"),
    at("azure-native:containerservice:ManagedCluster", "hubs"),
];
const stateOf = (...resources: object[]) => ({ version: 3, deployment: { resources } });

/** A CLI whose stack has these resources. */
function played(state: object | undefined, code = 0) {
    const ran: string[][] = [];
    return {
        ran,
        read: (args: readonly string[]) => {
            expect(args).toEqual(["stack", "export", "--stack", "hubs"]);
            if (state !== undefined) return Promise.resolve(JSON.stringify(state));
            return Promise.reject(Object.assign(new Error("no stack"), { stderr: "no stack" }));
        },
        foreground: (args: readonly string[]) => {
            ran.push([...args]);
            return Promise.resolve(code);
        },
    };
}

describe("what Azure changes by itself", () => {
    let said: jest.SpyInstance;
    beforeEach(() => {
        said = jest.spyOn(process.stderr, "write").mockReturnValue(true);
    });
    afterEach(() => {
        said.mockRestore();
    });

    it("is node pools and databases, and not the cluster, whose list of pools has all of them", () => {
        expect(changingIn(stateOf(pool, cluster, server))).toEqual([pool.urn, server.urn]);
    });

    it("is read before an update, that alone, and is said", async () => {
        const pulumi = played(stateOf(pool, cluster, server));
        expect(await readChanging(pulumi, "hubs", false)).toBe(0);
        expect(pulumi.ran).toEqual([
            [
                ...["refresh", "--stack", "hubs", "--yes", "--skip-preview"],
                ...["--target", pool.urn, "--target", server.urn],
            ],
        ]);
        expect(said.mock.calls).toEqual([
            ["hubs: reads 2 node pools and databases first, which Azure changes by itself\n"],
        ]);
    });

    it("stops the update where it cannot be read", async () => {
        expect(await readChanging(played(stateOf(pool), 255), "hubs", false)).toBe(255);
    });

    it.each([
        ["nothing of it stands", stateOf(cluster)],
        ["there is no stack yet", undefined],
    ])("asks Azure nothing where %s", async (_, state) => {
        const pulumi = played(state);
        expect(await readChanging(pulumi, "hubs", false)).toBe(0);
        expect(pulumi.ran).toEqual([]);
    });

    it.each([
        ["up", "jupyterhub-azure", ["refresh"], 1],
        ["up", "jupyterhub-aws", ["up"], 1],
        ["preview", "jupyterhub-azure", ["preview"], 1],
    ] as const)(
        "%s of %s runs %j, and no more where that fails",
        async (verb, stack, verbs, code) => {
            const pulumi = {
                ...played(stateOf(pool), 255),
                read: () => Promise.resolve(JSON.stringify(stateOf(pool))),
            };
            const found = jest.spyOn(Pulumi, "find").mockResolvedValue(pulumi as never);
            expect(await deploy(verb, stack, {})).toBe(code);
            found.mockRestore();
            expect(pulumi.ran.map(([first]) => first)).toEqual(verbs);
        },
    );

    it("comes before the update itself", async () => {
        const pulumi = {
            ...played(stateOf(pool)),
            read: () => Promise.resolve(JSON.stringify(stateOf(pool))),
        };
        const found = jest.spyOn(Pulumi, "find").mockResolvedValue(pulumi as never);
        expect(await deploy("up", "commcare-azure", { yes: true })).toBe(0);
        found.mockRestore();
        expect(pulumi.ran.map(([first]) => first)).toEqual(["refresh", "up"]);
    });
});
