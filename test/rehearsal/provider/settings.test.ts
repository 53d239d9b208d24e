import type { Connected } from "../../../rehearsal/provider/settings";
import { Settings } from "../../../rehearsal/provider/settings";

const cloud = { run: 1, find: () => undefined, all: () => [], mentioning: () => [] };

const inRegion = (region: string): Connected => ({ config: { region }, realm: undefined, cloud });

describe("the settings of a provider", () => {
    it("are told apart by the connection that they came over, and may change", () => {
        const settings = new Settings();
        settings.keep("127.0.0.1:1", inRegion("us-east-1"));
        settings.keep("127.0.0.1:2", inRegion("us-east-2"));
        settings.keep("127.0.0.1:2", inRegion("eu-west-1"));

        expect(settings.of("127.0.0.1:1")).toEqual(inRegion("us-east-1"));
        expect(settings.of("127.0.0.1:2")).toEqual(inRegion("eu-west-1"));
    });

    it("are never another's", () => {
        const settings = new Settings();
        settings.keep("127.0.0.1:1", inRegion("us-east-1"));

        expect(() => settings.of("127.0.0.1:2")).toThrow(
            "the engine's connection from 127.0.0.1:2 was never configured; run the rehearsal again",
        );
    });
});
