import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { findChart } from "../../../rehearsal/helm/chart";
import { temporaryFolder } from "../engine/fakes";

const root = temporaryFolder();
const archive = Buffer.from("the archive of a chart");
const sha256 = createHash("sha256").update(archive).digest("hex");
let server: Server;
let repo = "";
let index = "";
let requests: string[] = [];
let count = 0;

beforeAll(async () => {
    server = createServer((request, response) => {
        requests.push(request.url ?? "");
        if (request.url === "/charts/index.yaml") response.end(index);
        else if (request.url?.endsWith(".tgz") === true) response.end(archive);
        else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    repo = `http://127.0.0.1:${(server.address() as AddressInfo).port}/charts`;
});
afterAll(() => server.close());
beforeEach(() => {
    requests = [];
    index = indexOf({ version: "4.4.0", urls: ["hub-4.4.0.tgz"], digest: sha256 });
});

/** JSON is YAML. */
function indexOf(...versions: object[]): string {
    return JSON.stringify({ apiVersion: "v1", entries: { hub: versions } });
}

function surroundings() {
    const folder = join(root, String((count += 1)));
    const cacheDir = join(folder, "cache");
    const charts = join(folder, "given");
    const kept = join(cacheDir, "charts", "hub-4.4.0.tgz");
    mkdirSync(join(cacheDir, "charts"), { recursive: true });
    mkdirSync(join(charts, "hub"), { recursive: true });
    const find = (env: NodeJS.ProcessEnv = {}, from = repo, version = "4.4.0", name = "hub") =>
        findChart({ repo: from, name, version }, { cacheDir, env });
    return { charts, kept, find };
}

describe("findChart", () => {
    it("takes the cache first, then the archive that is given, then the folder, then the repository", async () => {
        const { charts, kept, find } = surroundings();
        const env = { STEWARD_CHARTS: charts };
        expect(await find(env)).toEqual({ path: kept, source: "repository" });
        expect(requests).toEqual(["/charts/index.yaml", "/charts/hub-4.4.0.tgz"]);
        expect(readFileSync(kept)).toEqual(archive);
        expect(readdirSync(join(kept, ".."))).toEqual(["hub-4.4.0.tgz"]);

        const other = surroundings();
        const given = { STEWARD_CHARTS: other.charts };
        requests = [];
        const unpacked = join(other.charts, "hub");
        writeFileSync(join(unpacked, "Chart.yaml"), "name: hub\nversion: 4.4.0\n");
        expect(await other.find(given)).toEqual({ path: unpacked, source: "folder" });
        const packed = join(other.charts, "hub-4.4.0.tgz");
        writeFileSync(packed, archive);
        expect(await other.find(given)).toEqual({ path: packed, source: "folder" });
        writeFileSync(other.kept, archive);
        expect(await other.find(given)).toEqual({ path: other.kept, source: "cache" });
        expect(requests).toEqual([]);
    });

    it("does not take a folder with another version or name, and says so", async () => {
        const { charts, find } = surroundings();
        const description = join(charts, "hub", "Chart.yaml");
        writeFileSync(description, "name: hub\nversion: 4.3.0\n");
        expect(await find({ STEWARD_CHARTS: charts }, "http://127.0.0.1:9")).toEqual({
            missing:
                `chart hub 4.4.0: ${description} is of hub 4.3.0, not of hub 4.4.0; ` +
                "127.0.0.1:9 cannot be reached",
        });
    });

    it("refuses an archive with another digest than the index says, and keeps nothing", async () => {
        const { kept, find } = surroundings();
        const wrong = "0".repeat(64);
        index = indexOf({ version: "4.4.0", urls: ["hub-4.4.0.tgz"], digest: wrong });
        expect(await find()).toEqual({
            missing:
                `chart hub 4.4.0: ${repo}/hub-4.4.0.tgz has SHA-256 ${sha256}, ` +
                `its index says ${wrong}: refused`,
        });
        expect(existsSync(kept)).toBe(false);
    });

    it("takes an absolute address and a digest that names its algorithm", async () => {
        const { kept, find } = surroundings();
        const elsewhere = new URL("/elsewhere/hub.tgz", repo).href;
        index = indexOf({ version: "4.4.0", urls: [elsewhere], digest: `sha256:${sha256}` });
        expect(await find()).toEqual({ path: kept, source: "repository" });
        expect(requests).toEqual(["/charts/index.yaml", "/elsewhere/hub.tgz"]);
    });

    it.each([
        ["no digest", { version: "4.4.0", urls: ["hub-4.4.0.tgz"] }, "has no digest for hub 4.4.0"],
        ["no address", { version: "4.4.0", digest: sha256 }, "has no address for hub"],
        ["other versions only", { version: "4.4.0-beta.1" }, "has no hub 4.4.0"],
        [
            "an address that leads nowhere",
            { version: "4.4.0", urls: ["/nothing"], digest: sha256 },
            "/nothing answers 404",
        ],
    ])("has no chart when the index has %s", async (_name, entry, reason) => {
        const { find } = surroundings();
        index = indexOf(entry);
        expect(await find()).toEqual({ missing: expect.stringContaining(reason) as string });
    });

    it("says which repositories it cannot ask", async () => {
        const { find } = surroundings();
        expect(await find({}, "oci://registry.example.org/charts")).toEqual({
            missing:
                "chart hub 4.4.0: oci://registry.example.org/charts is not an http repository; " +
                "put the archive into STEWARD_CHARTS",
        });
    });

    it("never leaves its folders", async () => {
        const { find } = surroundings();
        expect(await find({}, repo, "4.4.0", "../hub")).toEqual({
            missing: 'chart "../hub" version "4.4.0": not a name and an exact version',
        });
        expect(await find({}, repo, ">=4")).toEqual({
            missing: 'chart "hub" version ">=4": not a name and an exact version',
        });
        expect(requests).toEqual([]);
    });
});
