import { contactKind } from "../../../components/model/contact";
import type { Markup } from "./markup";
import { markup } from "./markup";

/** An address to click on, or plain text where it is none: no other scheme ever becomes a link. */
export function contactLink(contact: string | null | undefined): Markup {
    if (contact == null) return markup`<span class="none">none</span>`;
    switch (contactKind(contact)) {
        case "email":
            return markup`<a href="mailto:${address(contact)}">${contact}</a>`;
        case "url":
            return markup`<a href="${contact}" rel="noopener noreferrer">${contact}</a>`;
        case undefined:
            return markup`<span class="bad">${contact}</span>`;
    }
}

/** `?` and `&` may stand before the `@` of an address and would begin a subject or a copy in a link. */
function address(email: string): string {
    const at = email.lastIndexOf("@");
    return `${encodeURIComponent(email.slice(0, at))}${email.slice(at)}`;
}
