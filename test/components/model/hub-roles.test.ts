import { findGaps } from "../../../components/model/gaps";
import type { Matrix } from "../../../components/model/matrix";
import { ownerOf, rowName } from "../../../components/model/matrix";
import { layersOf } from "../../../components/model/layers";
import { parseSpec } from "../../../components/model/spec";
import { stackConfig } from "../../support/stack-file";

type Hub = Record<string, unknown>;

/** The matrix of EarthScope's three hubs, with what each says of its own roles and layers. */
function matrixOf(own: Readonly<Record<string, Hub>> = {}): Matrix {
    const config = stackConfig("jupyterhub-aws");
    const { hubs } = config["jupyterhub"] as { hubs: Hub[] };
    for (const hub of hubs) Object.assign(hub, own[String(hub["name"])]);
    Object.assign(config["parties"] as object, {
        university: { name: "A university", contact: "hub@university.example" },
        library: { name: "Its library", contact: "guides@university.example" },
    });
    const { spec, problems } = parseSpec(config);
    if (spec === undefined) throw new Error(JSON.stringify(problems));
    return spec.matrix;
}

const partyOf = (matrix: Matrix, layer: string) =>
    ["prod", "staging", "binder"].map((hub) => ownerOf(matrix, layer, hub)?.party);

const options = { now: new Date("2026-11-22T12:00:00Z"), reservedContacts: "allowed" } as const;

describe("hubs of one cluster", () => {
    it("have the cluster's holders unless they say otherwise", () => {
        const matrix = matrixOf();

        expect(findGaps(matrix, options)).toEqual([]);
        expect(partyOf(matrix, "user-sessions")).toEqual([
            "earthscope",
            "earthscope",
            "earthscope",
        ]);
        expect(partyOf(matrix, "user-image")).toEqual(["2i2c", "2i2c", "2i2c"]);
    });

    it("each have an administrator, a representative and a guide of their own", () => {
        const matrix = matrixOf({
            staging: { roles: { "hub-administrator": "2i2c" } },
            binder: {
                roles: {
                    "hub-administrator": "university",
                    "community-representative": "university",
                    "community-guide": "library",
                },
            },
        });

        expect(findGaps(matrix, options)).toEqual([]);
        expect(partyOf(matrix, "user-sessions")).toEqual(["earthscope", "2i2c", "university"]);
        expect(partyOf(matrix, "access-policy")).toEqual([
            "earthscope",
            "earthscope",
            "university",
        ]);
        expect(partyOf(matrix, "user-image")).toEqual(["2i2c", "2i2c", "library"]);
    });

    it("override nothing of the cluster's, nor of one another", () => {
        const holders = { "hub-administrator": "university", "community-guide": "library" };
        const others = (matrix: Matrix) => matrix.rows.filter(({ scope }) => scope !== "binder");

        expect(others(matrixOf({ binder: { roles: holders } }))).toEqual(others(matrixOf()));
    });

    it("give a layer of theirs to another party, whatever its role", () => {
        const matrix = matrixOf({ binder: { layers: { "user-image": { party: "university" } } } });

        expect(partyOf(matrix, "user-image")).toEqual(["2i2c", "2i2c", "university"]);
    });

    it("leave their own layers alone vacant, each a gap of its own", () => {
        const matrix = matrixOf({ binder: { roles: { "hub-administrator": null } } });
        const vacant = findGaps(matrix, options).map(rowName);

        expect(vacant.length).toBeGreaterThan(0);
        expect(vacant.filter((name) => !name.endsWith("@binder"))).toEqual([]);
    });

    it("have a row for every layer of a hub", () => {
        const scoped = layersOf("jupyterhub", "aws").filter(([, { perHub }]) => perHub);
        const names = matrixOf().rows.filter(({ scope }) => scope !== undefined);

        expect(names).toHaveLength(scoped.length * 3);
    });
});
