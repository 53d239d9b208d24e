import type { Matrix } from "../../../components/model/matrix";
import { renderCsv } from "../../../policies/report/csv";
import { renderHtml } from "../../../policies/report/html";
import { renderJson } from "../../../policies/report/json";
import { renderMarkdown } from "../../../policies/report/markdown";
import { narrowTo } from "../../../policies/report/narrow";
import type { Report, ReportResource } from "../../../policies/report/report";
import { buildReport } from "../../../policies/report/report";
import { readState } from "../../../policies/report/state";
import { hubState } from "../../fixtures/hub-state";
import { below, commcareMatrix, machinesState } from "../../fixtures/machines-state";

const now = new Date("2026-11-22T16:29:00Z");

const reportOf = (state = machinesState()) =>
    buildReport(readState(state), { stack: "commcare-aws", now, reservedContacts: "allowed" });

const part = (report: Report, role: string): Report => {
    const found = narrowTo(report, role);
    if (found === undefined) throw new Error(`nobody is ${role}`);
    return found;
};

const names = (resources: readonly ReportResource[]) => resources.map(({ name }) => name);
const counts = (report: Report) =>
    report.layers
        .filter(({ resources, carried = 0 }) => resources + carried > 0)
        .map(({ id, resources, carried }) => [id, resources, carried]);
const views = (report: Report) =>
    report.roles.map(({ role, resources, carried }) => [role, names(resources), names(carried)]);

const machines = ["control-a1", "couch-a1", "couch-a1-data", "web-a1"];

describe("a machine, which three layers carry", () => {
    const report = reportOf();

    it("is counted under its own layer, and listed under each below", () => {
        expect(counts(report)).toEqual([
            ["hosting", 0, 4],
            ["network", 1, undefined],
            ["operating-system", 1, 3],
            ["data-services", 2, undefined],
            ["app-services", 1, undefined],
        ]);
        expect(report.coverage).toMatchObject({ total: 5, tag: 5, uncovered: 0 });
        expect(report.violations.map(({ rule }) => rule)).not.toContain("layers-below");
    });

    it("stands in the view of each role that answers for a part of it", () => {
        expect(views(report)).toEqual([
            ["infrastructure-provider", [], machines],
            ["cluster-management", ["vpc", "control-a1"], machines.slice(1)],
            ["operations-engineer", machines.slice(1), []],
            ["application-administrator", [], []],
        ]);
    });

    it("stands once in the view of a role that answers for both layers below", () => {
        const matrix = commcareMatrix({ hosting: { role: "cluster-management" } });
        const roles = { ...below, "owner-hosting": "cluster-management" };
        const both = reportOf(machinesState(matrix, roles));

        expect(views(both)[1]).toEqual(["cluster-management", ["vpc", "control-a1"], machines]);
        expect(counts(both).slice(0, 3)).toEqual(counts(report).slice(0, 3));
    });

    it("shows by its tags who owns a layer that holds nothing of its own", () => {
        const shown = (of: Report) => of.layers.find(({ id }) => id === "hosting")?.carriers;

        expect(shown(report)).toEqual(["tags"]);
        expect(shown(reportOf(machinesState(commcareMatrix(), {})))).toEqual(["matrix"]);
    });

    it("stands under the row of the role that it names where two are accountable", () => {
        const matrix = commcareMatrix();
        const second = { layer: "hosting", role: "operations-engineer", party: "operator" };
        const twice: Matrix = { ...matrix, rows: [second, ...matrix.rows] };
        const rows = reportOf(machinesState(twice)).layers.filter(({ id }) => id === "hosting");

        expect(rows.map(({ role, carried }) => [role, carried])).toEqual([
            ["operations-engineer", undefined],
            ["infrastructure-provider", 4],
        ]);
    });

    it("stands in the part of a role, without being counted there", () => {
        const hosts = part(report, "infrastructure-provider");

        expect(hosts.coverage.total).toBe(0);
        expect(hosts.roles.map(({ carried }) => names(carried))).toEqual([machines]);
    });

    it("is carried by no layer that the cluster does not have", () => {
        const state = hubState();
        for (const { inputs } of state.deployment.resources) {
            if (inputs["tags"] !== undefined) inputs["tags"] = { ...inputs["tags"], ...below };
        }

        // Hosting is a layer of hubs on bare machines alone, and an operating system is none of any hub.
        expect(renderJson(reportOf(state))).not.toMatch(/"(below|carried)": \[\s*\{/);
    });
});

describe("what a layer carries, in every format", () => {
    const report = reportOf();

    it("is folded beside the resources in Markdown, by layer", () => {
        const text = renderMarkdown(report);

        expect(text).toContain("| cloud@example.org |  | 0 + 4 carried |");
        expect(text).toContain(
            "Carried are machines and disks of other layers, which count them.\n\n## ",
        );
        expect(text).toContain(
            "<summary>4 resources carried besides, each counted under its own layer</summary>",
        );
        expect(text).toContain(
            "| Hosting | couch-a1-data | EBS volume | id-couch-a1-data | Data services |\n",
        );
        expect(text.split("\n").filter((line) => line.startsWith("| Operating system |"))).toEqual([
            expect.stringContaining("| 1 + 3 carried |"),
            "| Operating system | control-a1 | EC2 instance | id-control-a1 | tag |",
            "| Operating system | couch-a1 | EC2 instance | id-couch-a1 | Data services |",
            "| Operating system | couch-a1-data | EBS volume | id-couch-a1-data | Data services |",
            "| Operating system | web-a1 | EC2 instance | id-web-a1 | Application services |",
        ]);
        expect(renderMarkdown(reportOf(hubState()))).not.toMatch(/carried/i);
    });

    it("is a line of its own in the CSV, under the layer that carries it and its owner", () => {
        const entry = 12;
        const lines = renderCsv(report).split("\r\n").slice(1, -1);
        const cells = lines.map((line) => line.replace(/"[^"]*"/g, "").split(","));
        const told = (kind: string) =>
            cells
                .filter((each) => each[entry] === kind)
                .map((each) => [each[3], each[7], each[entry + 1]]);

        expect(told("resource")).toHaveLength(5);
        expect(told("carried")).toEqual([
            ...machines.map((name) => ["hosting", "infrastructure-provider", name]),
            ...machines.slice(1).map((name) => ["operating-system", "cluster-management", name]),
        ]);
        expect(told("empty").map(([layer]) => layer)).not.toContain("hosting");
    });

    it("stands in the JSON with the layers, and with the roles that its tags name", () => {
        const document = JSON.parse(renderJson(report)) as Report;

        expect(counts(document)).toEqual(counts(report));
        expect(views(document)).toEqual(views(report));
        expect(document.roles[0]?.carried[1]).toMatchObject({
            name: "couch-a1",
            layer: "data-services",
            below: [
                { layer: "operating-system", role: "cluster-management" },
                { layer: "hosting", role: "infrastructure-provider" },
            ],
        });
    });

    it("has a table of its own on the page, where the count leads", () => {
        const page = renderHtml(report).replace(/\s+/g, " ");

        expect(page).toContain('<span class="card-count">4 carried besides</span>');
        expect(page).toContain(
            'href="#layer-1-carried" aria-label="4 resources of other layers, carried by Hosting" >+ 4 carried</a',
        );
        expect(page).toContain('<tbody id="layer-1-carried">');
        expect(page.match(/data-row="carried"/g)).toHaveLength(7);
        expect(page.match(/data-row="resource"/g)).toHaveLength(5);
        expect(renderHtml(reportOf(hubState()))).not.toMatch(/carried besides|data-row="carried"/);
    });
});
