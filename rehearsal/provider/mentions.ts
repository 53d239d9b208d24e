import type { CloudObject } from "./stand-in";
import type { Value } from "./values";

/** Longer texts are documents, not names: nothing is looked up by them. */
const longest = 512;
const passedOver = new Set(["tags", "tagsAll", "labels", "annotations"]);

function collect(value: Value | undefined, into: Set<string>): void {
    if (typeof value === "string") {
        if (value !== "" && value.length <= longest) into.add(value);
    } else if (Array.isArray(value)) {
        for (const each of value) collect(each, into);
    } else if (typeof value === "object" && value !== null) {
        for (const key of Object.keys(value)) {
            if (!passedOver.has(key)) collect(value[key], into);
        }
    }
}

function textsOf(object: CloudObject | undefined): Set<string> {
    const texts = new Set<string>();
    if (object === undefined) return texts;
    texts.add(object.id);
    collect(object.outputs, texts);
    return texts;
}

/**
 * Which objects hold which texts, so that nobody has to walk a whole account to find what a name or an id
 * belongs to and what refers to it.
 */
export class Mentions {
    readonly #byText = new Map<string, Map<string, CloudObject>>();

    /** The objects that hold the text, in the order in which they first did. */
    of(text: string): Iterable<CloudObject> {
        return this.#byText.get(text)?.values() ?? [];
    }

    /** Takes `now` in the place of `old`; undefined where there was none or will be none. */
    replace(old: CloudObject | undefined, now: CloudObject | undefined): void {
        const kept = textsOf(now);
        for (const text of textsOf(old)) {
            if (!kept.has(text)) this.#remove(text, old);
        }
        for (const text of kept) {
            if (now !== undefined) this.#add(text, now);
        }
    }

    #add(text: string, object: CloudObject): void {
        const holders = this.#byText.get(text);
        const key = keyOf(object);
        if (holders === undefined) this.#byText.set(text, new Map([[key, object]]));
        else holders.set(key, object);
    }

    #remove(text: string, object: CloudObject | undefined): void {
        const holders = this.#byText.get(text);
        if (holders === undefined || object === undefined) return;
        holders.delete(keyOf(object));
        if (holders.size === 0) this.#byText.delete(text);
    }
}

function keyOf({ type, id, realm = "" }: CloudObject): string {
    return `${type} ${realm} ${id}`;
}
