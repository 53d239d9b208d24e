import Module from "node:module";

/**
 * What @pulumi/pulumi loads as soon as it is loaded and uses only to write a function of a program out as text
 * (dynamic providers, serverless callbacks), which nothing here does: three quarters of its start-up time.
 */
const heavy: ReadonlySet<string> = new Set(["typescript", "@npmcli/arborist"]);

const ofSdk = /[\\/]@pulumi[\\/]pulumi[\\/]/;

type Load = (request: string, parent: { filename?: string } | undefined, main: boolean) => unknown;
type Loaded = Record<PropertyKey, unknown>;

/**
 * Makes the SDK load these packages when it first uses them instead of when it is loaded itself. To be called
 * before the SDK is loaded; a second call changes nothing.
 */
export function lightenSdk(): void {
    if (lightened) return;
    lightened = true;
    const loader = Module as unknown as { _load: Load };
    const load = loader._load;
    loader._load = (request, parent, main) => {
        const meant = heavy.has(request) && ofSdk.test(parent?.filename ?? "");
        const now = () => load.call(Module, request, parent, main);
        return meant ? later(() => now() as Loaded) : now();
    };
}

let lightened = false;

/** Stands for a package until something of it is asked for. */
function later(load: () => Loaded): Loaded {
    return new Proxy<Loaded>(
        {},
        {
            // The SDK's own import helper would copy everything out of what is no ES module.
            get: (_, key) => (key === "__esModule" ? true : load()[key]),
            has: (_, key) => key in load(),
        },
    );
}
