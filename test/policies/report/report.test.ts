import type { Matrix, Row } from "../../../components/model/matrix";
import { rowName } from "../../../components/model/matrix";
import { narrowTo, rolesIn } from "../../../policies/report/narrow";
import type { Report, ReportOptions } from "../../../policies/report/report";
import { buildReport } from "../../../policies/report/report";
import { readState } from "../../../policies/report/state";
import type { Entry, ExportedState } from "../../fixtures/hub-state";
import { hubMatrix, hubState, unknownResource } from "../../fixtures/hub-state";

const options: ReportOptions = {
    stack: "jupyterhub-aws",
    now: new Date("2026-11-22T16:29:00Z"),
    reservedContacts: "allowed",
};

const reportOf = (state: ExportedState, changes: Partial<ReportOptions> = {}) =>
    buildReport(readState(state), { ...options, ...changes });

const named = (state: ExportedState, name: string): Entry => {
    const found = state.deployment.resources.find(({ urn }) => urn.endsWith(`::${name}`));
    if (found === undefined) throw new Error(`the fixture has no ${name}`);
    return found;
};

const withRows = (change: (row: Row) => Row | undefined): Matrix => {
    const matrix = hubMatrix();
    return { ...matrix, rows: matrix.rows.flatMap((row) => change(row) ?? []) };
};

const places = (report: Report) =>
    report.layers.map(({ id: layer, ...rest }) => rowName({ layer, ...rest }));

describe("the report of a hub in which every layer has an owner", () => {
    const report = reportOf(hubState());

    it("says what cluster it is about", () => {
        expect(report).toMatchObject({
            stack: "jupyterhub-aws",
            workload: "jupyterhub",
            platform: "aws",
            environment: "production",
            cluster: "geolab",
            generatedAt: "2026-11-22T16:29:00.000Z",
            inState: 73,
            gaps: [],
            uncovered: [],
            exemptions: [],
        });
    });

    it("lists all rows of the matrix in the order of the book", () => {
        expect(places(report)).toEqual(hubMatrix().rows.map(rowName));
        expect(report.layers).toHaveLength(34);
    });

    it("tells of a layer who, how to reach them, and what stands in it", () => {
        expect(report.layers.find(({ id }) => id === "network")).toEqual({
            id: "network",
            title: "Network",
            holds: "Address ranges, subnets, gateways, firewalls.",
            role: "site-reliability-engineer",
            roleTitle: "Site Reliability Engineer",
            party: "2i2c",
            partyName: "2i2c",
            contact: "support@example.org",
            escalation: "https://pager.example.org/hubs",
            carriers: ["tags", "layer"],
            resources: 17,
            duty: false,
        });
    });

    it("tells of a duty that nothing stands in it, and of a role that there is none", () => {
        expect(report.layers.find(({ id }) => id === "domain-software")).toMatchObject({
            scope: "prod",
            role: null,
            roleTitle: null,
            party: "earthscope",
            carriers: ["matrix"],
            resources: 0,
            duty: true,
        });
    });

    it("counts how resources show their owner", () => {
        expect(report.coverage).toEqual({
            total: 59,
            tag: 41,
            label: 9,
            file: 0,
            layer: 9,
            container: 0,
            uncovered: 0,
            unseen: 0,
        });
    });

    it("lists each row and each resource under exactly one role", () => {
        const resources = report.roles.flatMap((view) => view.resources.map(({ urn }) => urn));
        const custom = readState(hubState()).filter((each) => each.custom);
        expect(resources.toSorted()).toEqual(custom.map(({ urn }) => urn).toSorted());
        const rows = report.roles.flatMap((view) => view.layers);
        expect(new Set(rows)).toEqual(new Set(report.layers));
        expect(rows).toHaveLength(34);
        const sum = report.layers.reduce((total, layer) => total + layer.resources, 0);
        expect(sum).toBe(59);
    });

    it("orders roles as the book does, parties without a role last", () => {
        expect(report.roles.map(({ key, title, party }) => [key, title, party])).toEqual([
            ["site-reliability-engineer-2i2c", "Site Reliability Engineer", "2i2c"],
            ["community-guide-2i2c", "Community Guide", "2i2c"],
            ["hub-administrator-earthscope", "Hub Administrator", "earthscope"],
            ["community-representative-earthscope", "Community Representative", "earthscope"],
            ["earthscope", "EarthScope", "earthscope"],
            ["2i2c", "2i2c", "2i2c"],
        ]);
    });

    it("says which duty of a role the document gives to another", () => {
        const matrix = withRows((row) =>
            row.layer === "user-image" ? { ...row, role: "site-reliability-engineer" } : row,
        );
        const state = hubState(matrix);
        const duties = reportOf(state).roles.flatMap(({ title, responsibilities }) =>
            responsibilities.map(({ id, elsewhere }) => [title, id, ...elsewhere]),
        );
        expect(duties.filter((each) => each.length > 2)).toEqual([
            ["Site Reliability Engineer", "build-environments", "Community Guide"],
        ]);
    });

    it("names the duties of a role", () => {
        const duties = report.roles.map(({ responsibilities }) =>
            responsibilities.map(({ id, elsewhere }) => [id, ...elsewhere]),
        );
        expect(duties).toEqual([
            [
                ["configure-environment"],
                ["operate-kubernetes"],
                ["respond-to-incidents"],
                ["monitor-infrastructure"],
                ["enhance-infrastructure"],
            ],
            [
                ["manage-datasets"],
                ["build-environments"],
                ["write-documentation"],
                ["support-leaders"],
                ["run-workshops"],
            ],
            [["oversee-access"]],
            [
                ["decide-finances"],
                ["oversee-access"],
                ["define-success"],
                ["cultivate-community"],
                ["represent-community"],
            ],
            [["develop-domain-software"]],
            [["develop-interactive-software"], ["support-open-source"]],
        ]);
    });

    it("shows no identifier that could be the value itself", () => {
        const resources = report.roles.flatMap((view) => view.resources);
        const shown = (name: string) => resources.find((each) => each.name === name);
        expect(shown("prod-cookie-secret")).not.toHaveProperty("id");
        expect(shown("geolab-prod-homes")).toMatchObject({
            id: "vol-0c1f5a7be90d24683",
            protect: true,
            layer: "home-storage",
            scope: "prod",
            carrier: "tag",
        });
    });

    it("warns of contacts that are examples, unless they are gaps already", () => {
        expect(report.warnings.map(({ message }) => message)).toEqual([
            "support@example.org and https://pager.example.org/hubs of 2i2c are examples that nobody reads",
            "geolab@example.org of EarthScope is an example that nobody reads",
        ]);
        const strict = reportOf(hubState(), { reservedContacts: "refused" });
        expect(strict.warnings).toEqual([]);
        expect(strict.gaps.every(({ kind }) => kind === "reserved-contact")).toBe(true);
        expect(strict.layers.every(({ gap }) => gap !== undefined)).toBe(true);
    });
});

