import type { MatrixInput } from "../../../components/model/assign";
import type { GapKind, GapOptions } from "../../../components/model/gaps";
import { findGaps } from "../../../components/model/gaps";
import { layersOf } from "../../../components/model/layers";
import type { Matrix } from "../../../components/model/matrix";
import { rowName } from "../../../components/model/matrix";
import { hubInput, hubMatrix } from "../../support/matrix";

const options: GapOptions = {
    now: new Date("2026-11-22T12:00:00Z"),
    reservedContacts: "refused",
};

const kindsOf = (matrix: Matrix, over: Partial<GapOptions> = {}) =>
    findGaps(matrix, { ...options, ...over }).map((gap): [GapKind, string] => [
        gap.kind,
        rowName(gap),
    ]);

const withLayers = (layers: MatrixInput["layers"]) =>
    hubMatrix({ layers: { ...hubInput().layers, ...layers } });

const withParty = (party: MatrixInput["parties"][string]) =>
    hubMatrix({
        parties: { ...hubInput().parties, late: party },
        layers: { ...hubInput().layers, network: { party: "late" } },
    });

describe("findGaps", () => {
    it("finds none where every layer is answered for", () => {
        expect(findGaps(hubMatrix(), options)).toEqual([]);
    });

    it.each<[string, Matrix, [GapKind, string][]]>([
        ["a role set to null", withLayers({ network: { role: null } }), [["no-role", "network"]]],
        ["a party set to null", withLayers({ network: { party: null } }), [["no-role", "network"]]],
        [
            "a layer that no document gives a role, and no party named",
            withLayers({ "open-source": {} }),
            [["no-role", "open-source"]],
        ],
        [
            "a role that does not exist",
            withLayers({ network: { role: "network-engineer" } }),
            [["unknown-role", "network"]],
        ],
        [
            "a role that nobody fills",
            withLayers({ network: { role: "cluster-management" } }),
            [["vacant-role", "network"]],
        ],
        [
            "a party that does not exist",
            withLayers({ network: { party: "stranger" } }),
            [["unknown-party", "network"]],
        ],
        [
            "a party named like a property of every object",
            withLayers({ network: { party: "constructor" } }),
            [["unknown-party", "network"]],
        ],
        [
            "a party whose name no label takes",
            hubMatrix({
                parties: { ...hubInput().parties, "Late Shift": { name: "L", contact: "l@l.org" } },
                layers: { ...hubInput().layers, network: { party: "Late Shift" } },
            }),
            [["unknown-party", "network"]],
        ],
        [
            "two accountable roles",
            withLayers({ network: { role: ["site-reliability-engineer", "community-guide"] } }),
            [["two-accountable", "network"]],
        ],
        [
            "two accountable parties",
            withLayers({ network: { party: ["operators", "community"] } }),
            [["two-accountable", "network"]],
        ],
        [
            "a contact that reaches nobody",
            withParty({ name: "Late", contact: "call us" }),
            [["unreachable-party", "network"]],
        ],
        [
            "a contact of a reserved domain",
            withParty({ name: "Late", contact: "late@example.org" }),
            [["reserved-contact", "network"]],
        ],
        [
            "an engagement that has ended",
            withParty({ name: "Late", contact: "late@operators.org", until: "2026-11-21" }),
            [["owner-expired", "network"]],
        ],
        [
            "an end that is no date",
            withParty({ name: "Late", contact: "late@operators.org", until: "soon" }),
            [["owner-expired", "network"]],
        ],
        [
            "a budget that would mail a URL",
            hubMatrix({
                parties: {
                    ...hubInput().parties,
                    web: { name: "Web", contact: "https://w.org/x" },
                },
                layers: { ...hubInput().layers, "budget-billing": { party: "web" } },
            }),
            [["budget-needs-email", "budget-billing@prod"]],
        ],
    ])("finds %s", (_, matrix, expected) => {
        expect(kindsOf(matrix)).toEqual(expected);
    });

    it("counts the last day of an engagement as part of it", () => {
        const last = { name: "Late", contact: "late@operators.org", until: "2026-11-22" };
        expect(kindsOf(withParty(last))).toEqual([]);
        expect(kindsOf(withParty(last), { now: new Date("2026-11-23T00:00:00Z") })).toEqual([
            ["owner-expired", "network"],
        ]);
    });

    it("lets reserved domains pass where nothing real is deployed", () => {
        const matrix = withParty({ name: "Late", contact: "https://late.invalid/page" });
        expect(kindsOf(matrix, { reservedContacts: "allowed" })).toEqual([]);
    });

    it.each([
        ["certificates@example.com", "reserved-contact"],
        ["certificates@hub.example.org", "reserved-contact"],
        ["certificates@operators.invalid", "reserved-contact"],
        ["certificates@operators.test", "reserved-contact"],
        ["https://operators.org", "unreachable-party"],
        ["", "unreachable-party"],
    ] as const)("finds certificates that are announced to %j", (certificateContact, kind) => {
        expect(kindsOf(hubMatrix({ certificateContact }))).toEqual([[kind, "ingress-tls@prod"]]);
    });

    it("names the address of the certificates, its owner, and what to do", () => {
        const matrix = hubMatrix({ certificateContact: "certificates@example.org" });
        expect(findGaps(matrix, options)).toEqual([
            {
                kind: "reserved-contact",
                layer: "ingress-tls",
                scope: "prod",
                role: "site-reliability-engineer",
                party: "operators",
                path: "steward:jupyterhub.letsEncryptContact",
                message:
                    "certificates@example.org is an example, for which Let's Encrypt issues no certificate",
                fix: "write an address that somebody reads",
            },
        ]);
    });

    it("finds that address once, whatever the number of hubs, as a gap of none of them alone", () => {
        const matrix = hubMatrix({
            hubs: [{ name: "prod" }, { name: "staging" }],
            certificateContact: "certificates@example.org",
        });
        expect(kindsOf(matrix)).toEqual([["reserved-contact", "ingress-tls"]]);
    });

    it("looks for whoever reads them in the layer that each workload has for certificates", () => {
        const commcare = hubMatrix({
            workload: "commcare",
            hubs: [],
            layers: {},
            certificateContact: "certificates@example.org",
        });
        const layers = findGaps(commcare, options)
            .filter(({ path }) => path === "steward:commcare.letsEncryptContact")
            .map(({ layer }) => layer);

        expect(layers).toEqual(["dns-tls"]);
    });

    it("has nothing to say of certificates that are announced to somebody, or in a rehearsal", () => {
        const mailed = (certificateContact: string) => hubMatrix({ certificateContact });
        expect(kindsOf(mailed("certificates@operators.org"))).toEqual([]);
        expect(
            kindsOf(mailed("certificates@example.org"), { reservedContacts: "allowed" }),
        ).toEqual([]);
    });

    it.each<[string, Partial<MatrixInput>, [path: string, fix: string][]]>([
        [
            "the hub vacates a layer",
            { hubs: [{ name: "prod" }, { name: "lab", layers: { "user-image": { role: null } } }] },
            [
                [
                    "steward:jupyterhub.hubs[1].layers.user-image",
                    "write `layers: { user-image: { role: community-guide } }` in the hub lab",
                ],
            ],
        ],
        [
            "the hub leaves a role vacant",
            { hubs: [{ name: "prod", roles: { "hub-administrator": null } }] },
            [
                [
                    "steward:jupyterhub.hubs[0].roles.hub-administrator",
                    "write `roles: { hub-administrator: <party> }` in the hub prod, a party of: operators, community",
                ],
            ],
        ],
        [
            "the hub gives a layer to two",
            { hubs: [{ name: "prod", layers: { hub: { party: ["operators", "community"] } } }] },
            [["steward:jupyterhub.hubs[0].layers.hub", "name exactly one"]],
        ],
        [
            "the cluster vacates it, and the hub names who else is to hold the role",
            {
                layers: { ...hubInput().layers, "user-image": { role: null } },
                hubs: [{ name: "prod", roles: { "community-guide": "community" } }],
            },
            [
                [
                    "steward:layers.user-image (hub prod)",
                    "write `steward:layers: { user-image: { role: community-guide } }`",
                ],
            ],
        ],
        [
            "the cluster says that no party has it, and the hub names its role",
            {
                layers: { ...hubInput().layers, "user-image": { party: null } },
                hubs: [{ name: "prod", layers: { "user-image": { role: "hub-administrator" } } }],
            },
            [
                [
                    "steward:layers.user-image (hub prod)",
                    "write `steward:layers: { user-image: { role: community-guide } }`",
                ],
            ],
        ],
    ])("names the place and the line where %s", (_, over, expected) => {
        const gaps = findGaps(hubMatrix(over), options);
        expect(gaps.map(({ path, fix }) => [path, fix])).toEqual(expected);
    });

    it("finds a required layer that the matrix lacks, and one that it should not have", () => {
        const matrix = hubMatrix();
        const rows = matrix.rows.filter(({ layer }) => layer !== "hub");
        expect(kindsOf({ ...matrix, rows })).toEqual([["layer-missing", "hub@prod"]]);
        const more = [...matrix.rows, { layer: "kitchen", role: null, party: "community" }];
        expect(kindsOf({ ...matrix, rows: more })).toEqual([["unknown-layer", "kitchen"]]);
    });

    it("asks each hub for its own share of a layer", () => {
        const hubs = [
            { name: "prod" },
            { name: "staging", layers: { "user-image": { role: null } } },
        ];
        expect(kindsOf(hubMatrix({ hubs }))).toEqual([["no-role", "user-image@staging"]]);
        const vacated = hubMatrix({
            hubs: [{ name: "prod" }, { name: "staging" }],
            layers: { ...hubInput().layers, "user-image": { role: null } },
        });
        expect(kindsOf(vacated)).toEqual([
            ["no-role", "user-image@prod"],
            ["no-role", "user-image@staging"],
        ]);
    });

    it.each(
        (["commcare", "jupyterhub"] as const).flatMap((workload) =>
            layersOf(workload, "aws").map(([slug]) => [workload, slug] as const),
        ),
    )("finds %s/%s vacated, and nothing else", (workload, slug) => {
        const commcare: Partial<MatrixInput> = {
            workload,
            hubs: [],
            roles: {
                "infrastructure-provider": "operators",
                "managed-services-provider": "operators",
                "application-administrator": "community",
            },
            layers: {},
        };
        const input = hubInput(workload === "commcare" ? commcare : {});
        const matrix = hubMatrix({ ...input, layers: { ...input.layers, [slug]: { role: null } } });
        const gaps = findGaps(matrix, options);
        expect(gaps.map(({ kind, layer }) => [kind, layer])).toEqual([["no-role", slug]]);
    });

    it("names layer, expected role and party, and the line to write", () => {
        const [gap] = findGaps(withLayers({ network: { role: null } }), options);
        expect(gap).toEqual({
            kind: "no-role",
            layer: "network",
            role: "site-reliability-engineer",
            party: null,
            path: "steward:layers.network",
            message:
                "nobody answers for network; expected the site-reliability-engineer (operators)",
            fix: "write `steward:layers: { network: { role: site-reliability-engineer } }`",
        });
    });
});
