import { findGaps } from "../../../components/model/gaps";
import { parseSpec } from "../../../components/model/spec";
import { geolabConfig } from "../../support/stack-file";

const now = new Date("2026-11-22T12:00:00Z");

/** The matrix of the stack file, its hub signing in so. */
function matrixOf(authenticator: object) {
    const config = geolabConfig();
    const { hubs } = config["jupyterhub"] as { hubs: [Record<string, unknown>] };
    Object.assign(hubs[0], { authenticator });
    const { spec, problems } = parseSpec(config);
    if (spec === undefined) throw new Error(JSON.stringify(problems));
    return spec.matrix;
}

describe("a hub whose authenticator lets anybody in", () => {
    const open = matrixOf({ class: "dummy", settings: { allow_all: true } });

    it("is a gap of its access policy", () => {
        const gaps = findGaps(open, { now, reservedContacts: "refused" });

        expect(gaps.filter(({ kind }) => kind === "open-hub")).toEqual([
            {
                kind: "open-hub",
                layer: "access-policy",
                scope: "prod",
                role: "community-representative",
                party: "earthscope",
                path: "steward:jupyterhub.hubs[0].authenticator.class",
                message: "the dummy authenticator of the hub prod lets anybody in",
                fix: "take generic-oauth, github or cilogon; dummy is for `rehearse`",
            },
        ]);
    });

    it("passes a rehearsal", () => {
        expect(findGaps(open, { now, reservedContacts: "allowed" })).toEqual([]);
    });

    it("is named in the matrix only where there is one", () => {
        expect(open.openHubs).toEqual(["prod"]);
        const { authenticator } = (
            geolabConfig()["jupyterhub"] as { hubs: [{ authenticator: object }] }
        ).hubs[0];
        expect(matrixOf(authenticator)).not.toHaveProperty("openHubs");
    });
});
