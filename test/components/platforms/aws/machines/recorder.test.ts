import {
    planRecorder,
    wordRecorder,
} from "../../../../../components/platforms/aws/machines/recorder";
import { told } from "../geolab";
import { build, commcare, inAws, none } from "./cluster";

// The whole cluster takes some seconds to construct.
jest.setTimeout(120_000);

const token = "aws:cloudcontrol/getResource:getResource";
const recorderType = "aws:cfg/recorder:Recorder";
const of = (name: string) => (asked: string) =>
    asked === name ? { properties: "{}" } : none(asked);

describe("what becomes of AWS Config's recorder", () => {
    it.each([
        ["adopt", [], "own"],
        ["create", [], "own"],
        ["adopt", ["commcare"], "own"],
        ["create", ["commcare"], "own"],
        ["adopt", ["default"], "adopted"],
        ["skip", ["default"], "skipped"],
    ] as const)("%s, where %j stand: %s", (wanted, found, kind) => {
        expect(planRecorder(wanted, "commcare", found).kind).toBe(kind);
    });

    it("is refused where one of its own is asked for and another's stands", () => {
        expect(() => planRecorder("create", "commcare", ["default"])).toThrow(
            "steward:aws.machines.config: is create, and the recorder default stands in the account; " +
                "an account has one for each region: write adopt, or skip",
        );
    });

    it("is said after a deploy", () => {
        expect(wordRecorder({ kind: "adopted", name: "default" })).toBe(
            "adopted: the recorder default is used as it is, and the rule on owners added",
        );
    });
});

describe("the recorder of a cluster", () => {
    it("is looked for before anything is made but providers, by the names that recorders usually have", async () => {
        const before = new Set<string>();
        const built = await build(commcare(), (name, registered) => {
            for (const { type } of registered) before.add(type);
            return none(name);
        });
        expect([...before].filter((type) => !type.startsWith("pulumi:providers:"))).toEqual([
            "steward:index:Cluster",
        ]);
        const asked = built.calls
            .filter((call) => call.token === token)
            .map(({ inputs }) => inputs);
        expect(asked).toMatchObject([
            { identifier: "commcare" },
            { identifier: "default" },
            { identifier: "aws-controltower-BaselineConfigRecorder" },
        ]);
        const [own] = built.ofType(recorderType);
        // Under another's name AWS would change that one.
        expect(own?.inputs["name"]).toBe("commcare");
        expect(built.resources.length).toBeGreaterThan(250);
    });

    it("is not made where another stands, by a usual name or by the one that the stack file says", async () => {
        const byName = await build(commcare(inAws("machines", { recorder: "audit" })), of("audit"));
        expect(byName.ofType(recorderType)).toEqual([]);
        expect(byName.ofType("aws:cfg/rule:Rule").length).toBe(1);
    });

    it("is not looked for where the stack file says skip", async () => {
        const skipping = await build(commcare(inAws("machines", { config: "skip" })), () => {
            throw told("not to be asked");
        });
        expect(skipping.calls.map((call) => call.token)).not.toContain(token);
        expect(skipping.ofType("aws:cfg/rule:Rule")).toEqual([]);
    });

    it("is no guess: an account that cannot be looked at is not one without a recorder", async () => {
        const denied = build(commcare(), () => {
            throw told(
                "AccessDeniedException: not authorized to perform: cloudformation:GetResource",
            );
        });
        await expect(denied).rejects.toThrow(
            /^steward:aws\.machines\.config: cannot be decided, .*AccessDeniedException.*, or write skip$/,
        );
    });
});
