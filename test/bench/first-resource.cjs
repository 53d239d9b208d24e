// Loaded before a program (`node --require`): writes the time at which the engine answered the program's first
// registration after the root stack into the file that BENCH_MARK names. Changes nothing else.
const { writeFileSync } = require("node:fs");
const Module = require("node:module");

const load = Module._load;
let watched = false;
// Stays in place: whoever wraps the loader after this would be unwrapped together with it.
Module._load = function (request, ...rest) {
    const loaded = load.call(this, request, ...rest);
    if (!watched && /\/resource_grpc_pb(\.js)?$/.test(request)) {
        watched = true;
        watch(loaded.ResourceMonitorClient.prototype);
    }
    return loaded;
};

function watch(client) {
    const register = client.registerResource;
    client.registerResource = function (request, ...rest) {
        if (request.getType() === "pulumi:pulumi:Stack") {
            return register.call(this, request, ...rest);
        }
        client.registerResource = register;
        const reply = rest.pop();
        return register.call(this, request, ...rest, (error, response) => {
            if (error === null) {
                const now = performance.timeOrigin + performance.now();
                writeFileSync(process.env.BENCH_MARK, `${now} ${request.getType()}`);
            }
            reply(error, response);
        });
    };
}
