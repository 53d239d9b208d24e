import { begin, end } from "../../../../components/platforms/vms/hosts-block";
import type { Check } from "../check";
import { linesOf, mendByUp } from "../check";

/** By which names the hosts know each other. */
export const names: Check = {
    id: "names",
    layer: "dns-tls",
    ask: () => `sed -n '/^${begin}$/,/^${end}$/p' /etc/hosts`,
    judge(said, wanted) {
        const { layer, block } = wanted.names;
        if (said === block) return [];
        const [are, should] = [linesOf(said), linesOf(block)];
        const lacking = should.filter((line) => !are.includes(line));
        const strange = are.filter((line) => !should.includes(line));
        const words = [
            ...lacking.map((line) => `lacks "${line}"`),
            ...strange.map((line) => `has "${line}"`),
        ];
        return [
            {
                layer,
                is: `/etc/hosts ${words.join(", ") || "has the names in another order"}`,
                should: "the names of the stack file's hosts",
                fix: mendByUp(wanted),
            },
        ];
    },
};
