import { commandsOnHosts } from "../../rehearsal/command/on-hosts";
import { standIns, standInsFor } from "../../rehearsal/stand-ins";

const onHosts = { STEWARD_REHEARSE_ON_HOSTS: "1" };

describe("the stand-ins of a rehearsal", () => {
    it("run no command on a host unless somebody asked for it, whichever plugin is wanted", () => {
        expect(standInsFor({})).toBe(standIns);
        expect(standInsFor({ STEWARD_COMMAND_PLUGIN: "official" })).toBe(standIns);
        expect(standInsFor({ STEWARD_REHEARSE_ON_HOSTS: "true" })).toBe(standIns);
    });

    it("run commands themselves where somebody did", () => {
        expect(standInsFor(onHosts)).toEqual({ ...standIns, command: commandsOnHosts });
    });

    it("leave commands to the official plugin where that is wanted, and nothing else", () => {
        const left = Object.keys(standInsFor({ ...onHosts, STEWARD_COMMAND_PLUGIN: "official" }));
        expect(left).toEqual(Object.keys(standIns).filter((name) => name !== "command"));
    });
});
