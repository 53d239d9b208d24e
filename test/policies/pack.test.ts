import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { spawn } from "node:child_process";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { projectRoot } from "../../rehearsal/project-root";
import { hubInput, hubMatrix } from "../support/matrix";
import { beginning, clusterUrn } from "../support/stack";

/** The messages of the engine's protocol, which have no declarations of their own here. */
interface Analyze {
    setUrn(urn: string): void;
    setType(type: string): void;
    setName(name: string): void;
    setProperties(properties: unknown): void;
    setOptions(options: unknown): void;
}
interface Diagnostic {
    getPolicyname(): string;
    getUrn(): string;
    getMessage(): string;
    getEnforcementlevel(): number;
}
interface Response {
    getDiagnosticsList(): Diagnostic[];
}
const { AnalyzeRequest, AnalyzerResourceOptions, EnforcementLevel } = jest.requireActual<{
    AnalyzeRequest: new () => Analyze;
    AnalyzerResourceOptions: new () => object;
    EnforcementLevel: Readonly<Record<string, number>>;
}>("@pulumi/pulumi/proto/analyzer_pb");
const { AnalyzerClient } = jest.requireActual<{
    AnalyzerClient: new (
        address: string,
        credentials: grpc.ChannelCredentials,
    ) => grpc.Client & {
        analyze(request: Analyze, done: (error: Error | null, response: Response) => void): void;
    };
}>("@pulumi/pulumi/proto/analyzer_grpc_pb");

const root = projectRoot();
let pack: ChildProcessWithoutNullStreams;
let client: InstanceType<typeof AnalyzerClient>;

beforeAll(async () => {
    const executable = join(root, "rehearsal", "analyzer", "pulumi-analyzer-policy-nodejs");
    pack = spawn(executable, ["127.0.0.1:1", "."], { cwd: join(root, "policies") });
    const port = await new Promise<string>((found, failed) => {
        pack.stdout.once("data", (line: Buffer) => {
            found(line.toString().trim());
        });
        pack.stderr.once("data", (line: Buffer) => {
            failed(new Error(line.toString()));
        });
    });
    client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
});

afterAll(() => {
    client.close();
    pack.kill();
});

function judge(type: string, urn: string, inputs: unknown): Promise<Diagnostic[]> {
    const request = new AnalyzeRequest();
    request.setUrn(urn);
    request.setType(type);
    request.setName("it");
    // Through JSON, as the engine has it: what is undefined is absent.
    const plain = JSON.parse(JSON.stringify(inputs)) as Parameters<typeof Struct.fromJavaScript>[0];
    request.setProperties(Struct.fromJavaScript(plain));
    request.setOptions(new AnalyzerResourceOptions());
    return new Promise((found, failed) => {
        client.analyze(request, (error, response) => {
            if (error === null) found(response.getDiagnosticsList());
            else failed(error);
        });
    });
}

// Runs what stands in dist/, as the engine does. Proves the launcher and what the SDK passes on; not the engine.
describe("the compiled pack", () => {
    it("reports a gap under the name of its rule, as mandatory, to the engine", async () => {
        const matrix = hubMatrix({ layers: { ...hubInput().layers, workshops: { role: null } } });
        const [, cluster] = beginning(matrix);

        const diagnostics = await judge("steward:index:Cluster", clusterUrn, cluster?.inputs);
        expect(
            diagnostics.map((each) => [
                each.getPolicyname(),
                each.getEnforcementlevel(),
                each.getUrn(),
            ]),
        ).toEqual([["gate", EnforcementLevel["MANDATORY"], clusterUrn]]);
        expect(diagnostics[0]?.getMessage()).toContain(
            "\n  layer: workshops@prod, role: community-guide",
        );
    });

    it("has no word about a cluster without a gap", async () => {
        const stack = "urn:pulumi:dev::steward::pulumi:pulumi:Stack::steward-dev";
        await judge("pulumi:pulumi:Stack", stack, {});

        expect(await judge("steward:index:Cluster", clusterUrn, hubMatrix())).toEqual([]);
    });
});
