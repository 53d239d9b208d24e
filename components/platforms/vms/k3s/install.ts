import type { K3sSpec } from "../../../model/spec/vms-k3s";
import { noted, noting } from "../noted-files";
import type { Steps } from "../remote-host";
import { quote } from "../shell";
import type { NodeKind } from "./settings";
import { k3sPaths, unitOf } from "./settings";

/** What is fetched, and what it has to be. */
interface Fetched {
    readonly file: string;
    readonly url: string;
    readonly sha256: string;
}

/**
 * Where the parts of a release are: https://docs.k3s.io/installation/airgap has the names, and the installer's own
 * text is at the tag.
 */
export function fetchedOf({ version, mirror, checksums }: K3sSpec): Fetched[] {
    const tag = encodeURIComponent(version);
    const release = `https://github.com/k3s-io/k3s/releases/download/${tag}`;
    const from = (file: string, official: string) =>
        mirror === undefined ? `${official}/${file}` : `${mirror}/${tag}/${file}`;
    const images = "k3s-airgap-images-amd64.tar.zst";
    return [
        {
            file: "install.sh",
            url: from("install.sh", `https://raw.githubusercontent.com/k3s-io/k3s/${tag}`),
            sha256: checksums.script,
        },
        { file: "k3s", url: from("k3s", release), sha256: checksums.binary },
        ...(checksums.images === undefined
            ? []
            : [{ file: images, url: from(images, release), sha256: checksums.images }]),
    ];
}

/** Fetches what is not there yet; what is not what it should be is thrown away, and never run. */
const fetching = `
have() { [ "$(sha256sum "$1" 2>/dev/null | cut -d ' ' -f 1)" = "$2" ]; }
fetch() {
    have "$1" "$3" && return
    mkdir -p "$(dirname "$1")"
    curl --fail --silent --show-error --location --proto '=https,http' --proto-redir '=https' --connect-timeout 10 --retry 2 --max-time 900 --output "$1.part" "$2" >&2 ||
        { rm -f "$1.part"; echo "$2 cannot be fetched: let the host reach it, or name a mirror in steward:vms.k3s.mirror" >&2; exit 1; }
    if have "$1.part" "$3"; then mv -f "$1.part" "$1"; return; fi
    found=$(sha256sum "$1.part" | cut -d ' ' -f 1)
    rm -f "$1.part"
    echo "$2 is another file than the stack file asks for, and was not run: its SHA-256 is $found, not $3; see where it comes from, or correct steward:vms.k3s.checksums" >&2
    exit 1
}`;

/** A cluster must not be begun twice: a first server that was replaced would, beside the others. */
const alone = (peers: readonly string[]): string => `
if [ ! -d /var/lib/rancher/k3s/server/db/etcd ]; then
    for peer in ${peers.join(" ")}; do
        if curl --silent --insecure --connect-timeout 3 --output /dev/null "https://$peer:6443/ping"; then
            echo "this host knows no cluster, and $peer runs one: name another server first in steward:vms.k3s.servers, so that this one joins" >&2
            exit 1
        fi
    done
fi`;

/** What the installer leaves where nobody else should change anything: the host's check of files expects it as it is. */
const installed = (unit: string): string =>
    [
        ...["k3s", "kubectl", "crictl", "ctr", "k3s-killall.sh", `${unit}-uninstall.sh`].map(
            (file) => `/usr/local/bin/${file}`,
        ),
        `/etc/systemd/system/${unit}.service`,
        `/etc/systemd/system/${unit}.service.env`,
    ].join(" ");

export interface InstallArgs {
    readonly kind: NodeKind;
    /** Of the node. */
    readonly layer: string;
    readonly k3s: K3sSpec;
    /** Of the server that begins the cluster: the addresses of the others. */
    readonly beginsBeside?: readonly string[] | undefined;
}

/** Where what was fetched is kept, so that a second try fetches only what is missing. */
const kept = (version: string): string => `/var/lib/steward/k3s/${version}`;

