import type * as remote from "@pulumi/command/remote";
import type * as pulumi from "@pulumi/pulumi";
import type { RemoteHost } from "./remote-host";
import { onHost } from "./remote-host";

/** Waits for whoever else installs, such as the upgrades of the night; keeps what an operator changed. */
const apt = [
    "DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet --yes --no-install-recommends",
    "-o DPkg::Lock::Timeout=300 -o APT::Update::Error-Mode=any",
    "-o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold",
].join(" ");

/** Lists of what Steward installed, and the lock by which its commands on one host wait for each other. */
const folder = "/var/lib/steward/packages";

/** Each package that is not installed, also one whose installation was cut short. */
const lacking = `
lacking=
for package in $packages; do
    [ "$(dpkg-query -W -f '\${db:Status-Abbrev}' "$package" 2>/dev/null)" = "ii " ] || lacking="$lacking $package"
done`;

/**
 * Packages on a host. Those that were there before stay when this is deleted; the others go, and leave their
 * configuration and their data.
 */
export function remotePackages(
    name: string,
    host: RemoteHost,
    packages: readonly string[],
    opts: pulumi.CustomResourceOptions,
): remote.Command {
    const ours = `${folder}/${name}`;
    const bring = `
packages='${packages.join(" ")}'
mkdir -p ${folder}
exec 9>${folder}/.lock
flock 9
${lacking}
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
${apt} install $lacking >&2
echo changed`;
    const undo = `
[ -s '${ours}' ] || exit 0
exec 9>${folder}/.lock
flock 9
${apt} remove $(sort -u '${ours}') >&2
rm -f '${ours}'`;
    return onHost(name, host, { bring, undo }, opts);
}
