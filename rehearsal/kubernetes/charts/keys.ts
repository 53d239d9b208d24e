import type { Props } from "../../provider/values";
import { isProps } from "../../provider/values";

/** Keys that values may have, nested; `true` is open: anything goes below it. `*` opens one level. */
export interface Keys {
    readonly [key: string]: true | Keys;
}

/** Keys of the values that the chart does not know, as "where: what". */
export function unknownKeys(values: Props, keys: Keys, path = ""): string[] {
    return Object.entries(values).flatMap(([key, value]) => {
        const here = path === "" ? key : `${path}.${key}`;
        const below = Object.hasOwn(keys, key) ? keys[key] : undefined;
        if (below === undefined) {
            return keys["*"] === true ? [] : [`${here}: additional property not allowed`];
        }
        return below === true || !isProps(value) ? [] : unknownKeys(value, below, here);
    });
}
