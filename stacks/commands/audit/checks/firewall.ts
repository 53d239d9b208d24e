import { table } from "../../../../components/platforms/vms/firewall-rules";
import { firewallUnit } from "../../../../components/platforms/vms/firewall-service";
import { quote } from "../../../../components/platforms/vms/shell";
import type { Check } from "../check";
import { linesOf } from "../check";

const between = "---";

/**
 * The rules in force, against those of the stack file as the same nftables words them: it reads them in a network of
 * its own, which ends with the question.
 */
export const firewall: Check = {
    id: "firewall",
    layer: "network",
    asRoot: true,
    ask: ({ firewall: rules }) => `
list='nft list table ${table}'
printf %s ${quote(rules)} | unshare --net sh -c "nft -f - && $list"
echo ${between}
$list 2>/dev/null || true`,
    judge(said) {
        const [should = [], are = []] = said.split(`${between}\n`).map(rulesOf);
        if (are.length === 0) {
            return [
                {
                    layer: firewall.layer,
                    is: `nftables has no table ${table}: nothing is closed`,
                    should: "the rules of the stack file, in force",
                    fix: `run \`systemctl restart ${firewallUnit}\` on the host`,
                },
            ];
        }
        if (should.join("\n") === are.join("\n")) return [];
        const word = (rule: string) => ({
            layer: firewall.layer,
            fix: `run \`systemctl restart ${firewallUnit}\` on the host; look for who changed it`,
            ...(are.includes(rule)
                ? { is: `nftables also has "${rule}"`, should: "no such rule" }
                : { is: "nftables lacks a rule", should: `"${rule}"` }),
        });
        const strange = are.filter((rule) => !should.includes(rule));
        const lacking = should.filter((rule) => !are.includes(rule));
        const all = [...strange, ...lacking].map(word);
        if (all.length > 0) return all;
        const { fix } = word("");
        const is = "nftables has the rules in another order, or twice";
        return [{ layer: firewall.layer, is, should: "the order of the stack file", fix }];
    },
};

const rulesOf = (listed: string): string[] => linesOf(listed).map((line) => line.trim());
