import type { Props } from "../../provider/values";
import { isProps } from "../../provider/values";

/**
 * Keys that values may have, nested; `true` is open: anything goes below it. `*` opens one level, and `A-Z*` does
 * for keys that begin with a capital, such as names of classes.
 */
export interface Keys {
    readonly [key: string]: true | Keys;
}

/** Keys of the values that the chart does not know, as "where: what". */
export function unknownKeys(values: Props, keys: Keys, path = ""): string[] {
    return Object.entries(values).flatMap(([key, value]) => {
        const here = path === "" ? key : `${path}.${key}`;
        const below = Object.hasOwn(keys, key) ? keys[key] : undefined;
        if (below === undefined) {
            const opens = keys["*"] === true || (keys["A-Z*"] === true && /^[A-Z]/.test(key));
            return opens ? [] : [`${here}: additional property not allowed`];
        }
        return below === true || !isProps(value) ? [] : unknownKeys(value, below, here);
    });
}
