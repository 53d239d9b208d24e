import { layersOf } from "../../../components/model/layers";
import { clusterType } from "../../../components/model/tokens";
import { auditResources } from "../../../policies/audit";
import { gate } from "../../../policies/rules/gate";
import { hubInput, hubMatrix } from "../../support/matrix";
import {
    beginning,
    clusterUrn,
    layerOf,
    now,
    resourceAt,
    said,
    stackUrn,
} from "../../support/stack";

const all = layersOf("jupyterhub", "aws");

describe("gate", () => {
    it("passes a cluster in which every layer has an owner", () => {
        expect(said([gate], beginning())).toEqual([]);
    });

    it.each(all.map(([layer, { perHub }]) => [layer, perHub ? `${layer}@prod` : layer]))(
        "refuses a cluster in which nobody answers for %s",
        (layer, name) => {
            const layers = { ...hubInput().layers, [layer]: { role: null } };
            const [violation, ...others] = auditResources(
                [gate],
                beginning(hubMatrix({ layers })),
                {
                    now,
                    reservedContacts: "refused",
                },
            );

            expect(others).toEqual([]);
            expect(violation).toMatchObject({ rule: "gate", level: "mandatory", layer: name });
            expect(violation?.urn).toBe(clusterUrn);
        },
    );

    it("names the layer, the role, the party expected and the line to write", () => {
        const matrix = hubMatrix({ layers: { ...hubInput().layers, network: { role: null } } });

        expect(said([gate], beginning(matrix))).toEqual([
            "gate mandatory network site-reliability-engineer: steward:layers.network: nobody answers for " +
                "network; expected the site-reliability-engineer (operators); " +
                "write `steward:layers: { network: { role: site-reliability-engineer } }`",
        ]);
    });

    it("reads a role that the engine left out of a row as nobody", () => {
        const matrix = hubMatrix();
        const rows = matrix.rows.map((row) =>
            row.layer === "network" ? { layer: "network" } : row,
        );
        const [stack, cluster] = beginning();
        if (stack === undefined || cluster === undefined) throw new Error("no beginning");

        const inputs = { ...matrix, rows };
        expect(said([gate], [stack, { ...cluster, inputs }])).toEqual([
            expect.stringContaining("steward:layers.network: nobody answers for network; expected"),
        ]);
    });

    it.each([
        ["nothing", {}],
        ["an unknown matrix", { rows: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2" }],
        ["an unknown workload", { ...hubMatrix(), workload: "galaxy" }],
        ["no parties", { ...hubMatrix(), parties: undefined }],
        ["unknown carriers", { ...hubMatrix(), carriers: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2" }],
        ["a carrier without a reason", { ...hubMatrix(), carriers: { datadog: "none" } }],
    ])("refuses a cluster that says %s", (_what, inputs) => {
        expect(
            said([gate], [resourceAt(stackUrn, clusterType, inputs, { custom: false })]),
        ).toEqual([
            "gate mandatory - -: the cluster does not say who owns what, or not before the update; " +
                "register it with a whole matrix of plain strings",
        ]);
    });

    it("takes a contact that is not known before the update for one that reaches nobody", () => {
        const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        const parties = {
            ...hubInput().parties,
            community: { name: "Community", contact: unknown },
        };

        expect(said([gate], beginning(hubMatrix({ parties })))[0]).toContain('"" of community');
    });

    it("tells of an example contact once a party, as a warning where that is allowed", () => {
        const parties = {
            ...hubInput().parties,
            community: { name: "Community", contact: "hub@example.org" },
        };
        const matrix = hubMatrix({ parties });
        const audit = (reservedContacts: "allowed" | "refused") =>
            auditResources([gate], beginning(matrix), { now, reservedContacts });

        expect(audit("allowed").map(({ level, message }) => [level, message])).toEqual([
            [
                "advisory",
                "steward:parties.community.contact: the contact of community is an example, " +
                    "refused outside a rehearsal",
            ],
        ]);
        expect(
            audit("refused").map(({ level, layer, message }) => [level, layer, message]),
        ).toEqual([
            [
                "mandatory",
                "account",
                "steward:parties.community.contact: hub@example.org of community, who answers for " +
                    "account, is an example (and 9 layers more)",
            ],
        ]);
    });

    it("refuses an example as the address of the certificates, and warns of it where that is allowed", () => {
        const matrix = hubMatrix({ certificateContact: "certificates@example.org" });
        const audit = (reservedContacts: "allowed" | "refused") =>
            auditResources([gate], beginning(matrix), { now, reservedContacts }).map(
                ({ level, layer, message }) => [level, layer, message],
            );
        const said =
            "steward:jupyterhub.letsEncryptContact: certificates@example.org is an example, " +
            "for which Let's Encrypt issues no certificate";

        expect(audit("refused")).toEqual([["mandatory", "ingress-tls@prod", said]]);
        expect(audit("allowed")).toEqual([
            ["advisory", null, `${said}, refused outside a rehearsal`],
        ]);
    });

    it("takes an address of the certificates that is not known yet for none", () => {
        const certificateContact = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

        expect(said([gate], beginning(hubMatrix({ certificateContact })))).toEqual([
            expect.stringContaining(
                "gate mandatory ingress-tls@prod site-reliability-engineer: " +
                    'steward:jupyterhub.letsEncryptContact: "", where',
            ),
        ]);
    });

    it("lets a hub that is open to anybody pass with a warning where that is allowed, and only there", () => {
        const audit = (reservedContacts: "allowed" | "refused") =>
            auditResources([gate], beginning(hubMatrix({ openHubs: ["prod"] })), {
                now,
                reservedContacts,
            }).map(({ level, layer, message }) => [level, layer, message]);
        const what =
            "steward:jupyterhub.hubs[0].authenticator.class: the dummy authenticator of the hub prod lets anybody in";

        expect(audit("allowed")).toEqual([
            ["advisory", null, `${what}, refused outside a rehearsal`],
        ]);
        expect(audit("refused")).toEqual([["mandatory", "access-policy@prod", what]]);
    });

    it("refuses what stands outside the cluster, and no provider", () => {
        const stray = resourceAt(stackUrn, "random:index/randomBytes:RandomBytes");
        const provider = resourceAt(stackUrn, "pulumi:providers:aws");

        expect(said([gate], [...beginning(), stray, provider])).toEqual([
            "gate mandatory - -: random:index/randomBytes:RandomBytes stands outside the cluster, where no " +
                "layer answers for it; create it as the child of a layer",
        ]);
    });

    it("refuses a second cluster in one stack", () => {
        const second = resourceAt(
            stackUrn,
            clusterType,
            { ...hubMatrix() },
            { urn: "two", custom: false },
        );

        expect(said([gate], [...beginning(), second])).toEqual([
            "gate mandatory - -: this stack has more than one cluster, and a layer would have several owners; " +
                "give each cluster its own stack",
        ]);
    });

    it("refuses a second cluster for being one, also where it names no owners", () => {
        const second = resourceAt(stackUrn, clusterType, {}, { urn: "two", custom: false });

        expect(said([gate], [...beginning(), second])).toEqual([
            expect.stringContaining("this stack has more than one cluster"),
            expect.stringContaining("the cluster does not say who owns what"),
        ]);
    });

    it("judges a layer's resources without a word", () => {
        const layer = layerOf("network");
        const inside = resourceAt(layer.urn, "random:index/randomBytes:RandomBytes");

        expect(said([gate], [...beginning(), layer, inside])).toEqual([]);
    });
});
