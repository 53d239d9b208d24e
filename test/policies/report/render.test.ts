import fc from "fast-check";
import type { Matrix } from "../../../components/model/matrix";
import { renderCsv } from "../../../policies/report/csv";
import { renderHtml } from "../../../policies/report/html";
import { escape } from "../../../policies/report/html/markup";
import { renderJson } from "../../../policies/report/json";
import { renderMarkdown } from "../../../policies/report/markdown";
import { narrowTo } from "../../../policies/report/narrow";
import { buildReport } from "../../../policies/report/report";
import { readState } from "../../../policies/report/state";
import { ciphertext, hubMatrix, hubState } from "../../fixtures/hub-state";

const now = new Date("2026-11-22T16:29:00Z");

function reportOf(matrix: Matrix = hubMatrix(), stack = "jupyterhub-aws") {
    return buildReport(readState(hubState(matrix)), { stack, now, reservedContacts: "allowed" });
}

/** The matrix with one party that calls itself so. */
function calling(name: string, contact = "geolab@example.org", escalation?: string): Matrix {
    const matrix = hubMatrix();
    const earthscope = { name, contact, escalation };
    return { ...matrix, parties: { ...matrix.parties, earthscope } };
}

/** The matrix with one entry for a package that Steward does not know. */
const deciding: Matrix = {
    ...hubMatrix(),
    carriers: { datadog: { carrier: "none", reason: "Its tags | are texts" } },
};

function vacating(layer: string): Matrix {
    const matrix = hubMatrix();
    const rows = matrix.rows.map((row) =>
        row.layer === layer ? { ...row, role: null, party: null, vacated: true as const } : row,
    );
    return { ...matrix, rows };
}

/** The cells of a table as RFC 4180 has it. */
function readCsv(text: string): string[][] {
    const rows: string[][] = [[]];
    const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
    for (const [, quoted, bare, end] of text.matchAll(pattern)) {
        rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? "");
        if (end === "\r\n") rows.push([]);
    }
    expect(rows.pop()).toEqual([]);
    return rows;
}

const hostile = [
    `<script>alert(1)</script>`,
    `"><img src=x onerror=alert(1)>`,
    `' onmouseover='alert(1)`,
    `</style></script><svg onload=alert(1)>`,
    `&lt;b&gt; & co`,
    "${1} | pipe",
];

describe("what the stack file decides of types that Steward does not know", () => {
    it("stands on the page, in Markdown and in JSON, with its reason", () => {
        const page = renderHtml(reportOf(deciding)).replace(/\s+/g, " ");
        expect(page).toContain("<h3>Carriers that the stack file decides</h3>");
        expect(page).toContain(
            "<strong>datadog</strong> carries no owner of its own, by the stack file: Its tags | are texts.",
        );
        expect(renderMarkdown(reportOf(deciding))).toContain(
            "- **datadog**: carries no owner of its own, by the stack file: Its tags \\| are texts; " +
                "no resource is of that kind\n",
        );
        expect(JSON.parse(renderJson(reportOf(deciding)))).toMatchObject({
            carriers: [
                { of: "datadog", carrier: "none", reason: "Its tags | are texts", resources: 0 },
            ],
        });
    });

    it("is not spoken of where it decides nothing", () => {
        expect(renderHtml(reportOf())).not.toContain("the stack file decides");
        expect(renderMarkdown(reportOf())).not.toContain("by the stack file");
    });
});

