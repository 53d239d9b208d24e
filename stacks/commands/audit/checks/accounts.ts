import { group, keysFolder } from "../../../../components/platforms/vms/operators";
import type { Check } from "../check";
import { linesOf, mendByUp } from "../check";

/** Who may become root, and whose keys let them in. */
export const accounts: Check = {
    id: "accounts",
    layer: "identity-secrets",
    ask: () => `
members=$(getent group ${group}) || members=
gid=$(printf %s "$members" | cut -d: -f3)
printf %s "$members" | cut -d: -f4 | tr , '\\n' | sed 's/^/member /'
[ -z "$gid" ] || getent passwd | awk -F: -v g="$gid" '$4 == g { print "member " $1 }'
getent passwd | awk -F: '$3 == 0 { print "root " $1 }'
[ ! -d ${keysFolder} ] || ls -1A ${keysFolder} | sed 's/^/key /'`,
    judge(said, wanted) {
        const { layer } = accounts;
        const named = (kind: string) =>
            linesOf(said).flatMap((line) =>
                line.startsWith(`${kind} `) ? [line.slice(kind.length + 1)] : [],
            );
        const members = new Set(named("member").filter((name) => name !== ""));
        const { operators, operatorsAt, keysOnly } = wanted;
        const strange = (name: string) => !operators.includes(name);
        const should = operators.length === 0 ? "nobody is" : `one of: ${operators.join(", ")}`;
        return [
            ...[...members].filter(strange).map((name) => ({
                layer,
                is: `${name} is in the group ${group}, and may do everything`,
                should,
                fix: `run \`gpasswd --delete ${name} ${group}\` on the host, or name them in ${operatorsAt}`,
            })),
            ...named("root")
                .filter((name) => name !== "root")
                .map((name) => ({
                    layer,
                    is: `the account ${name} is root by another name`,
                    should: "root alone has the number 0",
                    fix: "look for who made it, and remove it",
                })),
            ...named("key")
                .filter((name) => strange(name) && !keysOnly.includes(name))
                .map((name) => ({
                    layer,
                    is: `${keysFolder}/${name} lets somebody in`,
                    should,
                    fix: "look for who put it there, and remove it",
                })),
            ...operators
                .filter((name) => !members.has(name))
                .map((name) => ({
                    layer,
                    is: `${name} is not in the group ${group}`,
                    should: `named in ${operatorsAt}`,
                    fix: mendByUp(wanted),
                })),
        ];
    },
};
