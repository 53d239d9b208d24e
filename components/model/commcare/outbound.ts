import type { ServiceSlug } from "./services";
import type { Protocol } from "./service";

/** What a machine asks of the Internet. */
export interface Outbound {
    readonly from: readonly (ServiceSlug | "every-machine")[];
    readonly port: number;
    readonly protocol: Protocol;
    readonly why: string;
}

/**
 * Connections that leave the cluster; everything else may stay closed. Names and time come from the cloud's own
 * resolver and clock, which no firewall of the cluster sees.
 *
 * @see https://commcare-cloud.readthedocs.io/en/latest/reference/howto/firewall.html
 */
export const outbound: readonly Outbound[] = [
    {
        from: ["every-machine"],
        port: 443,
        protocol: "tcp",
        why: "packages, releases on GitHub, interfaces of the cloud, the site's own address",
    },
    {
        from: ["every-machine"],
        port: 80,
        protocol: "tcp",
        why: "Ubuntu's packages, which carry their own signatures",
    },
    {
        from: ["webworkers", "celery", "django-manage", "formplayer", "mail-relay"],
        port: 587,
        protocol: "tcp",
        why: "mail, to the provider in EMAIL_SMTP_HOST",
    },
];
