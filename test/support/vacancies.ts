import { layersOf } from "../../components/model/layers";

/** A stack file in which somebody vacated a layer, or one hub's share of it. */
export interface Vacancy {
    /** `layer` or `layer@hub`. */
    readonly name: string;
    readonly layer: string;
    /** What nobody answers for then, in the order of the hubs. */
    readonly places: readonly string[];
    /** The section that has the last word on it: the hub's own, or the cluster's. */
    readonly sectionOf: (config: Config) => Section;
    /** How the line to write begins. */
    readonly line: string;
}

/** What stands under `steward:` in a stack file, without the prefix. */
export type Config = Readonly<Record<string, unknown>>;

export type Section = Record<string, Record<string, unknown> | undefined>;

interface Hub {
    readonly name: string;
    layers?: Section;
}

/** Every layer of a JupyterHub cluster on AWS vacated for all hubs, and every layer of a hub for each alone. */
export function vacancies(hubs: readonly string[]): Vacancy[] {
    return layersOf("jupyterhub", "aws").flatMap(([layer, { perHub }]): Vacancy[] => {
        const whole: Vacancy = {
            name: layer,
            layer,
            places: perHub ? hubs.map((hub) => `${layer}@${hub}`) : [layer],
            sectionOf: (config) => config["layers"] as Section,
            line: `steward:layers: { ${layer}: `,
        };
        const shares = hubs.map((hub): Vacancy => ({
            name: `${layer}@${hub}`,
            layer,
            places: [`${layer}@${hub}`],
            sectionOf: (config) => sectionOfHub(config, hub),
            line: `layers: { ${layer}: `,
        }));
        return perHub ? [whole, ...shares] : [whole];
    });
}

function sectionOfHub(config: Config, name: string): Section {
    const { hubs } = config["jupyterhub"] as { readonly hubs: readonly Hub[] };
    const hub = hubs.find((each) => each.name === name);
    if (hub === undefined) throw new Error(`no hub ${name}`);
    return (hub.layers ??= {});
}

/** The same config with the layer vacated. */
export function vacate(config: Config, { layer, sectionOf }: Vacancy): Config {
    const changed = structuredClone(config);
    sectionOf(changed)[layer] = { role: null };
    return changed;
}
