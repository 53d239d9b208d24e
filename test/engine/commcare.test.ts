import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { layersOf } from "../../components/model/layers";
import type { Bill } from "../../stacks/commands/costs/bill";
import type { Result } from "../../stacks/commands/result";
import { readRehearsedState } from "../../stacks/commands/state-source";
import { columnsOf } from "../support/platform-doc";
import { readStackFile } from "../support/stack-file";
import { headingsOf, reviewed } from "./reviewed";
import { steward, temporaryFolder } from "./steward";

jest.setTimeout(600_000);

const folder = temporaryFolder();

const on = (platform: "aws" | "azure") => {
    const [stack, state] = [`commcare-${platform}`, join(folder, platform)];
    return async (change: (config: Record<string, unknown>) => void = () => undefined) => {
        const { config } = readStackFile(stack);
        change(config);
        mkdirSync(state, { recursive: true });
        const file = join(state, "stack.yaml");
        writeFileSync(file, stringify({ config }));
        const { code, stdout } = await steward([
            "rehearse",
            stack,
            "--stack-file",
            file,
            "--state-dir",
            state,
            "--json",
        ]);
        return { code, result: JSON.parse(stdout) as Result };
    };
};

const layer = (slug: string) => (config: Record<string, unknown>) =>
    (config["steward:layers"] = { [slug]: { role: null } });

// In this order: each run finds what the one before it left.
describe.each(["aws", "azure"] as const)("a CommCare cluster on %s", (platform) => {
    const rehearse = on(platform);

    it.each(layersOf("commcare", platform).map(([slug]) => slug))(
        "is refused whole where nobody answers for %s",
        async (slug) => {
            const { code, result } = await rehearse(layer(slug));
            expect([code, result.result]).toEqual([3, "blocked"]);
            expect(result.created).toBeLessThanOrEqual(1);
            expect(result.violations.map((each) => each.layer)).toEqual([slug]);
        },
    );

    it("is rehearsed whole, every resource with an owner and every layer with a party", async () => {
        const { code, result } = await rehearse();
        expect([code, result.result, result.errors, result.violations]).toEqual([
            0,
            "succeeded",
            [],
            [],
        ]);
        expect(result.coverage.uncovered).toBe(0);
        expect(result.created).toBeGreaterThan(250);
        expect(result.layers.filter(({ party }) => party === null)).toEqual([]);
    });

    it("is unchanged the second time, although Canonical has a newer image by then", async () => {
        const { code, result } = await rehearse();
        expect([code, result.result]).toEqual([0, "unchanged"]);
        expect(result.changes.same).toBe(result.created);
    });

    it("is carried out by what docs/platforms.md says (scripts/write-platforms.mjs)", () => {
        const state = readRehearsedState(`commcare-${platform}`, join(folder, platform));
        const { written, rehearsed } = columnsOf("commcare", platform, state);
        expect(written).toEqual(rehearsed);
    });

    it("is billed by units that are known for every type (costs units)", async () => {
        const state = ["--state-dir", join(folder, platform), "--format", "json"];
        const { code, stdout, stderr } = await steward([
            "costs",
            "units",
            `commcare-${platform}`,
            ...state,
        ]);
        expect([code, stderr]).toEqual([0, ""]);
        const bill = JSON.parse(stdout) as Bill;
        expect([bill.platform, bill.unknown]).toEqual([platform, {}]);
        const databases = { aws: /^RDS, with a standby, db\./, azure: /^PostgreSQL Standard_/ };
        expect(
            bill.rows.filter(({ what }) => databases[platform].test(what)).length,
        ).toBeGreaterThan(0);
    });

    it("is reviewed in the same words as on the other cloud", async () => {
        const { codes, headings, tokens, report } = await reviewed(
            "commcare",
            platform,
            join(folder, platform),
        );
        expect(codes).toEqual({ check: 0, html: 0, markdown: 0, json: 0 });
        expect(headings).toEqual(headingsOf("commcare"));
        expect(tokens).toEqual([]);
        expect([report.platform, report.coverage.uncovered]).toEqual([platform, 0]);
    });

    it("grows to 20,000 users in place: nothing is replaced or deleted", async () => {
        const { code, result } = await rehearse((config) => {
            const section = config["steward:commcare"] as Record<string, unknown>;
            section["users"] = 20_000;
        });
        expect(code).toBe(0);
        expect([result.changes.replace, result.changes.delete]).toEqual([0, 0]);
        expect(result.changes.update).toBeGreaterThan(0);
    });
});
