import { controlAccount, controlPlaces } from "../../../model/commcare/control-machine";
import type { Files } from "../../../workloads/commcare/environment/files";
import type { Steps } from "../remote-host";

const home = `/home/${controlAccount}`;
const folder = `${home}/${controlPlaces.environments}`;
/** The files that were written, so that one which is given up goes, and what somebody put beside them stays. */
const ours = "/var/lib/steward/environment";

const owner = `-o ${controlAccount} -g "$(id -gn ${controlAccount})"`;

/**
 * Places an environment on the control machine: each file whole, for the account alone. It holds no secret: vault.yml
 * is somebody else's, and stays.
 */
export function environmentStep(files: Files): Steps & { readonly stdin: string } {
    const lines = Object.entries(files)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([path, text]) => `${path} ${Buffer.from(text).toString("base64")}\n`);
    const bring = `
parts=$(mktemp -d); trap 'rm -rf "$parts"' EXIT
read -r count
got=0
while read -r path text; do
    mkdir -p "$parts/$(dirname "$path")"
    printf %s "$text" | base64 -d >"$parts/$path"
    got=$((got + 1))
done
[ "$got" -eq "$count" ] || { echo 'the environment did not arrive whole' >&2; exit 1; }
said=unchanged
(cd "$parts"; find . -type f | sed 's,^\\./,,' | sort) >"$parts.list"
trap 'rm -rf "$parts" "$parts.list"' EXIT
while read -r path; do
    to="${folder}/$path"
    cmp -s "$parts/$path" "$to" && [ "$(stat -c '%a %U' "$to")" = '640 ${controlAccount}' ] && continue
    install -d ${owner} -m 750 "${folder}" "$(dirname "$to")"
    install ${owner} -m 640 "$parts/$path" "$to.part"
    sync "$to.part"; mv -f "$to.part" "$to"
    said=changed
done <"$parts.list"
if [ -e ${ours} ]; then
    for path in $(grep -vxF -f "$parts.list" ${ours} || true); do rm -f "${folder}/$path"; said=changed; done
fi
mkdir -p "$(dirname ${ours})"
cp "$parts.list" ${ours}
echo "$said"`;
    const undo = `
[ -e ${ours} ] || exit 0
while read -r path; do rm -f "${folder}/$path"; done <${ours}
find "${folder}" -mindepth 1 -type d -empty -delete
rm -f ${ours}`;
    return { bring, undo, stdin: [`${String(lines.length)}\n`, ...lines].join("") };
}
