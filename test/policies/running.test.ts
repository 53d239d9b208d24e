import { chosenVersions, servicesOnMachines } from "../../policies/running";
import { buildReport } from "../../policies/report/report";
import { readState } from "../../policies/report/state";
import { below, machinesState, commcareMatrix } from "../fixtures/machines-state";

describe("what stands on machines", () => {
    it("is what their tags name, of the services that there are", () => {
        expect(
            servicesOnMachines([
                { inputs: { tags: { service: "couchdb kafka unheard-of" } } },
                { inputs: { tags: { service: "kafka" } } },
                { inputs: { tags: "none" } },
                { inputs: {} },
            ]),
        ).toEqual(["kafka", "couchdb"]);
    });

    it("and what version databases of the cloud have, the oldest, is what their arguments say", () => {
        const database = (type: string, inputs: object) => ({ type, inputs: { ...inputs } });
        expect(
            chosenVersions([
                database("azure-native:dbforpostgresql:Server", { version: "16" }),
                database("aws:rds/instance:Instance", { engineVersion: "15.13" }),
                database("aws:s3/bucket:Bucket", { version: "1" }),
            ]),
        ).toEqual({ postgresql: "15.13" });
        expect(chosenVersions([])).toEqual({});
    });

    it("decides by whose calendar a report warns: Redis of the cloud is no Redis 7.0.10", () => {
        const warnings = (service: string) =>
            buildReport(
                readState(
                    machinesState(commcareMatrix(), service === "" ? below : { ...below, service }),
                ),
                { stack: "cc", now: new Date("2026-11-26"), reservedContacts: "allowed" },
            ).warnings.map(({ message }) => message);
        const redis = "Redis, the cache 7.0.10 is not mended any more since 2024-07-29";

        expect(warnings("couchdb")).not.toContain(redis);
        expect(warnings("couchdb redis")).toContain(redis);
    });
});
