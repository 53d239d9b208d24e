/** Text that is HTML already. Everything else is escaped on its way in. */
export class Markup {
    constructor(readonly text: string) {}
}

type Part = string | number | undefined | Markup | readonly Part[];

const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
};

/** Fit for text and for a quoted attribute alike. Control characters, which HTML does not allow, become U+FFFD. */
export function escape(text: string): string {
    return text
        .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, "\ufffd")
        .replace(/[&<>"']/g, (each) => entities[each] ?? each);
}

function write(part: Part): string {
    if (part === undefined) return "";
    if (part instanceof Markup) return part.text;
    return typeof part === "object" ? part.map(write).join("") : escape(String(part));
}

/**
 * HTML out of a template: strings and numbers are escaped, `undefined` is left out, lists are joined. The
 * indentation of the template itself does not reach the page.
 */
export function markup(fixed: TemplateStringsArray, ...parts: readonly Part[]): Markup {
    return new Markup(
        fixed.map((text, at) => text.replace(/\n\s+/g, "\n") + write(parts[at])).join(""),
    );
}
