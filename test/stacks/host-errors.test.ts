import { wordHostErrors } from "../../stacks/commands/host-errors";
import { readStackFile } from "../../stacks/commands/stack-file";

const file = (stack: string) =>
    readStackFile(stack, { reservedContacts: "allowed", now: new Date() });
const urn = (types: string, name: string) =>
    `urn:pulumi:a::steward::steward:index:Cluster$${types}::${name}`;
const command = "command:remote:Command";

it("says on which host and in which layer something failed, and whom to turn to", () => {
    const errors = [
        {
            urn: urn(`steward:vms:Hosting$${command}`, "hosting-sql-a1-entered"),
            message: "no connection",
        },
        {
            urn: urn(`steward:vms:Patching$${command}`, "patching-web-a2-upgrades"),
            message: "exited",
        },
        { urn: urn("steward:vms:Patching", "patching-web-a2"), message: "of the layer itself" },
        { urn: "", message: "of nothing" },
    ];
    const { told, others } = wordHostErrors(errors, file("commcare-vms"));
    expect(told).toEqual([
        {
            path: "sql-a1: hosting",
            message: "no connection",
            fix: "correct it, or turn to Government data centre, datacentre@example.org, who answers for hosting as infrastructure-provider; then run this again",
        },
        {
            path: "web-a2: patching",
            message: "exited",
            fix: "correct it, or turn to Managed services provider, commcare-operations@example.org, who answers for patching as cluster-management; then run this again",
        },
    ]);
    expect(others).toEqual(errors.slice(2));
});

it("turns to whoever answers for one hub's share of a layer", () => {
    const errors = [
        {
            urn: urn(`steward:vms:HomeStorage$${command}`, "home-storage-hub-node-2-disk"),
            message: "/dev/vdb is no disk of this host",
        },
    ];
    expect(wordHostErrors(errors, file("jupyterhub-vms")).told).toEqual([
        {
            path: "node-2: home-storage@hub",
            message: "/dev/vdb is no disk of this host",
            fix: "correct it, or turn to Hub operators, hub-operations@example.org, who answers for home-storage@hub as site-reliability-engineer; then run this again",
        },
    ]);
});

it("leaves out what only follows from that", () => {
    const failed = {
        urn: urn(`steward:vms:Hosting$${command}`, "hosting-sql-a1-entered"),
        message: "a",
    };
    const error =
        "Unhandled exception: Error: resource b [command:remote:Command] failed to register\n  at c";
    const follow = [error, "update failed"].map((message) => ({ urn: "", message }));
    expect(wordHostErrors([failed, ...follow], file("commcare-vms")).others).toEqual([]);
    expect(wordHostErrors(follow, file("commcare-vms")).others).toEqual(follow);
});

it("leaves the errors of other platforms as they are", () => {
    const errors = [{ urn: urn(`steward:vms:Hosting$${command}`, "hosting-a-b"), message: "c" }];
    expect(wordHostErrors(errors, file("commcare-aws"))).toEqual({ told: [], others: errors });
});

it("keeps the end of what has said much, where the reason is", () => {
    const lines = Array.from({ length: 40 }, (_, at) => `line ${String(at)}`);
    const errors = [
        {
            urn: urn(`steward:vms:Installation$${command}`, "app-services-control-a1-run"),
            message: lines.join("\n"),
        },
    ];
    const [told] = wordHostErrors(errors, file("commcare-vms")).told;
    expect(told?.path).toBe("control-a1: app-services");
    expect(told?.message.split("\n")).toEqual(["(28 lines before)", ...lines.slice(28)]);
});
