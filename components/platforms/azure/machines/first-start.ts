import * as pulumi from "@pulumi/pulumi";
import type { ServiceSlug } from "../../../model/commcare/services";
import { copyingService } from "../../../model/commcare/security-rules";
import { controlStart } from "./control-start";
import { dataDevice } from "./names";
import { objectStoreStart } from "./object-store-start";
import type { SharedCopyStart } from "./shared-copy-start";
import { sharedCopyStart } from "./shared-copy-start";

/** What machines are told at their first start, by what they run. */
export interface FirstStartArgs {
    /** What nginx shows to the gateway: its certificate and the key to it, as PEM. */
    readonly proxyCertificate: {
        readonly pem: pulumi.Input<string>;
        readonly key: pulumi.Input<string>;
    };
    /** What the object store is asked with; undefined where no machine runs one. */
    readonly objectStoreKey: pulumi.Output<string> | undefined;
    /** What copies the shared directory; undefined where that lies on a machine. */
    readonly sharedCopy: SharedCopyStart | undefined;
    /** What the control machine starts with. */
    readonly control: {
        /** Of commcare-cloud. */
        readonly commit: string;
        /** Private half of the key for the first sign-in. */
        readonly key: pulumi.Input<string>;
    };
}

/** A part of what cloud-init does. @see https://cloudinit.readthedocs.io/en/22.4/reference/modules.html */
type Part = Readonly<Record<string, unknown>>;

/** What differs by what a machine runs: one may be the control machine and a proxy at once. */
export function firstStartOf(
    run: readonly ServiceSlug[],
    { proxyCertificate: { pem, key }, objectStoreKey, sharedCopy, control }: FirstStartArgs,
): pulumi.Output<Part> {
    return pulumi
        .all([pem, key, control.key, objectStoreKey])
        .apply(([certificate, itsKey, firstKey, secretKey]) => {
            const parts: Part[] = [];
            if (run.includes("control")) parts.push(controlStart(control.commit, firstKey));
            if (run.includes("proxy")) parts.push({ write_files: shown(certificate, itsKey) });
            if (run.includes("object-store") && secretKey !== undefined) {
                parts.push(objectStoreStart(dataDevice, secretKey));
            }
            if (run.includes(copyingService) && sharedCopy !== undefined) {
                parts.push(sharedCopyStart(sharedCopy));
            }
            return joined(parts);
        });
}

/** The lists of all parts, one after the other. */
function joined(parts: readonly Part[]): Part {
    const keys = ["packages", "write_files", "runcmd"].filter((key) =>
        parts.some((part) => part[key] !== undefined),
    );
    return Object.fromEntries(
        keys.map((key) => [key, parts.flatMap((part) => (part[key] ?? []) as unknown[])]),
    );
}

/**
 * Where nginx takes its certificate from when commcare-cloud is told `fake_ssl_cert`; Ubuntu makes one of its own only
 * where there is none.
 *
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/ansible/roles/nginx/templates/site.j2
 */
const shown = (pem: string, key: string) => [
    { path: "/etc/ssl/certs/ssl-cert-snakeoil.pem", permissions: "0644", content: pem },
    { path: "/etc/ssl/private/ssl-cert-snakeoil.key", permissions: "0640", content: key },
];
