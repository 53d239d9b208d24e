import { contactKind } from "../contact";
import type { MachinePlan } from "../commcare/plan";
import type { Problem } from "../problem";
import type { StackInput } from "../spec/stack";
import type { VmsSpec } from "../spec/vms";

/** What does not fit together in `steward:vms.monitoring`, and parties that no alert would reach. */
export function checkVmsMonitoring(
    { monitoring: { host, webhooks, mail } }: VmsSpec,
    parties: StackInput["parties"],
    { machines }: MachinePlan,
): Problem[] {
    const problems: Problem[] = [];
    const section = "steward:vms.monitoring";
    const say = (path: string, message: string, fix: string) => {
        problems.push({ path, message, fix });
    };
    const names = machines.map(({ name }) => name);
    const control = machines.some(({ services }) => services.includes("control"));
    if (host === undefined && !control && names.length > 0) {
        const fix = `name the machine that watches the others, one of: ${names.join(", ")}`;
        say(`${section}.host`, "is missing, and the plan has no control machine", fix);
    } else if (host !== undefined && !names.includes(host)) {
        say(`${section}.host`, "is no machine of the plan", `take one of: ${names.join(", ")}`);
    }
    if (mail.username !== undefined && !mail.tls) {
        const fix = "leave `tls` out, or the user name";
        say(`${section}.mail.tls`, "is off, and a password would go in clear", fix);
    }
    for (const [at, slug] of webhooks.entries()) {
        const party = parties[slug];
        const path = `${section}.webhooks[${String(at)}]`;
        if (party === undefined) {
            say(path, "is no party", `take one of: ${Object.keys(parties).join(", ")}`);
        } else if (![party.contact, party.escalation].some(isUrl)) {
            const fix = `write one as contact or escalation of ${slug}, or take it out`;
            say(path, `names ${slug}, which has no https address`, fix);
        }
    }
    for (const [slug, { contact }] of Object.entries(parties)) {
        if (!isUrl(contact) || webhooks.includes(slug)) continue;
        const message = "is a page, and alerts of hosts go by mail";
        const fix = `write an e-mail address, or name ${slug} in ${section}.webhooks if it takes posts of Alertmanager`;
        say(`steward:parties.${slug}.contact`, message, fix);
    }
    return problems;
}

const isUrl = (address: string | undefined): boolean =>
    address !== undefined && contactKind(address) === "url";
