import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../../rehearsal/engine/cache-folder";
import { fromCache, fromPath } from "../../../rehearsal/engine/tool";
import { helmTool } from "../../../rehearsal/helm/helm";
import { parseManifests, renderChart } from "../../../rehearsal/helm/render";
import { fakeProgram, temporaryFolder } from "../engine/fakes";

const root = temporaryFolder();
const options = {
    chartPath: join(root, "hub"),
    release: "prod",
    namespace: "hubs",
    values: { size: 3, secret: "s3cret" },
    kubeVersion: "1.34",
};

function objectNamed(name: string, rest: object = {}): object {
    return { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, ...rest };
}

describe("parseManifests", () => {
    it("reads every document, and the items of a list, but no empty ones", () => {
        const list = {
            apiVersion: "v1",
            kind: "List",
            items: [objectNamed("b"), objectNamed("c")],
        };
        const text = [
            "# only a comment",
            JSON.stringify(objectNamed("a")),
            "",
            JSON.stringify(list),
        ];
        expect(parseManifests(text.join("\n---\n"))).toEqual(
            ["a", "b", "c"].map((n) => objectNamed(n)),
        );
        expect(parseManifests("")).toEqual([]);
    });

    it("reads scalars as Kubernetes does", () => {
        const [read] = parseManifests(
            "apiVersion: v1\nkind: X\nmetadata: { name: x }\nmode: 0644\nyes: yes\noff: off\n" +
                "time: 12:30:45\ndate: 2026-01-02\nquoted: '0644'\ntext: |\n  a: 1\n",
        );
        expect(read).toEqual({
            apiVersion: "v1",
            kind: "X",
            metadata: { name: "x" },
            mode: 420,
            true: true,
            false: false,
            time: "12:30:45",
            date: "2026-01-02",
            quoted: "0644",
            text: "a: 1\n",
        });
    });

    it("refuses what is no object and what is no YAML", () => {
        expect(() => parseManifests("kind: X\nmetadata: {}")).toThrow(
            'without apiVersion, kind and name: {"kind":"X","metadata":{}}',
        );
        expect(() => parseManifests("just text")).toThrow('and name: "just text"');
        expect(() => parseManifests("a: [1")).toThrow("the chart renders no YAML: ");
    });
});

describe("renderChart", () => {
    const hook = objectNamed("h", {
        metadata: { name: "h", annotations: { "helm.sh/hook": "pre-install, pre-upgrade" } },
    });

    it("hands helm the values on its standard input and reports the hooks", async () => {
        const output = [objectNamed("a"), hook]
            .map((object) => JSON.stringify(object))
            .join("\n---\n");
        const script = `#!/bin/sh\ncat > "$0.input"\necho "$*" > "$0.args"\ncat <<'END'\n${output}\nEND\n`;
        const helm = fakeProgram(join(root, "helm"), script);
        const apiVersions = ["monitoring.coreos.com/v1", "x/v1"];
        const { objects, hooks } = await renderChart({ ...options, helm, apiVersions });
        expect(objects).toEqual([objectNamed("a"), hook]);
        expect(hooks).toEqual([{ object: hook, events: ["pre-install", "pre-upgrade"] }]);
        expect(readFileSync(`${helm}.args`, "utf8")).toBe(
            `template prod ${options.chartPath} --namespace hubs --kube-version 1.34.0 --include-crds ` +
                "--values - --api-versions monitoring.coreos.com/v1 --api-versions x/v1\n",
        );
        expect(JSON.parse(readFileSync(`${helm}.input`, "utf8"))).toEqual(options.values);
    });

    it("fails with helm's own words", async () => {
        const script =
            "#!/bin/sh\necho 'Error: no such thing' >&2\necho 'Use --debug' >&2\nexit 1\n";
        const helm = fakeProgram(join(root, "failing-helm"), script);
        await expect(renderChart({ ...options, helm })).rejects.toThrow(
            new Error(`${options.chartPath}: no such thing`),
        );
    });
});

describe("renderChart with the real helm", () => {
    /** Does not build one: whoever wants these tests on a bare machine runs a rehearsal first. */
    async function helmHere(): Promise<string | undefined> {
        const cacheDir = cacheFolder();
        const tool = helmTool();
        const found = await fromPath(tool, cacheDir, process.env, []);
        return (found ?? fromCache(tool, cacheDir))?.path;
    }

    function writeChart(): void {
        mkdirSync(join(options.chartPath, "templates"), { recursive: true });
        mkdirSync(join(options.chartPath, "crds"));
        const write = (name: string, text: string) => {
            writeFileSync(join(options.chartPath, name), text);
        };
        write(
            "Chart.yaml",
            'apiVersion: v2\nname: hub\nversion: 1.0.0\nkubeVersion: ">=1.30.0-0"\n',
        );
        write("crds/thing.yaml", JSON.stringify(objectNamed("crd")));
        write(
            "templates/all.yaml",
            [
                "apiVersion: v1",
                "kind: ConfigMap",
                "metadata: { name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }} }",
                "data:",
                "  size: {{ .Values.size | quote }}",
                "  kube: {{ .Capabilities.KubeVersion.Version }}",
                '  extra: {{ .Capabilities.APIVersions.Has "x/v1" | quote }}',
                "---",
                JSON.stringify(hookObject),
            ].join("\n"),
        );
    }
    const hookObject = objectNamed("h", {
        metadata: { name: "h", annotations: { "helm.sh/hook": "pre-install" } },
    });

    it("renders a chart, its definitions and its hooks, and refuses too old a cluster", async () => {
        const helm = await helmHere();
        if (helm === undefined) {
            console.warn("skipped: no helm on PATH or in the cache");
            return;
        }
        writeChart();
        const rendered = await renderChart({ ...options, helm, apiVersions: ["x/v1"] });
        expect(rendered).toEqual({
            objects: [
                objectNamed("crd"),
                objectNamed("prod", {
                    metadata: { name: "prod", namespace: "hubs" },
                    data: { size: "3", kube: "v1.34.0", extra: "true" },
                }),
                hookObject,
            ],
            hooks: [{ object: hookObject, events: ["pre-install"] }],
        });
        await expect(renderChart({ ...options, helm, kubeVersion: "1.29" })).rejects.toThrow(
            "chart requires kubeVersion: >=1.30.0-0 which is incompatible with Kubernetes v1.29.0",
        );
    });
});
