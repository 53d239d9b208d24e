import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import type { Matrix } from "../../../components/model/matrix";
import { renderHtml } from "../../../policies/report/html";
import { buildReport } from "../../../policies/report/report";
import { readState } from "../../../policies/report/state";
import { hubMatrix, hubState } from "../../fixtures/hub-state";
import { machinesState } from "../../fixtures/machines-state";
import { deadLinks, faintTexts, pageWidth, unfoldAll } from "./in-page";

const executablePath = "/usr/bin/chromium";
const there = existsSync(executablePath);
if (!there) process.stderr.write(`skipped: the page is not opened, ${executablePath} is missing\n`);

jest.setTimeout(60_000);

const quiet = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/** A hub in which one layer is vacant, one resource has lost its tags and one party has a hostile name. */
function pageOf(hostile: string): string {
    const matrix: Matrix = hubMatrix();
    const rows = matrix.rows.map((row) =>
        row.layer === "workshops"
            ? { ...row, role: null, party: null, vacated: true as const }
            : row,
    );
    const earthscope = { name: hostile, contact: "geolab@example.org", until: "2026-12-01" };
    const parties = { ...matrix.parties, earthscope };
    const state = hubState({ ...matrix, rows, parties });
    for (const each of state.deployment.resources) {
        if (each.urn.endsWith("::geolab-vpc")) each.inputs = {};
    }
    return renderHtml(buildReport(readState(state), options));
}

const now = new Date("2026-11-22T16:29:00Z");
const options = { stack: "jupyterhub-aws", now, reservedContacts: "allowed" } as const;

