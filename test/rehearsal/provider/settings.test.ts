import { Settings } from "../../../rehearsal/provider/settings";

describe("the settings of a provider", () => {
    it("are told apart by the connection that they came over, and may change", () => {
        const settings = new Settings();
        settings.keep("127.0.0.1:1", { region: "us-east-1" });
        settings.keep("127.0.0.1:2", { region: "us-east-2" });
        settings.keep("127.0.0.1:2", { region: "eu-west-1" });

        expect(settings.of("127.0.0.1:1")).toEqual({ region: "us-east-1" });
        expect(settings.of("127.0.0.1:2")).toEqual({ region: "eu-west-1" });
    });

    it("are never another's", () => {
        const settings = new Settings();
        settings.keep("127.0.0.1:1", { region: "us-east-1" });

        expect(() => settings.of("127.0.0.1:2")).toThrow(
            "the engine's connection from 127.0.0.1:2 was never configured; run the rehearsal again",
        );
    });
});