/**
 * k3s by its official installer, at one release: fetched by us, compared, and run with what it would fetch in place.
 * Another release takes the old one's place and starts it anew; pods run on meanwhile.
 *
 * Undone, nothing of k3s runs or starts any more, and everything that it knows and keeps stays on the host.
 */
export function installSteps({ kind, layer, k3s, beginsBeside = [] }: InstallArgs): Steps {
    const unit = unitOf(kind);
    const folder = kept(k3s.version);
    const parts = fetchedOf(k3s);
    const images = parts.find(({ file }) => file.startsWith("k3s-airgap"));
    const imagesAt = `/var/lib/rancher/k3s/agent/images/${images?.file ?? ""}`;
    const ready =
        kind === "server"
            ? `/usr/local/bin/k3s kubectl --kubeconfig ${k3sPaths.kubeconfig} get --raw /readyz`
            : `systemctl --quiet is-active ${unit}`;
    const bring = `
${fetching}
${noting('$(stat --format %a "$path")', layer)}
if have /usr/local/bin/k3s ${k3s.checksums.binary} && systemctl --quiet is-enabled ${unit} 2>/dev/null && systemctl --quiet is-active ${unit}; then
    for path in ${installed(unit)}; do
        [ -e "${noted}$path" ] || ! [ -e "$path" ] || note
    done
    echo unchanged; exit
fi
${beginsBeside.length === 0 ? "" : alone(beginsBeside)}
${parts.map(({ file, url, sha256 }) => `fetch ${quote(`${folder}/${file}`)} ${quote(url)} ${sha256}`).join("\n")}
${kind === "server" ? `mkdir -p -m 700 "$(dirname ${k3sPaths.auditLog})"` : ""}
${images === undefined ? "" : `mkdir -p "$(dirname ${quote(imagesAt)})"; cp ${quote(`${folder}/${images.file}`)} ${quote(imagesAt)}`}
cp ${quote(`${folder}/k3s`)} /usr/local/bin/.k3s.part
chmod 755 /usr/local/bin/.k3s.part; sync /usr/local/bin/.k3s.part
mv -f /usr/local/bin/.k3s.part /usr/local/bin/k3s
( umask 022; INSTALL_K3S_SKIP_DOWNLOAD=true INSTALL_K3S_SKIP_START=true INSTALL_K3S_EXEC=${kind} sh ${quote(`${folder}/install.sh`)} >&2 )
for path in ${installed(unit)}; do [ ! -e "$path" ] || note; done
timeout 600 systemctl restart ${unit} || { journalctl --unit ${unit} --lines 20 --no-pager >&2; echo "${unit} does not start" >&2; exit 1; }
tries=0
until ${ready} >/dev/null 2>&1; do
    tries=$((tries + 1)); [ "$tries" -lt 60 ] || { journalctl --unit ${unit} --lines 20 --no-pager >&2; echo "${unit} is not ready after 5 minutes" >&2; exit 1; }
    sleep 5
done
find /var/lib/steward/k3s -mindepth 1 -maxdepth 1 ! -name ${quote(k3s.version)} -exec rm -rf {} +
echo changed`;
    // The script ends as its last command does, about ip6tables, which a host without IPv6 refuses.
    const undo = `
systemctl --quiet disable --now ${unit} 2>/dev/null || true
[ ! -x /usr/local/bin/k3s-killall.sh ] || /usr/local/bin/k3s-killall.sh >&2 || true
rm -f /etc/systemd/system/${unit}.service /etc/systemd/system/${unit}.service.env
rm -f /usr/local/bin/k3s-killall.sh /usr/local/bin/${unit}-uninstall.sh /usr/local/bin/k3s
for link in kubectl crictl ctr; do
    [ "$(readlink "/usr/local/bin/$link")" != k3s ] || rm -f "/usr/local/bin/$link"
done
for path in ${installed(unit)}; do rm -f "${noted}$path"; done
systemctl daemon-reload`;
    return { bring, undo };
}
