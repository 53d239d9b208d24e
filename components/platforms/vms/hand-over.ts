import { controlAccount, controlPlaces } from "../../model/commcare/control-machine";
import { machinesWith } from "../../model/commcare/plan";
import type { ServiceSlug } from "../../model/commcare/services";
import type { VmsCommcareSpec } from "../../model/spec";
import type { VmsSpec } from "../../model/spec/vms";
import type { HandOver, MachineVariables } from "../hand-over";
import { hostLines } from "./hosts-block";

/**
 * What commcare-cloud is told of hosts that somebody else racked: every address is in the stack file, so that nothing
 * has to stand for it.
 *
 * Who reaches whom is the business of Steward's table of nftables alone. Where no card is named commcare-cloud turns
 * its own firewall off, which would let everything through on a private card; on a single machine it turns it on in
 * any case, and looks for a card of that name first: `lo` is one that every host has, and no rule is made for it.
 *
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/ansible/deploy_common.yml
 * @see https://github.com/dimagi/commcare-cloud/blob/master/src/commcare_cloud/ansible/roles/ufw/tasks/proxy_ufw.yml
 */
export function vmsHandOver(spec: VmsCommcareSpec): HandOver {
    const { vms } = spec.platform;
    const { plan } = spec.workload;
    const addressOf = (slug: ServiceSlug) =>
        vms.hosts[machinesWith(plan, slug)[0]?.name ?? ""]?.address ?? "";
    const [only, ...others] = plan.machines;
    const alone = others.length === 0 ? vms.hosts[only?.name ?? ""] : undefined;
    return {
        addresses: {
            machines: Object.fromEntries(
                Object.entries(vms.hosts).map(([name, { address }]) => [name, address]),
            ),
            endpoints: {},
            redis: addressOf("redis"),
            redisBroker: addressOf("redis-broker"),
            sharedDirectory: addressOf("shared-directory"),
        },
        hosts: {
            rootUser: controlAccount,
            rootKey: `~/${controlPlaces.firstKey}`,
            encryption: "none",
            zones: vms.zones,
            ofMachine: Object.fromEntries(
                Object.entries(vms.hosts).map(([name, { port }]) => [
                    name,
                    {
                        ...(port === 22 ? {} : { ansible_port: port }),
                        ...(alone === undefined ? {} : { ufw_private_interface: "lo" }),
                    } satisfies MachineVariables,
                ]),
            ),
            knownHosts: knownHosts(vms),
            certificate: certificates[vms.certificate],
            variables: {
                // Without it ntp is installed, which drives Steward's chrony out.
                use_chrony: true,
                etc_hosts_lines: hostLines(spec.name, vms.hosts),
                ...(alone === undefined ? {} : { ssh_port: alone.port }),
                ...blobs(vms.blobStore),
                backup_es_s3: false,
            },
            secrets:
                vms.certificate === "given"
                    ? {
                          SITE_CERTIFICATE: "the site's certificate and those between, in PEM",
                          SITE_CERTIFICATE_KEY: "its private key, in PEM",
                      }
                    : {},
        },
    };
}

/**
 * What proxy.yml says for each kind of certificate.
 *
 * @see https://commcare-cloud.readthedocs.io/en/latest/services/nginx/ssl.html
 */
const certificates: Readonly<Record<VmsSpec["certificate"], Readonly<Record<string, unknown>>>> = {
    "self-signed": { fake_ssl_cert: true, letsencrypt_cchq_ssl: true },
    "lets-encrypt": { fake_ssl_cert: false, letsencrypt_cchq_ssl: true },
    given: {
        fake_ssl_cert: false,
        letsencrypt_cchq_ssl: false,
        nginx_combined_cert_value: "{{ SITE_CERTIFICATE }}",
        nginx_key_value: "{{ SITE_CERTIFICATE_KEY }}",
    },
};

/** As ssh reads it: the keys that whoever installed the hosts told, so that no first sign-in has to be believed. */
function knownHosts({ hosts }: VmsSpec): string[] {
    return Object.values(hosts).map(({ address, port, hostKey }) =>
        [port === 22 ? address : `[${address}]:${String(port)}`, hostKey].join(" "),
    );
}

function blobs(store: VmsSpec["blobStore"]) {
    if (store === undefined) return { s3_blob_db_enabled: false };
    return {
        s3_blob_db_enabled: true,
        s3_blob_db_url: store.url,
        s3_blob_db_s3_bucket: store.bucket,
    };
}
