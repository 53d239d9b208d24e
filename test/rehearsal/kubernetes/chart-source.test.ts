import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ChartRequest } from "../../../rehearsal/kubernetes/chart-source";
import { chartObjects } from "../../../rehearsal/kubernetes/chart-source";
import { fakeProgram, temporaryFolder } from "../engine/fakes";

const root = temporaryFolder();
const kept = { ...process.env };

const hub: ChartRequest = {
    repo: "oci://registry.example.org",
    chart: "jupyterhub",
    version: "4.4.0",
    release: "prod",
    namespace: "hubs",
    values: {},
    withCrds: true,
    prefix: "prod",
    awaited: true,
};

beforeEach(() => {
    process.env["PATH"] = root;
    process.env["XDG_CACHE_HOME"] = join(root, "cache");
    process.env["STEWARD_CACHE"] = join(root, "cache");
    delete process.env["STEWARD_HELM"];
    delete process.env["STEWARD_CHARTS"];
});
afterAll(() => {
    process.env = kept;
});

describe("the objects of a chart", () => {
    it("are listed without helm, and say so", async () => {
        const { objects, rehearsed } = await chartObjects(hub);
        expect(rehearsed).toBe("not rendered: helm is neither on PATH nor in the cache");
        expect(objects).toHaveLength(24);
    });

    it("are refused where the values do not fit", async () => {
        const values = { ingress: { labels: {} } };
        await expect(chartObjects({ ...hub, values })).rejects.toThrow(
            "chart jupyterhub 4.4.0: values don't meet its schema: ingress.labels: additional property not allowed",
        );
    });

    it("are refused where there is no list of the chart or of its version", async () => {
        const remedy = (archive: string) =>
            `put helm on PATH and ${archive}.tgz into the folder STEWARD_CHARTS`;
        await expect(chartObjects({ ...hub, version: "4.3.0" })).rejects.toThrow(
            `the rehearsal lists the objects of 4.4.0 only: ${remedy("jupyterhub-4.3.0")}`,
        );
        await expect(chartObjects({ ...hub, chart: "constructor" })).rejects.toThrow(
            `the rehearsal has no list of it: ${remedy("constructor-4.4.0")}`,
        );
    });

    it("are rendered with helm and an archive, without hooks and empty fields", async () => {
        const helm = fakeHelm(
            { metadata: { name: "a", annotations: null } },
            { metadata: { name: "b", annotations: { "helm.sh/hook": "pre-install" } } },
            { kind: "CustomResourceDefinition", metadata: { name: "c" } },
        );
        process.env["STEWARD_HELM"] = helm;
        process.env["STEWARD_CHARTS"] = archiveOf("rendered");
        const chart = { ...hub, chart: "rendered", version: "1.0.0" };

        const all = await chartObjects(chart);
        const some = await chartObjects({ ...chart, withCrds: false });

        expect(all.rehearsed).toBe("rendered");
        const a = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };
        const c = { apiVersion: "v1", kind: "CustomResourceDefinition", metadata: { name: "c" } };
        expect(all.objects).toEqual([a, c]);
        expect(some.objects).toEqual([a]);
    });

    it("are refused in helm's own words", async () => {
        const said = "Error: values don't meet the specifications of the schema(s)";
        process.env["STEWARD_HELM"] = fakeProgram(
            join(root, "helm-refusing"),
            `#!/bin/sh\necho "${said}" >&2\nexit 1\n`,
        );
        process.env["STEWARD_CHARTS"] = archiveOf("refused");
        await expect(chartObjects({ ...hub, chart: "refused", version: "1.0.0" })).rejects.toThrow(
            "values don't meet the specifications of the schema(s)",
        );
    });
});

function archiveOf(chart: string): string {
    const folder = join(root, "charts");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${chart}-1.0.0.tgz`), "");
    return folder;
}

function fakeHelm(...objects: readonly object[]): string {
    const text = objects
        .map((object) => JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", ...object }))
        .join("\n---\n");
    return fakeProgram(join(root, "helm-rendering"), `#!/bin/sh\n/bin/cat <<'EOF'\n${text}\nEOF\n`);
}
