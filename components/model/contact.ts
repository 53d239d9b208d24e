/** Domains that RFC 2606 and RFC 6761 reserve: nobody reads what is sent there. */
const reserved = /(^|\.)(example\.(com|net|org)|example|invalid|test|localhost)$/i;

/** One `@`, no spaces, a dotted domain of letters, digits and hyphens: what a mail or a budget can be sent to. */
const email = /^[^\s@<>,;:"()[\]\\]+@((?!-)[a-z0-9-]+(?<!-)\.)+[a-z][a-z0-9-]*[a-z0-9]$/i;

export type ContactKind = "email" | "url";

/** What a contact is, or undefined when nobody can be reached by it. Shape only: nothing is looked up. */
export function contactKind(contact: string): ContactKind | undefined {
    if (email.test(contact) && contact.length <= 254) return "email";
    return domainOfUrl(contact) === undefined ? undefined : "url";
}

function domainOfUrl(contact: string): string | undefined {
    const url = URL.canParse(contact) ? new URL(contact) : undefined;
    return url?.protocol === "https:" && url.hostname.includes(".") ? url.hostname : undefined;
}

/** Whether the contact lies in a domain reserved for examples and tests. */
export function isReservedContact(contact: string): boolean {
    const domain = domainOfUrl(contact) ?? contact.slice(contact.lastIndexOf("@") + 1);
    return reserved.test(domain);
}
