import type { Done, OnLayer, RemoteHost, Steps } from "./remote-host";
import { onHost } from "./remote-host";

/** Waits for whoever else installs, such as the upgrades of the night; keeps what an operator changed. */
const apt = [
    "DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet --yes --no-install-recommends",
    "-o DPkg::Lock::Timeout=300 -o APT::Update::Error-Mode=any",
    "-o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold",
].join(" ");

/** Lists of what Steward installed, and the lock by which its commands on one host wait for each other. */
const folder = "/var/lib/steward/packages";

/** Whether a package is there whole, and what would go if some came, as chrony drives out systemd-timesyncd. */
const asking = `
whole() { [ "$(dpkg-query -W -f '\${db:Status-Abbrev}' "$1" 2>/dev/null)" = "ii " ]; }
driven_out_by() { apt-get --quiet --quiet --simulate --no-install-recommends install "$@" | sed -n 's/^Remv \\([^ ]*\\).*/\\1/p'; }`;

/**
 * Packages on a host. Those that were there before stay when this is deleted; the others go, and leave their
 * configuration and their data. What they drove out comes back, unless it would now drive out something itself.
 */
export function remotePackages(
    name: string,
    host: RemoteHost,
    packages: readonly string[],
    opts: OnLayer,
): Done {
    return onHost(name, host, packageSteps(`${folder}/${name}`, packages), opts);
}

/** @param ours Where the host notes what was installed; beside it, what that drove out. */
export function packageSteps(ours: string, packages: readonly string[]): Steps {
    const bring = `
packages='${packages.join(" ")}'
mkdir -p ${folder}
exec 9>${folder}/.lock
flock 9
${asking}
lacking=
for package in $packages; do whole "$package" || lacking="$lacking $package"; done
[ -n "$lacking" ] || { echo unchanged; exit; }
printf '%s\\n' $lacking >>'${ours}'
[ -z "$(dpkg --audit)" ] || dpkg --configure -a >&2
if [ -z "$(find ${folder}/.updated -mmin -60 2>/dev/null)" ]; then
    tries=0
    until ${apt} update >&2; do
        tries=$((tries + 1)); [ "$tries" -lt 5 ] || exit 1
        sleep 5
    done
    : >${folder}/.updated
fi
driven_out_by $lacking >>'${ours}.driven-out'
${apt} install $lacking >&2
echo changed`;
    const undo = `
[ -s '${ours}' ] || exit 0
exec 9>${folder}/.lock
flock 9
${asking}
${apt} remove $(sort -u '${ours}') >&2
for package in $(sort -u '${ours}.driven-out' 2>/dev/null); do
    if whole "$package" || [ -n "$(driven_out_by "$package")" ]; then continue; fi
    ${apt} install "$package" >&2 || { ${apt} update >&2 && ${apt} install "$package" >&2; } ||
        { echo "$package was here before and cannot be installed again; let the host reach its packages" >&2; exit 1; }
done
rm -f '${ours}' '${ours}.driven-out'`;
    return { bring, undo };
}