describe("the page", () => {
    it.each(hostile)("writes %j as text", (name) => {
        const page = renderHtml(reportOf(calling(name), name));
        const rest = page.replaceAll(escape(name), "");
        expect(page).not.toBe(rest);
        expect(rest).not.toContain(name);
        expect(rest).toBe(
            renderHtml(reportOf(calling("EarthScope"), "EarthScope")).replaceAll("EarthScope", ""),
        );
    });

    it("escapes what HTML gives a meaning, and what it does not allow", () => {
        expect(escape(`<a b="c" d='e'>&\u0000\n`)).toBe(
            "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;\ufffd\n",
        );
    });

    it("escapes whatever could end a text or an attribute", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary" }), (text) => {
                expect(escape(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
            }),
        );
    });

    it.each([
        ["geolab@example.org", '<a href="mailto:geolab@example.org">geolab@example.org</a>'],
        ["a?cc=b&c@example.org", '<a href="mailto:a%3Fcc%3Db%26c@example.org">'],
        ["https://example.org/x?a=1&b=2", '<a href="https://example.org/x?a=1&amp;b=2"'],
        ["javascript:alert(1)", '<span class="bad">javascript:alert(1)</span>'],
        ["data:text/html,x", '<span class="bad">data:text/html,x</span>'],
        ["http://example.org", '<span class="bad">http://example.org</span>'],
    ])("links %s only as what it is", (contact, markup) => {
        const page = renderHtml(reportOf(calling("EarthScope", contact)));
        expect(page).toContain(markup);
        expect(page).not.toMatch(/href="(javascript|data:text|http:)/);
    });

    it("says in words whether every layer has an owner", () => {
        expect(renderHtml(reportOf())).toContain(
            '<p class="verdict good">Every layer has an owner. All 59 resources show theirs.</p>',
        );
        expect(renderHtml(reportOf(vacating("workshops")))).toContain(
            '<p class="verdict poor">1 of 34 layers has no owner. All 59 resources show theirs.</p>',
        );
    });

    it("loads nothing and shows no secret", () => {
        const page = renderHtml(reportOf());
        expect(page).not.toMatch(/\ssrc=|@import|url\(|<link(?! rel="icon" href="data:,")/);
        expect(page).not.toContain(ciphertext);
    });

    it("says nothing of attention where nothing needs any", () => {
        const text = JSON.stringify(hubMatrix()).replaceAll("example.org", "earthscope.com");
        expect(renderHtml(reportOf(JSON.parse(text) as Matrix))).not.toContain("Needs attention");
        expect(renderHtml(reportOf())).toContain("Needs attention");
    });

    it("unfolds the resources of a single role", () => {
        const part = narrowTo(reportOf(), "site-reliability-engineer");
        expect(part && renderHtml(part)).toContain("<details open>");
        expect(renderHtml(reportOf())).not.toContain("<details open>");
    });
});

describe("the Markdown", () => {
    it("has a row for each layer", () => {
        const text = renderMarkdown(reportOf());
        const table = text.split("## Who answers for what\n\n")[1]?.split("\n\n")[0];
        expect(table?.split("\n")).toHaveLength(2 + 34);
        expect(text).toContain(
            "| Network | Site Reliability Engineer | 2i2c | support@example.org | https://pager.example.org/hubs | 17 |",
        );
        expect(text).toContain("**Every layer has an owner. All 59 resources show theirs.**");
        expect(text).toContain(
            "Owner of 59 resources shown by: tag 41, label 9, layer 9, no owner 0.",
        );
    });

    it("tells first what needs attention", () => {
        const text = renderMarkdown(reportOf(vacating("workshops")));
        expect(text).toContain("**1 of 34 layers has no owner.");
        expect(text).toMatch(
            /## Needs attention\n\n- \*\*steward:.*nobody answers for workshops@prod/,
        );
        expect(text).toContain("| **Workshops (prod)** | **nobody** | **nobody** |  |  | duty |");
    });

    it("keeps hostile names inside their cells", () => {
        const text = renderMarkdown(reportOf(calling("a|b\n<img> `x` [y](z) *w*")));
        expect(text).toContain("| a\\|b &lt;img> \\`x\\` \\[y\\](z) \\*w\\* |");
        expect(text).not.toContain("<img>");
    });
});