(there ? describe : describe.skip)("the page in Chromium", () => {
    const hostile = `<img src="https://example.org/x" onerror="document.title='taken'">`;
    const folder = mkdtempSync(join(tmpdir(), "steward-page-"));
    const file = join(folder, "review.html");
    const url = pathToFileURL(file).href;
    let browser: Browser;
    const said: string[] = [];
    const asked: string[] = [];

    const open = async (options: Parameters<Browser["newPage"]>[0] = {}): Promise<Page> => {
        const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
        page.on("console", (message) => said.push(message.text()));
        page.on("pageerror", (error) => said.push(error.message));
        page.on("request", (request) => asked.push(request.url()));
        await page.goto(url);
        return page;
    };
    const shown = (page: Page, selector: string) => page.locator(`${selector}:visible`).count();

    beforeAll(async () => {
        writeFileSync(file, pageOf(hostile));
        browser = await chromium.launch({ executablePath, args: quiet });
    });
    beforeEach(() => {
        said.length = 0;
        asked.length = 0;
    });
    afterAll(async () => {
        await browser.close();
        rmSync(folder, { recursive: true });
    });

    it("loads nothing, complains of nothing and runs nothing that a name brings", async () => {
        const page = await open();
        expect(await page.title()).toBe("Who answers for geolab: JupyterHub on AWS, production");
        expect(await page.locator("html").getAttribute("lang")).toBe("en");
        expect(await page.locator("img").count()).toBe(0);
        expect(await page.getByText(hostile).count()).toBeGreaterThan(1);
        expect(said).toEqual([]);
        expect(asked).toEqual([url]);
        await page.close();
    });

    it("has a row for every layer and every resource", async () => {
        const page = await open();
        expect(await page.locator(".matrix tbody tr").count()).toBe(34);
        expect(await page.locator(".resources tr[data-row]").count()).toBe(59);
        expect(await page.locator(".matrix .duty").count()).toBe(12);
        await page.close();
    });

    it("tells first what needs attention", async () => {
        const page = await open();
        const first = page.locator("main > :first-child");
        expect(await first.locator("h3").allTextContents()).toEqual([
            "1 layer without an owner",
            "1 resource without an owner",
            "Worth knowing now",
        ]);
        await page.close();
    });

    it("filters layers and resources, unfolds what matches, and folds it again", async () => {
        const page = await open();
        const field = page.getByRole("searchbox", { name: "Filter" });
        const matrix = ".matrix tbody tr";
        const resources = ".resources tr[data-row]";
        expect(await shown(page, resources)).toBe(0);

        await field.fill("Node POOLS");
        expect(await shown(page, matrix)).toBe(1);
        expect(await shown(page, resources)).toBe(8);
        expect(await page.locator("output").textContent()).toBe("1 layer, 8 resources");

        await field.fill("subnet intra");
        expect(await shown(page, matrix)).toBe(0);
        expect(await shown(page, resources)).toBe(3);
        expect(await shown(page, ".resources .group")).toBe(1);

        await field.fill("nothing of the kind");
        expect(await page.locator("output").textContent()).toBe("0 layers, 0 resources");

        await field.fill("");
        expect(await shown(page, matrix)).toBe(34);
        expect(await shown(page, resources)).toBe(0);
        await page.close();
    });

    it("jumps from a row to the role, and from a count to its resources", async () => {
        const page = await open();
        await page
            .locator(".matrix tbody tr", { hasText: "Support channel" })
            .locator(".role")
            .click();
        const heading = page.getByRole("heading", { name: "Community Guide" });
        expect(new URL(page.url()).hash).toBe("#community-guide-2i2c");
        expect((await heading.boundingBox())?.y).toBeLessThan(200);

        await page.getByRole("link", { name: "8 resources of Node pools" }).click();
        const group = page.locator(".resources .group", { hasText: "Node pools" });
        await group.waitFor({ state: "visible" });
        expect((await group.boundingBox())?.y).toBeLessThan(200);
        await page.close();
    });

    it("lists machines under the layers that carry them, counts them once, and fits", async () => {
        const machines = join(folder, "machines.html");
        writeFileSync(machines, renderHtml(buildReport(readState(machinesState()), options)));
        const page = await open({ viewport: { width: 390, height: 800 } });
        await page.goto(pathToFileURL(machines).href);
        await page
            .getByRole("link", { name: "4 resources of other layers, carried by Hosting" })
            .click();
        const group = page.locator(".resources .group", { hasText: "Hosting carries 4" });
        await group.waitFor({ state: "visible" });
        expect((await group.boundingBox())?.y).toBeLessThan(200);

        await page.getByRole("searchbox", { name: "Filter" }).fill("couch-a1");
        expect(await page.locator("output").textContent()).toBe("0 layers, 2 resources, 4 carried");
        await page.evaluate(unfoldAll);
        expect(await page.evaluate(pageWidth)).toBe(390);
        expect(await page.evaluate(faintTexts)).toEqual([]);
        expect(await page.evaluate(deadLinks)).toEqual([]);
        await page.close();
    });

    it("unfolds by itself where the browser does not: for a link, and for paper", async () => {
        const page = await open();
        const folded = "details:not([open])";
        expect(await page.locator(folded).count()).toBe(2);
        await page.evaluate(
            `history.pushState(null, "", "#layer-3"); dispatchEvent(new Event("hashchange"))`,
        );
        expect(await page.locator(folded).count()).toBe(1);
        await page.evaluate(`dispatchEvent(new Event("beforeprint"))`);
        expect(await page.locator(folded).count()).toBe(0);
        await page.evaluate(`dispatchEvent(new Event("afterprint"))`);
        expect(await page.locator(folded).count()).toBe(1);
        await page.close();
    });

    it("has no link that leads nowhere", async () => {
        const page = await open();
        expect(await page.evaluate(deadLinks)).toEqual([]);
        await page.close();
    });

    it.each([
        [1280, "light"],
        [1280, "dark"],
        [390, "light"],
        [390, "dark"],
    ] as const)("fits and can be read at %d pixels, %s", async (width, colorScheme) => {
        const page = await open({ viewport: { width, height: 800 }, colorScheme });
        await page.evaluate(unfoldAll);
        expect(await page.evaluate(pageWidth)).toBe(width);
        expect(await page.evaluate(faintTexts)).toEqual([]);
        await page.close();
    });

    it("reads without its script, and reaches everything with the keyboard", async () => {
        const context = await browser.newContext({ javaScriptEnabled: false });
        const page = await context.newPage();
        await page.goto(url);
        expect(await shown(page, ".matrix tbody tr")).toBe(34);
        expect(await shown(page, "search")).toBe(0);
        await page.keyboard.press("Tab");
        await page.keyboard.press("Enter");
        expect(new URL(page.url()).hash).toBe("#main");
        await page.locator("summary").first().press("Enter");
        expect(await shown(page, ".resources tr[data-row]")).toBe(57);
        await context.close();
    });

    it("has landmarks, and headers that say what they head", async () => {
        const page = await open();
        for (const role of ["banner", "navigation", "main", "search", "contentinfo"] as const) {
            expect([role, await page.getByRole(role).count()]).toEqual([role, 1]);
        }
        expect(await page.locator("th:not([scope])").count()).toBe(0);
        expect(await page.locator("table:not(:has(caption))").count()).toBe(0);
        await page.close();
    });

    it.each([true, false])(
        "prints every resource, unfolded (script: %s)",
        async (javaScriptEnabled) => {
            const context = await browser.newContext({ javaScriptEnabled });
            const page = await context.newPage();
            await page.goto(url);
            const paper = await page.pdf({ format: "A4", tagged: true });
            // The structure of a tagged PDF names every row of a table that is on paper.
            const rows = paper.toString("latin1").match(/\/S \/TR\b/g) ?? [];
            expect(rows.length).toBeGreaterThanOrEqual(34 + 59);

            await page.emulateMedia({ media: "print" });
            expect(await shown(page, "search")).toBe(0);
            expect(await shown(page, ".skip")).toBe(0);
            await context.close();
        },
    );
});
