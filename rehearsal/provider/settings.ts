import type { Cloud } from "./stand-in";
import type { Props } from "./values";

/** One provider resource of a program, as the stand-in sees it. */
export interface Connected {
    readonly config: Props;
    /** The place that its settings lead to, where the package has several. */
    readonly realm: string | undefined;
    /** What stands in the account, as far as those settings let it see. */
    readonly cloud: Cloud;
}

/**
 * What each provider resource of a program was configured with, such as its `region`.
 *
 * A request names the resource that it is about and never the provider. But the engine connects once for each
 * provider resource, configures it over that connection and asks everything else over it too, so that the
 * address at the other end says which one is meant.
 *
 * @see https://github.com/pulumi/pulumi/blob/v3.250.0/pkg/resource/plugin/plugin.go (dialPlugin)
 */
export class Settings {
    readonly #byPeer = new Map<string, Connected>();

    /** @param peer Address and port of the engine's end of a connection, such as 127.0.0.1:41023. */
    keep(peer: string, settings: Connected): void {
        this.#byPeer.set(peer, settings);
    }

    /** @throws Error where nothing was configured over that connection: any settings would be made up. */
    of(peer: string): Connected {
        const settings = this.#byPeer.get(peer);
        if (settings !== undefined) return settings;
        throw new Error(
            `the engine's connection from ${peer} was never configured; run the rehearsal again`,
        );
    }
}