describe("the report of a hub in which something is amiss", () => {
    it.each(hubMatrix().rows.map((row): [string, Row] => [rowName(row), row]))(
        "says that nobody answers for %s",
        (name, { layer, scope }) => {
            const matrix = withRows((row) =>
                row.layer === layer && row.scope === scope
                    ? { ...row, role: null, party: null, vacated: true }
                    : row,
            );
            const report = reportOf(hubState(matrix));
            const without = report.layers.filter(({ gap }) => gap !== undefined);
            expect(without.map(({ id }) => id)).toEqual([layer]);
            expect(without[0]?.gap).toContain(`nobody answers for ${name}`);
            expect(report.gaps).toHaveLength(1);
            expect(report.roles.at(-1)).toMatchObject({ key: "nobody", title: "Nobody" });
        },
    );

    it("lists a row that is missing, where the book has it", () => {
        const matrix = withRows((row) => (row.layer === "backups" ? undefined : row));
        const report = reportOf(hubState(matrix));
        expect(places(report)).toEqual(hubMatrix().rows.map(rowName));
        expect(report.layers.find(({ id }) => id === "backups")).toMatchObject({
            role: null,
            party: null,
            contact: null,
            gap: "the layer backups is missing from the matrix",
        });
    });

    it("lists a row that the book does not know, at the end", () => {
        const matrix = hubMatrix();
        const rows = [...matrix.rows, { layer: "moat", role: null, party: "2i2c" }];
        const report = reportOf(hubState({ ...matrix, rows }));
        expect(report.layers).toHaveLength(35);
        expect(report.layers.at(-1)).toMatchObject({ id: "moat", title: "moat", duty: false });
    });

    it("shows what is amiss with a layer of all hubs at each hub's share of it", () => {
        const row = hubMatrix().rows.find(({ layer }) => layer === "ingress-tls");
        const rows = [
            ...hubMatrix().rows,
            ...(row === undefined ? [] : [{ ...row, scope: "lab" }]),
        ];
        const matrix = {
            ...hubMatrix(),
            hubs: ["prod", "lab"],
            rows,
            certificateContact: "call us",
        };
        const report = reportOf(hubState(matrix));
        const said = report.layers.filter(({ gap }) => gap?.includes('"call us"'));
        expect(said.map(({ id, scope }) => [id, scope])).toEqual([
            ["ingress-tls", "prod"],
            ["ingress-tls", "lab"],
        ]);
        const part = narrowTo(report, "site-reliability-engineer");
        expect(part?.gaps.filter(({ layer }) => layer === "ingress-tls")).toHaveLength(1);
        expect(part?.violations.filter(({ layer }) => layer === "ingress-tls")).toHaveLength(1);
    });

    it("shows a role that no party fills", () => {
        const matrix = withRows((row) =>
            row.role === "community-guide" ? { ...row, party: null } : row,
        );
        const view = reportOf(hubState(matrix)).roles.find(
            ({ role }) => role === "community-guide",
        );
        expect(view).toMatchObject({ key: "community-guide", party: null, contact: null });
    });

    it("shows both where two are accountable, and counts what stands there once", () => {
        const matrix = hubMatrix();
        const twice = { layer: "network", role: "community-guide", party: "earthscope" };
        const state = hubState();
        named(state, "geolab").inputs = { ...matrix, rows: [...matrix.rows, twice] };
        const report = reportOf(state);
        const rows = report.layers.filter(({ id }) => id === "network");
        expect(rows.map(({ party, resources }) => [party, resources])).toEqual([
            ["2i2c", 17],
            ["earthscope", 0],
        ]);
        expect(rows.every(({ gap }) => gap !== undefined)).toBe(true);
    });

    it("counts what stands in a layer under the one of two who owns it", () => {
        const matrix = hubMatrix();
        const first = { layer: "network", role: "community-guide", party: "earthscope" };
        const state = hubState();
        named(state, "geolab").inputs = { ...matrix, rows: [first, ...matrix.rows] };
        const rows = reportOf(state).layers.filter(({ id }) => id === "network");
        expect(rows.map(({ party, resources }) => [party, resources])).toEqual([
            ["earthscope", 0],
            ["2i2c", 17],
        ]);
    });

    it("counts what stands in a layer whose components name another owner than its row", () => {
        const state = hubState();
        named(state, "geolab").inputs = {
            ...withRows((row) => (row.layer === "network" ? { ...row, party: "earthscope" } : row)),
        };
        const report = reportOf(state);
        const rows = report.layers.filter(({ id }) => id === "network");
        expect(rows).toMatchObject([{ party: "earthscope", resources: 17 }]);
        expect(report.violations.map(({ rule }) => rule)).toContain("layer-as-assigned");
    });

    it.each([
        ["geolab-vpc", "network"],
        ["prod-access", "access-policy"],
    ])("counts %s without its owner as uncovered", (name, layer) => {
        const state = hubState();
        const text = JSON.stringify(named(state, name).inputs).replace("owner-role", "owner");
        named(state, name).inputs = JSON.parse(text) as Record<string, unknown>;
        const report = reportOf(state);
        expect(report.coverage).toMatchObject({ total: 59, uncovered: 1 });
        expect(report.uncovered).toMatchObject([{ name, layer, carrier: "uncovered" }]);
    });

    it("lists what stands in no layer under nobody", () => {
        const state = hubState();
        delete named(state, "geolab-vpc").parent;
        const nobody = reportOf(state).roles.at(-1);
        expect(nobody).toMatchObject({
            key: "nobody",
            layers: [],
            resources: [{ name: "geolab-vpc", layer: null, carrier: "uncovered" }],
        });
    });

    it("announces the end of an engagement thirty days before, and then calls it a gap", () => {
        const matrix = hubMatrix();
        const until = (day: string) => {
            const earthscope = { name: "EarthScope", contact: "geolab@earthscope.com", until: day };
            return reportOf(hubState({ ...matrix, parties: { ...matrix.parties, earthscope } }));
        };
        const said = "EarthScope answers for its layers until 2026-12-21 only";
        expect(until("2026-12-21").warnings.map(({ message }) => message)).toContain(said);
        expect(JSON.stringify(until("2026-12-23").warnings)).not.toContain("EarthScope");
        expect(until("2026-11-22").gaps).toEqual([]);
        expect(until("2026-11-21").gaps.every(({ kind }) => kind === "owner-expired")).toBe(true);
        expect(JSON.stringify(until("2026-11-21").warnings)).not.toContain("EarthScope");
    });

    it("prints every exemption, says which lifts nothing, and announces its end", () => {
        const exemption = {
            rule: "owner-carried",
            urn: "*::geolab-vpc",
            reason: "Made by the account's owner",
            approver: "community-representative",
            until: "2026-12-01T00:00:00Z",
        };
        const unknown = { ...exemption, rule: "no-such-rule" };
        const report = reportOf(hubState({ ...hubMatrix(), exemptions: [exemption, unknown] }));
        expect(report.exemptions).toEqual([
            { ...exemption, breakGlass: false },
            { ...unknown, breakGlass: false, problem: "no rule is called no-such-rule" },
        ]);
        const said = report.warnings.filter(({ message }) => message.includes("ends at"));
        expect(said).toHaveLength(2);
    });

    it("says what the stack file decides of types that Steward does not know, and what of how many", () => {
        const reason = "Its tags are a list of texts";
        const state = hubState({
            ...hubMatrix(),
            carriers: {
                datadog: { carrier: "none", reason },
                "github:index/team:Team": { carrier: "map", reason },
                "aws:s3/bucket:Bucket": { carrier: "none", reason },
            },
        });
        state.deployment.resources.push(unknownResource());
        const report = reportOf(state);
        expect(report.carriers).toEqual([
            { of: "datadog", carrier: "none", reason, resources: 1 },
            { of: "github:index/team:Team", carrier: "map", reason, resources: 0 },
            {
                of: "aws:s3/bucket:Bucket",
                carrier: "none",
                reason,
                resources: 0,
                problem: "Steward knows how it carries its owner (map)",
            },
        ]);
        expect(report.coverage).toMatchObject({ total: 60, layer: 10, uncovered: 0 });
    });

    it("warns of an example as the address of the certificates, in a rehearsal", () => {
        const mailed = (certificateContact: string) =>
            reportOf(hubState({ ...hubMatrix(), certificateContact })).warnings.map(
                ({ message }) => message,
            );
        const said =
            "certificates@example.org is an example, for which Let's Encrypt issues no certificate";
        expect(mailed("certificates@example.org")).toContain(said);
        expect(mailed("certificates@operators.org").join()).not.toContain("Let's Encrypt");
    });

    it("leaves out what only waits to be deleted, and says so", () => {
        const state = hubState();
        state.deployment.resources.push({ ...named(state, "geolab-vpc"), delete: true });
        const report = reportOf(state);
        expect(report.coverage.total).toBe(59);
        expect(report.inState).toBe(74);
        expect(report.warnings.map(({ message }) => message)).toContain(
            "1 replaced resource waits to be deleted",
        );
    });

    it("has nothing to say of a state without a cluster", () => {
        const build = (...resources: object[]) =>
            buildReport(readState({ version: 3, deployment: { resources } }), options);
        const [stack, cluster] = hubState().deployment.resources;
        const vpc = named(hubState(), "geolab-vpc");
        const deployed = "take the state of a stack that Steward deployed";
        expect(() => build()).toThrow(`deployment.resources: the stack is empty; ${deployed}`);
        expect(() => build({ ...stack })).toThrow("the stack is empty");
        expect(() => build({ ...vpc })).toThrow("no cluster of Steward is in this state");
        expect(() => build({ ...cluster, inputs: {} })).toThrow("does not say who owns what");
    });
});