describe("the CSV", () => {
    const rows = readCsv(renderCsv(reportOf()));

    it("has a line for each resource and one for each layer that holds none", () => {
        const [head, ...lines] = rows;
        const entry = head?.indexOf("entry") ?? -1;
        const counted = new Map<string, number>();
        for (const line of lines) {
            const kind = line[entry] ?? "";
            counted.set(kind, (counted.get(kind) ?? 0) + 1);
        }
        expect(Object.fromEntries(counted)).toEqual({ resource: 59, duty: 12, empty: 11 });
        expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([21]));
    });

    it("tells all of a resource", () => {
        const [head = [], ...lines] = rows;
        const line = lines.find((cells) => cells.includes("geolab-prod-homes")) ?? [];
        expect(Object.fromEntries(head.map((column, at) => [column, line[at]]))).toEqual({
            stack: "jupyterhub-aws",
            cluster: "geolab",
            environment: "production",
            layer: "home-storage",
            hub: "prod",
            title: "Home storage",
            holds: "The disks of users' home directories and the server that exports them.",
            role: "site-reliability-engineer",
            party: "2i2c",
            contact: "support@example.org",
            escalation: "https://pager.example.org/hubs",
            until: "",
            entry: "resource",
            resource: "geolab-prod-homes",
            type: "aws:ebs/volume:Volume",
            id: "vol-0c1f5a7be90d24683",
            urn: "urn:pulumi:jupyterhub-aws::steward::steward:index:Cluster$steward:aws:HomeStorage$aws:ebs/volume:Volume::geolab-prod-homes",
            carrier: "tag",
            protected: "yes",
            gap: "",
            reason: "",
        });
    });

    it("ends with what the stack file decides of types that Steward does not know", () => {
        const [head = [], ...lines] = readCsv(renderCsv(reportOf(deciding)));
        const line = lines.at(-1) ?? [];
        const told = head.map((column, at) => [column, line[at]]).filter(([, cell]) => cell !== "");
        expect(Object.fromEntries(told)).toEqual({
            stack: "jupyterhub-aws",
            cluster: "geolab",
            environment: "production",
            entry: "carrier",
            type: "datadog",
            carrier: "none",
            reason: "Its tags | are texts",
        });
    });

    it("gives back whatever stood in a cell", () => {
        fc.assert(
            fc.property(fc.string({ unit: "binary", minLength: 1 }), (stack) => {
                const [, first] = readCsv(renderCsv(reportOf(hubMatrix(), stack)));
                const formula = /^[=+\-@\t\r]/.test(stack);
                expect(first?.[0]).toBe(formula ? `'${stack}` : stack);
            }),
            { numRuns: 30 },
        );
    });

    it("hands a spreadsheet no formula", () => {
        const text = renderCsv(reportOf(hubMatrix(), '=HYPERLINK("https://example.org")'));
        expect(readCsv(text)[1]?.[0]).toBe('\'=HYPERLINK("https://example.org")');
    });

    it("lists what stands in no layer", () => {
        const state = hubState();
        for (const each of state.deployment.resources) {
            if (each.urn.endsWith("::geolab-vpc")) delete each.parent;
        }
        const options = { stack: "s", now, reservedContacts: "allowed" } as const;
        const lines = readCsv(renderCsv(buildReport(readState(state), options)));
        expect(lines.at(-1)).toMatchObject({ 3: "", 7: "", 12: "resource", 17: "uncovered" });
    });
});

describe("the JSON", () => {
    interface Document {
        readonly violations: readonly { readonly rule: string }[];
        readonly [key: string]: unknown;
    }
    const read = (matrix?: Matrix) => JSON.parse(renderJson(reportOf(matrix))) as Document;

    it("has the shape that every command prints", () => {
        const { layers, ...document } = read();
        expect(document).toMatchObject({
            stack: "jupyterhub-aws",
            workload: "jupyterhub",
            platform: "aws",
            created: 73,
            changes: { create: 0, update: 0, replace: 0, delete: 0, same: 73 },
            coverage: { total: 59, uncovered: 0, unseen: 0 },
            errors: [],
            cluster: "geolab",
        });
        expect((layers as unknown[])[0]).toEqual({
            id: "account",
            title: "Account",
            holds: "The cloud account or hosting contract, who signs for it, and what each payer means to spend.",
            role: "community-representative",
            roleTitle: "Community Representative",
            party: "earthscope",
            partyName: "EarthScope",
            contact: "geolab@example.org",
            carriers: ["matrix"],
            resources: 0,
            duty: false,
        });
    });

    it("is blocked by a gap, with what the gate says of it", () => {
        const document = read(vacating("workshops"));
        expect(document["result"]).toBe("blocked");
        expect(document.violations).toContainEqual({
            rule: "gate",
            layer: "workshops@prod",
            urn: "urn:pulumi:jupyterhub-aws::steward::steward:index:Cluster::geolab",
            message: expect.stringContaining("nobody answers for workshops@prod") as string,
            fix: expect.stringContaining("workshops: { role: community-guide }") as string,
        });
    });

    it("is not blocked by contacts that only warn", () => {
        const rules = read().violations.map(({ rule }) => rule);
        expect(rules).not.toContain("gate");
    });
});