describe("the part of one role", () => {
    const report = reportOf(hubState());

    it("can be that of every role, and of a party without one", () => {
        expect(rolesIn(report)).toEqual([
            "site-reliability-engineer",
            "community-guide",
            "hub-administrator",
            "community-representative",
            "earthscope",
            "2i2c",
        ]);
        expect(narrowTo(report, "infrastructure-provider")).toBeUndefined();
    });

    it("holds its layers and resources and no other", () => {
        const part = narrowTo(report, "community-representative");
        expect(part?.only).toBe("community-representative");
        expect(part?.layers).toHaveLength(8);
        expect(part?.roles.map(({ key }) => key)).toEqual(["community-representative-earthscope"]);
        expect(part?.coverage).toMatchObject({ total: 2, tag: 1, label: 1, layer: 0 });
    });

    it("adds up to the whole", () => {
        const parts = rolesIn(report).map((role) => narrowTo(report, role));
        expect(parts.flatMap((part) => part?.layers ?? [])).toHaveLength(34);
        const total = parts.reduce((sum, part) => sum + (part?.coverage.total ?? 0), 0);
        expect(total).toBe(59);
    });

    it("holds the gaps of its own layers only", () => {
        const matrix = withRows((row) =>
            row.role === "community-guide" ? { ...row, party: null } : row,
        );
        const amiss = reportOf(hubState(matrix));
        expect(narrowTo(amiss, "community-guide")?.gaps).toHaveLength(5);
        expect(narrowTo(amiss, "hub-administrator")?.gaps).toEqual([]);
    });
});
